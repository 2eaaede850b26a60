package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.RecordedDevice;
import io.argos.profile.proof.Replay;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.columnar.Values;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpType;
import io.argos.spi.DeviceStatus;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PollPlanTest {
  private static final Oid HC_OCTETS = Oid.parse("1.3.6.1.2.1.31.1.1.1.6");
  private static final Oid OCTETS = Oid.parse("1.3.6.1.2.1.2.2.1.10");
  private static final Oid DISCONTINUITY = Oid.parse("1.3.6.1.2.1.31.1.1.1.19");

  private final RecordedDevice device = device(1, 2, 3);
  private final ProfileCatalog catalog = ProfileCatalog.shipped();

  private static RecordedDevice device(int... indexes) {
    RecordedDevice device = new RecordedDevice();
    device.put("1.3.6.1.2.1.1.3.0", SnmpType.TIME_TICKS, 360_000);
    for (int index : indexes) {
      addInterface(device, index, "eth" + index);
    }
    return device;
  }

  private static void addInterface(RecordedDevice device, int index, String name) {
    device.put("1.3.6.1.2.1.2.2.1.2." + index, name);
    device.put("1.3.6.1.2.1.2.2.1.3." + index, SnmpType.INTEGER, 6);
    device.put("1.3.6.1.2.1.2.2.1.7." + index, SnmpType.INTEGER, 1);
    device.put("1.3.6.1.2.1.2.2.1.8." + index, SnmpType.INTEGER, 1);
    device.put("1.3.6.1.2.1.2.2.1.10." + index, SnmpType.COUNTER32, 100 + index);
    device.put("1.3.6.1.2.1.31.1.1.1.1." + index, name);
    device.put("1.3.6.1.2.1.31.1.1.1.6." + index, SnmpType.COUNTER64, 1000 + index);
    for (int column = 7; column <= 13; column++) {
      device.put("1.3.6.1.2.1.31.1.1.1." + column + "." + index, SnmpType.COUNTER64, column);
    }
  }

  private Replay enriched() {
    return new Replay(
            catalog, Replay.resource("network", "switch", "any", Map.of()), device::answer)
        .enrich();
  }

  @Test
  void keepsTheRowBlockWhileTheRowsAreTheSame() {
    Replay replay = enriched();
    PollPlan plan = replay.plan();

    RowBlock first = interfaces(replay.poll(plan)).rows();
    RowBlock second = interfaces(replay.poll(plan)).rows();

    assertThat(second).isSameAs(first);
    assertThat(first.rowKeys()).containsExactly("eth1", "eth2", "eth3");
  }

  @Test
  void sendsANewRowWithItsIndexAndAsksForEnrichment() {
    Replay replay = enriched();
    PollPlan plan = replay.plan();
    RowBlock before = interfaces(replay.poll(plan)).rows();
    addInterface(device, 7, "eth7");

    PollPlan.Reading reading = replay.poll(plan);

    GroupBlock group = interfaces(reading);
    assertThat(group.rows()).isNotSameAs(before);
    assertThat(group.rows().rowKeys()).containsExactly("eth1", "eth2", "eth3", "7");
    assertThat(group.rows().dimensions().getFirst().absent()).containsExactly(3);
    assertThat(reading.wantsEnrichment()).isTrue();
    assertThat(longs(group, "bits_in")).containsExactly(8008, 8016, 8024, 8056);
  }

  @Test
  void leavesOutARowThatIsGoneAndTakesItBack() {
    Replay replay = enriched();
    PollPlan plan = replay.plan();
    RecordedDevice without = device(1, 3);

    GroupBlock less = interfaces(plan.read(without.answer(plan.snmpPlan()), Replay.NOW));
    GroupBlock again = interfaces(replay.poll(plan));

    assertThat(less.rows().rowKeys()).containsExactly("eth1", "eth3");
    assertThat(again.rows().rowKeys()).containsExactly("eth1", "eth2", "eth3");
  }

  @Test
  void stopsAskingForWhatAddsNothing() {
    Replay replay = enriched();
    PollPlan plan = replay.plan();
    SnmpPlan first = plan.snmpPlan();

    replay.poll(plan);
    SnmpPlan second = plan.snmpPlan();
    replay.poll(plan);

    assertThat(first.columns()).contains(HC_OCTETS, OCTETS, DISCONTINUITY);
    assertThat(second.columns()).contains(HC_OCTETS).doesNotContain(OCTETS, DISCONTINUITY);
    assertThat(plan.snmpPlan()).isSameAs(second);
  }

  @Test
  void takesTheNarrowCounterWhereTheWideOneIsMissingAndSaysWhereItWraps() {
    Replay replay = enriched();
    PollPlan plan = replay.plan();
    ColumnBlock wide = column(interfaces(replay.poll(plan)), "bits_in");
    device.remove("1.3.6.1.2.1.31.1.1.1.6");
    PollPlan other = replay.plan();
    ColumnBlock narrow = column(interfaces(replay.poll(other)), "bits_in");
    device.put("1.3.6.1.2.1.31.1.1.1.6.2", SnmpType.COUNTER64, 5);
    ColumnBlock mixed = column(interfaces(replay.poll(replay.plan())), "bits_in");

    assertThat(wide.wrapBits()).isEqualTo(64);
    assertThat(wide.scale()).isEqualTo(8);
    assertThat(narrow.wrapBits()).isEqualTo(32);
    assertThat(((Values.Longs) narrow.values()).values()).containsExactly(808, 816, 824);
    assertThat(mixed.wrapBits()).isZero();
    assertThat(((Values.Longs) mixed.values()).values()).containsExactly(808, 40, 824);
  }

  @Test
  void leavesAValueAbsentWithoutTouchingTheOthers() {
    device.remove("1.3.6.1.2.1.31.1.1.1.8.2");
    Replay replay = enriched();

    GroupBlock group = interfaces(replay.poll(replay.plan()));

    assertThat(column(group, "multicast_packets_in").absent()).containsExactly(1);
    assertThat(column(group, "total_packets_in").absent()).containsExactly(1);
    assertThat(longs(group, "total_packets_in")).containsExactly(24, 24);
    assertThat(column(group, "total_packets_in").wrapBits()).isEqualTo(64);
  }

  @Test
  void tellsSilenceFromAPartAndFromNothing() {
    Replay replay = enriched();
    PollPlan plan = replay.plan();
    SnmpFailure silence = new SnmpFailure.NoAnswer(false, 3, "no answer to 3 requests");
    SnmpReply nothing = new SnmpReply(Map.of(), Optional.of(silence), 3);
    SnmpReply whole = device.answer(plan.snmpPlan());
    Map<Oid, io.argos.snmp.SnmpColumn> some = new java.util.HashMap<>(whole.values());
    some.remove(HC_OCTETS);
    SnmpReply part = new SnmpReply(some, Optional.of(silence), 3);
    SnmpReply empty = new RecordedDevice().answer(plan.snmpPlan());

    assertThat(plan.read(nothing, Replay.NOW).status()).isEqualTo(DeviceStatus.TIMEOUT);
    assertThat(plan.read(part, Replay.NOW).status()).isEqualTo(DeviceStatus.PARTIAL_METRIC_FAILURE);
    assertThat(plan.read(empty, Replay.NOW).status()).isEqualTo(DeviceStatus.MISSING_METRICS);
    assertThat(plan.read(whole, Replay.NOW).status()).isEqualTo(DeviceStatus.SUCCESS);
    GroupBlock status = plan.read(nothing, Replay.NOW).groups().getLast();
    assertThat(status.name()).isEqualTo("status");
    assertThat(longs(status, "interface_polling_status")).containsExactly(3);
  }

  @Test
  void asksForEnrichmentOnceAfterABoot() {
    device.put("1.3.6.1.2.1.1.3.0", SnmpType.TIME_TICKS, 360_000);
    Replay replay = enriched();
    PollPlan plan = replay.plan();
    boolean before = replay.poll(plan).wantsEnrichment();
    device.put("1.3.6.1.2.1.1.3.0", SnmpType.TIME_TICKS, 6_000);

    boolean after = replay.poll(plan).wantsEnrichment();
    boolean again = replay.poll(plan).wantsEnrichment();

    assertThat(before).isFalse();
    assertThat(after).isTrue();
    assertThat(again).isFalse();
  }

  @Test
  void reportsTheLatestDiscontinuity() {
    device.put(DISCONTINUITY + ".1", SnmpType.TIME_TICKS, 0);
    device.put(DISCONTINUITY + ".2", SnmpType.TIME_TICKS, 300_000);
    Replay replay = enriched();

    PollPlan.Reading reading = replay.poll(replay.plan());

    assertThat(reading.discontinuityAt())
        .hasValue(Replay.NOW.plus(Replay.INTERVAL).minusSeconds(600));
    assertThat(reading.uptimeCentis()).hasValue(360_000);
  }

  @Test
  void reportsADiscontinuityBesideOneBeforeTheUptimeWrapped() {
    device.put(DISCONTINUITY + ".1", SnmpType.TIME_TICKS, 4_000_000_000L);
    device.put(DISCONTINUITY + ".2", SnmpType.TIME_TICKS, 300_000);
    Replay replay = enriched();

    PollPlan.Reading reading = replay.poll(replay.plan());

    assertThat(reading.discontinuityAt())
        .hasValue(Replay.NOW.plus(Replay.INTERVAL).minusSeconds(600));
  }

  @Test
  void asksAgainForASourceWhenTheOneBeforeItIsGone() throws ProfileException {
    RecordedDevice box = new RecordedDevice();
    box.put("1.3.6.1.4.1.1.1.0", SnmpType.GAUGE32, 1);
    box.put("1.3.6.1.4.1.1.2.0", SnmpType.GAUGE32, 2);
    ProfileCatalog own =
        ProfileCatalog.of(
            Map.of(
                "box.yaml",
                """
                profile: box
                match: {}
                groups:
                  box:
                    metrics:
                      load: { oid: [ 1.3.6.1.4.1.1.1.0, 1.3.6.1.4.1.1.2.0 ] }
                """));
    Replay replay = new Replay(own, Replay.resource("a", "b", "c", Map.of()), box::answer).enrich();
    PollPlan plan = replay.plan();
    replay.poll(plan);
    box.remove("1.3.6.1.4.1.1.1.0");

    PollPlan.Reading lost = replay.poll(plan);
    PollPlan.Reading found = replay.poll(plan);
    SnmpPlan settled = plan.snmpPlan();
    box.remove("1.3.6.1.4.1.1.2.0");
    replay.poll(plan);
    replay.poll(plan);
    SnmpPlan nothing = plan.snmpPlan();
    replay.poll(plan);

    assertThat(lost.status()).isEqualTo(DeviceStatus.MISSING_METRICS);
    assertThat(longs(found.groups().getFirst(), "load")).containsExactly(2);
    assertThat(settled.scalars()).contains(Oid.parse("1.3.6.1.4.1.1.2.0"));
    assertThat(plan.snmpPlan()).isSameAs(nothing);
  }

  @Test
  void joinsOtherTablesAndReadsKnownRows() throws ProfileException {
    RecordedDevice peers = new RecordedDevice();
    peers.put("1.3.6.1.4.1.1.1.1.0.1.10.0.0.1", SnmpType.GAUGE32, 154);
    peers.put("1.3.6.1.4.1.1.1.2.0.1.10.0.0.1", SnmpType.INTEGER, 6);
    peers.put("1.3.6.1.4.1.1.2.1.154.1.1", SnmpType.GAUGE32, 403);
    peers.put("1.3.6.1.4.1.1.2.1.155.1.1", SnmpType.GAUGE32, 9);
    ProfileCatalog own =
        ProfileCatalog.of(
            Map.of(
                "bgp.yaml",
                """
                profile: bgp
                match: {}
                tables:
                  peer:
                    key: address(arcs(index, 2, 6))
                    columns:
                      number: { oid: 1.3.6.1.4.1.1.1.1, as: integer }
                groups:
                  bgp_session:
                    table: peer
                    read: rows
                    dimensions:
                      peer_address: address(arcs(index, 2, 6))
                    metrics:
                      peer_state: { oid: 1.3.6.1.4.1.1.1.2, required: true }
                      prefixes: { oid: 1.3.6.1.4.1.1.2.1, under: text(number) }
                      prefixes_exact: { oid: 1.3.6.1.4.1.1.2.1, at: "number + '.1.1'" }
                """));
    Replay replay =
        new Replay(own, Replay.resource("a", "b", "c", Map.of()), peers::answer).enrich();
    PollPlan plan = replay.plan();

    GroupBlock group = replay.poll(plan).groups().getFirst();

    assertThat(plan.snmpPlan().rows()).hasSize(1);
    assertThat(group.rows().rowKeys()).containsExactly("10.0.0.1");
    assertThat(longs(group, "peer_state")).containsExactly(6);
    assertThat(longs(group, "prefixes")).containsExactly(403);
    assertThat(longs(group, "prefixes_exact")).containsExactly(403);
  }

  @Test
  void findsNothingInTablesThatTheDeviceLacks() throws ProfileException {
    RecordedDevice bare = new RecordedDevice();
    bare.put("1.3.6.1.4.1.1.1.1.7", "fan");
    bare.put("1.3.6.1.4.1.1.1.2.7", SnmpType.INTEGER, 2);
    ProfileCatalog own =
        ProfileCatalog.of(
            Map.of(
                "lacking.yaml",
                """
                profile: lacking
                match: {}
                scalars:
                  slots: { oid: 1.3.6.1.4.1.1.9.0, as: integer }
                  spare: { oid: [ { oid: 1.3.6.1.4.1.1.8.0, when: slots > 1 } ], as: integer }
                tables:
                  entity:
                    when: slots > 0
                    columns:
                      label: 1.3.6.1.2.1.47.1.1.1.1.7
                  part:
                    columns:
                      name: 1.3.6.1.4.1.1.1.1
                      label: { value: "entity.label[index]" }
                groups:
                  part:
                    table: part
                    dimensions:
                      name: name
                      label: { value: "lookup(entity.index, index, entity.label)", default: none }
                    metrics:
                      state: { oid: 1.3.6.1.4.1.1.1.2 }
                      entities: { value: "count(entity.label == 'x')" }
                  never:
                    when: count(entity.label == 'x') > 0
                    metrics:
                      slots: { value: slots }
                """));
    Replay replay =
        new Replay(own, Replay.resource("a", "b", "c", Map.of()), bare::answer).enrich();

    PollPlan.Reading reading = replay.poll(replay.plan());

    assertThat(reading.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(reading.groups())
        .extracting(GroupBlock::section)
        .containsExactly("part", "polling_status");
    assertThat(longs(reading.groups().getFirst(), "entities")).containsExactly(0);
  }

  private static GroupBlock interfaces(PollPlan.Reading reading) {
    return reading.groups().stream()
        .filter(group -> group.name().equals("interface"))
        .findFirst()
        .orElseThrow();
  }

  private static ColumnBlock column(GroupBlock group, String name) {
    return group.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long[] longs(GroupBlock group, String name) {
    return ((Values.Longs) column(group, name).values()).values();
  }
}
