package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.format.Profile;
import io.argos.schemas.Column;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Group;
import io.argos.schemas.Resource;
import io.argos.schemas.Severity;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import io.argos.snmp.trap.Trap;
import io.argos.snmp.trap.TrapVarbind;
import io.argos.spi.Enrichments;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shipped events against traps as devices send them. */
class TrapEventsTest {
  private static final Enrichments NOTHING = (_, _) -> List.of();
  private static final Profile FALLBACK = ProfileCatalog.shipped().find("fallback").orElseThrow();

  @Test
  void namesAnInterfaceByItsStableKey() {
    TrapEvent event =
        read(
            (_, table) -> table.equals("interface") ? List.of(interfaces()) : List.of(),
            "1.3.6.1.6.3.1.1.5.3",
            number("1.3.6.1.2.1.2.2.1.1.7", 7),
            number("1.3.6.1.2.1.2.2.1.7.7", 1),
            number("1.3.6.1.2.1.2.2.1.8.7", 2));

    assertThat(event.spec().name()).isEqualTo("link_down");
    assertThat(event.severity()).isEqualTo(Severity.MAJOR);
    assertThat(event.key()).isEqualTo("7");
    assertThat(event.row()).contains("xe-0/0/7");
    assertThat(event.summary()).isEqualTo("Interface xe-0/0/7 went down (administratively up)");
    assertThat(event.values()).containsEntry("if_oper_status", "down");
  }

  @Test
  void ratesAnInterfaceThatWasSwitchedOffByWhatItSays() {
    TrapEvent event =
        read(
            NOTHING,
            "1.3.6.1.6.3.1.1.5.3",
            number("1.3.6.1.2.1.2.2.1.1.7", 7),
            number("1.3.6.1.2.1.2.2.1.7.7", 2),
            text("1.3.6.1.2.1.31.1.1.1.1.7", "Gi0/7"));

    assertThat(event.severity()).isEqualTo(Severity.INFO);
    assertThat(event.row()).isEmpty();
    assertThat(event.summary()).isEqualTo("Interface Gi0/7 went down (administratively down)");
  }

  @Test
  void findsTheIndexInTheInstanceWhereThereIsNoIfIndex() {
    TrapEvent event = read(NOTHING, "1.3.6.1.6.3.1.1.5.4", number("1.3.6.1.2.1.2.2.1.8.12", 1));

    assertThat(event.spec().clears()).containsExactly("link_down");
    assertThat(event.severity()).isEqualTo(Severity.CLEARED);
    assertThat(event.key()).isEqualTo("12");
  }

  @Test
  void tellsASentenceEvenWhenTheTrapSaysNothing() {
    assertThat(read(NOTHING, "1.3.6.1.6.3.1.1.5.3").summary())
        .isEqualTo("Interface ? went down (administratively unknown)");
  }

  @Test
  void readsThePeerOfABgpSession() {
    TrapEvent event =
        read(
            NOTHING,
            "1.3.6.1.2.1.15.7.2",
            octets("1.3.6.1.2.1.15.3.1.14.192.0.2.9", new byte[] {4, 0}),
            number("1.3.6.1.2.1.15.3.1.2.192.0.2.9", 1));

    assertThat(event.key()).isEqualTo("192.0.2.9");
    assertThat(event.summary())
        .isEqualTo("BGP session with 192.0.2.9 went down (now idle, last error 0400)");
  }

  @Test
  void readsAPowerSupplyOnBatteryAlsoWhenItSpeaksTheFirstVersion() {
    TrapEvent event =
        read(
            NOTHING,
            "1.3.6.1.2.1.33.2.0.1",
            number("1.3.6.1.2.1.33.1.2.3.0", 3),
            number("1.3.6.1.2.1.33.1.2.2.0", 60));

    assertThat(event.spec().name()).isEqualTo("ups_on_battery");
    assertThat(event.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(event.summary())
        .isEqualTo("The power supply is on battery since 60 s, 3 min remain");
  }

  @Test
  void knowsNothingOfAnyOtherTrap() {
    Trap trap = trap("1.3.6.1.4.1.99999.1");

    assertThat(new TrapEvents(resource(), Map.of(), NOTHING).read(trap, FALLBACK)).isEmpty();
  }

  private static TrapEvent read(Enrichments enrichments, String oid, TrapVarbind... varbinds) {
    return new TrapEvents(resource(), Map.of("sysName", "r1"), enrichments)
        .read(trap(oid, varbinds), FALLBACK)
        .orElseThrow();
  }

  private static Trap trap(String oid, TrapVarbind... varbinds) {
    return new Trap(
        2,
        false,
        InetAddress.getLoopbackAddress(),
        Optional.empty(),
        Optional.empty(),
        Oid.parse(oid),
        1,
        1,
        List.of(varbinds));
  }

  private static TrapVarbind number(String oid, long value) {
    return new TrapVarbind(Oid.parse(oid), SnmpType.INTEGER, value, new byte[0]);
  }

  private static TrapVarbind text(String oid, String value) {
    return octets(oid, value.getBytes(StandardCharsets.UTF_8));
  }

  private static TrapVarbind octets(String oid, byte[] value) {
    return new TrapVarbind(Oid.parse(oid), SnmpType.OCTETS, 0, value);
  }

  private static Resource resource() {
    return Resource.newBuilder()
        .setId("lab/r1")
        .setSite("lab")
        .setName("r1")
        .setEndpoint("192.0.2.1")
        .setTtlSeconds(60)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(1)
        .build();
  }

  private static Enrichment interfaces() {
    Column index =
        Column.newBuilder()
            .setName("index")
            .setUnit("1")
            .setKind(ColumnKind.GAUGE)
            .setStrings(List.of("3", "7"))
            .build();
    Group group =
        Group.newBuilder()
            .setName("interface")
            .setSection("interface")
            .setSampledAt(Instant.EPOCH)
            .setRowKeys(List.of("xe-0/0/3", "xe-0/0/7"))
            .setColumns(List.of(index))
            .build();
    return Enrichment.newBuilder()
        .setResourceId("lab/r1")
        .setNamespace("interface")
        .setPlugin("snmp")
        .setJobId("j")
        .setCollectedAt(Instant.EPOCH)
        .setExpiresAt(Instant.EPOCH)
        .setContentHash("h")
        .setGroups(List.of(group))
        .build();
  }
}
