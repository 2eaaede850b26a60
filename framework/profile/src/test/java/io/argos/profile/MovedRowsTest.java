package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.RecordedDevice;
import io.argos.profile.proof.Replay;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpType;
import io.argos.spi.DeviceStatus;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that are where others were: none gets the values of another, not for one poll. */
class MovedRowsTest {
  private static final String PROFILE =
      """
      profile: box
      match: {}
      tables:
        port:
          key: name
          columns: { name: 1.3.6.1.4.1.1.1.1 }
        sensor:
          key: label
          columns:
            label: 1.3.6.1.4.1.1.2.1
            port: { oid: 1.3.6.1.4.1.1.2.2, as: integer }
            slot: { value: port }
      groups:
        port:
          table: port
          metrics:
            packets: { oid: [ 1.3.6.1.4.1.1.1.2, 1.3.6.1.4.1.1.1.3 ] }
        sensor:
          table: sensor
          metrics:
            watts: { oid: 1.3.6.1.4.1.1.1.9, at: text(slot) }
        box:
          metrics:
            load: { oid: 1.3.6.1.4.1.1.9.0 }
      """;
  private static final String UPTIME = "1.3.6.1.2.1.1.3.0";
  private static final Oid NAMES = Oid.parse("1.3.6.1.4.1.1.1.1");
  private static final Oid SECOND_SOURCE = Oid.parse("1.3.6.1.4.1.1.1.3");
  private static final long DAYS = 8_640_000;

  private final RecordedDevice device =
      new RecordedDevice()
          .put(UPTIME, SnmpType.TIME_TICKS, DAYS)
          .put("1.3.6.1.4.1.1.9.0", SnmpType.GAUGE32, 3);
  private final Replay replay =
      new Replay(
          ProfileCatalog.of(Map.of("box.yaml", PROFILE)),
          Replay.resource("a", "b", "c", Map.of()),
          device::answer);

  MovedRowsTest() throws ProfileException {}

  @BeforeEach
  void enrich() {
    ports("one", "two");
    sensor(1);
    replay.enrich();
  }

  private void ports(String... names) {
    device.remove("1.3.6.1.4.1.1.1");
    for (int index = 1; index <= names.length; index++) {
      String name = names[index - 1];
      if (!name.isEmpty()) {
        device.put("1.3.6.1.4.1.1.1.1." + index, name);
        device.put("1.3.6.1.4.1.1.1.2." + index, SnmpType.GAUGE32, name.length() + name.charAt(0));
        device.put("1.3.6.1.4.1.1.1.9." + index, SnmpType.GAUGE32, name.charAt(0));
      }
    }
  }

  private void sensor(int port) {
    device.put("1.3.6.1.4.1.1.2.1.1", "psu");
    device.put("1.3.6.1.4.1.1.2.2.1", SnmpType.INTEGER, port);
  }

  private void boot() {
    device.put(UPTIME, SnmpType.TIME_TICKS, 100);
  }

  private static Map<String, Object> values(PollPlan.Reading reading, String metric) {
    Map<String, Object> values = new TreeMap<>();
    for (GroupBlock group : reading.groups()) {
      String[] keys = group.rows().rowKeys();
      for (int row = 0; row < keys.length; row++) {
        Replay.Metric value =
            Replay.rows(java.util.List.of(group.slice(row, row + 1)))
                .getFirst()
                .metrics()
                .get(metric);
        if (value != null) {
          values.put(keys[row], (long) value.value());
        }
      }
    }
    return values;
  }

  private static long packets(String name) {
    return (long) name.length() + name.charAt(0);
  }

  @Test
  void areSeenAtTheFirstPollAlsoWithoutABoot() {
    ports("two", "one");

    PollPlan.Reading reading = replay.poll(replay.plan());

    assertThat(values(reading, "packets")).isEmpty();
    assertThat(reading.wantsEnrichment()).isTrue();
    assertThat(reading.detail()).hasValue("section port: rows may be others than enriched");
  }

  @Test
  void areNotLookedForWhereTheDeviceNeverTellsHowLongItHasBeenUp() {
    device.remove(UPTIME);
    device.put("1.3.6.1.4.1.1.1.1.1", "One");
    PollPlan plan = replay.plan();

    assertThat(values(replay.poll(plan), "packets")).containsOnlyKeys("one", "two");
    assertThat(plan.snmpPlan().columns()).doesNotContain(NAMES);
  }

  @Test
  void areSeenWhereTheDeviceBootedRightAfterTheEnrichment() {
    PollPlan plan = replay.plan();
    ports("two", "one");
    // Polled an interval after the enrichment, it has been up for two seconds less.
    device.put(UPTIME, SnmpType.TIME_TICKS, Replay.INTERVAL.toMillis() / 10 - 200);

    assertThat(values(replay.poll(plan), "packets")).isEmpty();
  }

  @Test
  void areNotReadByAnIndexThatALookUpHadBefore() {
    PollPlan plan = replay.plan();
    assertThat(values(replay.poll(plan), "watts")).containsEntry("psu", (long) 'o');
    boot();
    sensor(2);
    replay.poll(plan);

    PollPlan.Reading second = replay.poll(plan);

    assertThat(values(second, "watts")).isEmpty();
    assertThat(values(second, "packets")).containsEntry("one", packets("one"));
    assertThat(second.detail()).hasValue("section sensor: rows may be others than enriched");
  }

  @Test
  void areNotTakenForOthersWhereABootLeftThemWithoutNames() {
    PollPlan plan = replay.plan();
    replay.poll(plan);
    boot();
    device.remove("1.3.6.1.4.1.1.1.1.2");
    replay.poll(plan);

    assertThat(values(replay.poll(plan), "packets")).isEmpty();
  }

  @Test
  void areLeftOutWhileTheDeviceDoesNotTellHowLongItHasBeenUp() {
    PollPlan plan = replay.plan();
    replay.poll(plan);
    device.remove(UPTIME);

    PollPlan.Reading first = replay.poll(plan);
    PollPlan.Reading second = replay.poll(plan);
    device.put(UPTIME, SnmpType.TIME_TICKS, DAYS + 6_000);
    replay.poll(plan);

    assertThat(values(first, "packets")).isEmpty();
    assertThat(values(first, "load")).containsEntry("0", 3L);
    assertThat(first.status()).isEqualTo(DeviceStatus.PARTIAL_METRIC_FAILURE);
    assertThat(values(second, "packets")).containsOnlyKeys("one", "two");
    assertThat(plan.snmpPlan().columns()).doesNotContain(NAMES);
  }

  @Test
  void areLeftOutWhereTheUptimeAloneGotLost() {
    PollPlan plan = replay.plan();
    replay.poll(plan);
    SnmpReply whole = device.answer(plan.snmpPlan());
    Map<Oid, io.argos.snmp.SnmpColumn> rest = new java.util.HashMap<>(whole.values());
    rest.remove(Oid.parse(UPTIME));
    SnmpFailure lost = new SnmpFailure.NoAnswer(true, 3, "no answer to 3 requests");

    PollPlan.Reading reading =
        plan.read(new SnmpReply(rest, Optional.of(lost), 9), Replay.NOW.plus(Replay.INTERVAL));

    assertThat(values(reading, "packets")).isEmpty();
    assertThat(values(reading, "load")).containsEntry("0", 3L);
    assertThat(reading.status()).isEqualTo(DeviceStatus.PARTIAL_METRIC_FAILURE);
    assertThat(reading.wantsEnrichment()).isFalse();
  }

  @Test
  void areToldApartFromOnesThatAreNamedAsTheirIndex() {
    ports("4", "two");
    replay.enrich();
    PollPlan plan = replay.plan();
    replay.poll(plan);
    ports("4", "two", "3", "four");

    PollPlan.Reading reading = replay.poll(plan);

    assertThat(values(reading, "packets"))
        .isEqualTo(
            Map.of(
                "4",
                packets("4"),
                "two",
                packets("two"),
                "3",
                packets("3"),
                "4#4",
                packets("four")));
  }

  @Test
  void haveASourceAskedAgainFromTimeToTimeThatMayHaveTheirValuesByNow() {
    device.remove("1.3.6.1.4.1.1.1.2.2");
    PollPlan plan = replay.plan();
    replay.poll(plan);
    device.put("1.3.6.1.4.1.1.1.3.2", SnmpType.GAUGE32, 77);
    assertThat(plan.snmpPlan().columns()).doesNotContain(SECOND_SOURCE);

    int polls = 1;
    while (polls < 100 && !values(replay.poll(plan), "packets").containsKey("two")) {
      polls++;
    }

    assertThat(polls).isEqualTo(5);
    assertThat(plan.snmpPlan().columns()).contains(SECOND_SOURCE);
  }

  @Test
  void areNotAskedForMoreThanNowAndThenWhereNothingComesOfIt() {
    device.remove("1.3.6.1.4.1.1.1.2.2");
    PollPlan plan = replay.plan();
    replay.poll(plan);

    int more = 0;
    for (int poll = 1; poll <= 640; poll++) {
      more += plan.snmpPlan().columns().contains(SECOND_SOURCE) ? 1 : 0;
      replay.poll(plan);
    }

    assertThat(more).isBetween(9, 15);
  }
}
