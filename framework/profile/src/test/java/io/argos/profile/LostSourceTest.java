package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.RecordedDevice;
import io.argos.profile.proof.Replay;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.Values;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A row that loses the source of a column, while others keep it. */
class LostSourceTest {
  private static final Oid WIDE = Oid.parse("1.3.6.1.4.1.1.1.2");
  private static final Oid NARROW = Oid.parse("1.3.6.1.4.1.1.1.3");
  private static final Oid STATE = Oid.parse("1.3.6.1.4.1.1.1.4");
  private static final String PROFILE =
      """
      profile: box
      match: {}
      tables:
        port:
          key: name
          columns: { name: 1.3.6.1.4.1.1.1.1 }
      groups:
        port:
          table: port
          metrics:
            packets: { oid: [ %s, %s ] }
            state: { oid: %s }
      """
          .formatted(WIDE, NARROW, STATE);

  private final RecordedDevice device = new RecordedDevice();

  LostSourceTest() {
    device.put("1.3.6.1.2.1.1.3.0", SnmpType.TIME_TICKS, 360_000);
    for (int port = 1; port <= 2; port++) {
      device.put("1.3.6.1.4.1.1.1.1." + port, "port " + port);
      device.put(WIDE + "." + port, SnmpType.GAUGE32, 10 + port);
      device.put(NARROW + "." + port, SnmpType.GAUGE32, 20 + port);
      device.put(STATE + "." + port, SnmpType.INTEGER, 1);
    }
  }

  @Test
  void asksForTheNextSourceAlsoWhereOneRowAloneNeedsIt() throws ProfileException {
    Replay replay = replay();
    PollPlan plan = replay.plan();
    replay.poll(plan);
    assertThat(plan.snmpPlan().columns()).doesNotContain(NARROW);
    device.remove(WIDE + ".2");

    GroupBlock lost = replay.poll(plan).groups().getFirst();
    GroupBlock found = replay.poll(plan).groups().getFirst();

    assertThat(packets(lost)).containsExactly(11);
    assertThat(packets(found)).containsExactly(11, 22);
  }

  @Test
  void asksForAllSourcesOnceWhereNoneHasTheRow() throws ProfileException {
    Replay replay = replay();
    PollPlan plan = replay.plan();
    replay.poll(plan);
    device.remove(WIDE + ".2");
    device.remove(NARROW + ".2");

    replay.poll(plan);
    replay.poll(plan);
    SnmpPlan settled = plan.snmpPlan();
    device.put(WIDE + ".2", SnmpType.GAUGE32, 12);
    replay.poll(plan);
    device.remove(WIDE + ".2");
    replay.poll(plan);

    assertThat(settled.columns()).doesNotContain(NARROW);
    assertThat(plan.snmpPlan()).isSameAs(settled);
  }

  private Replay replay() throws ProfileException {
    return new Replay(
            ProfileCatalog.of(Map.of("box.yaml", PROFILE)),
            Replay.resource("a", "b", "c", Map.of()),
            device::answer)
        .enrich();
  }

  private static long[] packets(GroupBlock group) {
    ColumnBlock column =
        group.columns().stream()
            .filter(one -> one.name().equals("packets"))
            .findFirst()
            .orElseThrow();
    return ((Values.Longs) column.values()).values();
  }
}
