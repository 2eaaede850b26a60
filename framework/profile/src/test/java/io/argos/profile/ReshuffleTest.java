package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.RecordedDevice;
import io.argos.profile.proof.Replay;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.Values;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import io.argos.spi.DeviceStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One device before and after it dealt its ifIndex anew: the series go by name. */
class ReshuffleTest {
  private static final long DAYS = 8_640_000;

  private RecordedDevice device = device(Map.of("1", "eth0", "2", "eth1", "7", "lo"), 5 * DAYS);
  private final Replay replay =
      new Replay(
          ProfileCatalog.shipped(),
          Replay.resource("network", "switch", "any", Map.of()),
          plan -> device.answer(plan));

  private static RecordedDevice device(Map<String, String> names, long uptime) {
    RecordedDevice device = new RecordedDevice();
    device.put("1.3.6.1.2.1.1.3.0", SnmpType.TIME_TICKS, uptime);
    names.forEach((index, name) -> {
      device.put("1.3.6.1.2.1.2.2.1.2." + index, name);
      device.put("1.3.6.1.2.1.2.2.1.3." + index, SnmpType.INTEGER, 6);
      device.put("1.3.6.1.2.1.2.2.1.4." + index, SnmpType.INTEGER, 1000 + name.hashCode() % 100);
      device.put("1.3.6.1.2.1.31.1.1.1.1." + index, name);
      device.put("1.3.6.1.2.1.31.1.1.1.6." + index, SnmpType.COUNTER64, name.length() * 1000L);
    });
    return device;
  }

  @Test
  void keepsTheSeriesOfEachNameAcrossAnEnrichment() {
    replay.enrich();
    Map<String, Long> before = bits(replay.poll(replay.plan()));

    device = device(Map.of("3", "eth0", "1", "eth1", "2", "lo"), DAYS);
    replay.enrich();
    Map<String, Long> after = bits(replay.poll(replay.plan()));

    assertThat(before).containsEntry("eth0", 32_000L).containsEntry("lo", 16_000L).hasSize(3);
    assertThat(after).isEqualTo(before);
  }

  @Test
  void takesNoRowForAnotherUntilItIsEnrichedAgain() {
    replay.enrich();
    PollPlan plan = replay.plan();
    replay.poll(plan);
    device = device(Map.of("3", "eth0", "1", "eth1", "2", "lo"), 100);

    PollPlan.Reading first = replay.poll(plan);
    PollPlan.Reading second = replay.poll(plan);

    for (PollPlan.Reading reading : new PollPlan.Reading[] {first, second}) {
      assertThat(reading.groups()).extracting(GroupBlock::name).containsExactly("status");
      assertThat(reading.status()).isEqualTo(DeviceStatus.ENRICHMENT_FAILURE);
      assertThat(reading.detail()).hasValue("section interface: rows may be others than enriched");
      assertThat(reading.wantsEnrichment()).isTrue();
    }
  }

  @Test
  void tellsRowsOfOneNameApartAlsoWhereAnotherIsNamedLikeThat() {
    device = device(Map.of("1", "a", "3", "a", "7", "a#3", "8", "b"), DAYS);
    replay.enrich();

    assertThat(bits(replay.poll(replay.plan()))).containsOnlyKeys("a#1", "a#3#3", "a#3#7", "b");
  }

  @Test
  void losesOnePollWhereABootChangedNothing() {
    replay.enrich();
    PollPlan plan = replay.plan();
    Map<String, Long> before = bits(replay.poll(plan));
    device.put("1.3.6.1.2.1.1.3.0", SnmpType.TIME_TICKS, 100);

    PollPlan.Reading first = replay.poll(plan);
    PollPlan.Reading second = replay.poll(plan);

    assertThat(first.groups()).extracting(GroupBlock::name).containsExactly("status");
    assertThat(first.wantsEnrichment()).isTrue();
    assertThat(bits(second)).isEqualTo(before);
    assertThat(second.status()).isEqualTo(DeviceStatus.SUCCESS);
  }

  @Test
  void losesNoPollWhereThePlanIsMadeAnewAfterABootThatChangedNothing() {
    replay.enrich();
    Map<String, Long> before = bits(replay.poll(replay.plan()));
    device.put("1.3.6.1.2.1.1.3.0", SnmpType.TIME_TICKS, 100);
    PollPlan plan = replay.plan();

    PollPlan.Reading first = replay.poll(plan);
    PollPlan.Reading second = replay.poll(plan);

    for (PollPlan.Reading reading : new PollPlan.Reading[] {first, second}) {
      assertThat(bits(reading)).isEqualTo(before);
      assertThat(reading.status()).isEqualTo(DeviceStatus.SUCCESS);
    }
    assertThat(first.wantsEnrichment()).isTrue();
    assertThat(plan.snmpPlan().columns()).contains(Oid.parse("1.3.6.1.2.1.31.1.1.1.1"));
  }

  @Test
  void asksForNamesAtTheFirstPollAloneWhereNothingHappened() {
    replay.enrich();
    PollPlan plan = replay.plan();

    replay.poll(plan);

    assertThat(plan.snmpPlan().columns()).doesNotContain(Oid.parse("1.3.6.1.2.1.31.1.1.1.1"));
  }

  @Test
  void learnsNothingOfSourcesFromAPollThatLeavesTheirRowsOut() throws ProfileException {
    ProfileCatalog own =
        ProfileCatalog.of(
            Map.of(
                "frob.yaml",
                """
                profile: frob
                match: {}
                tables:
                  port:
                    key: name
                    columns:
                      name: 1.3.6.1.4.1.1.1.1
                groups:
                  device:
                    metrics:
                      load: { oid: 1.3.6.1.4.1.1.9.0 }
                  port:
                    table: port
                    metrics:
                      packets: { oid: [ 1.3.6.1.4.1.1.1.2, 1.3.6.1.4.1.1.1.3 ] }
                """));
    device = new RecordedDevice();
    device.put("1.3.6.1.2.1.1.3.0", SnmpType.TIME_TICKS, 5 * DAYS);
    device.put("1.3.6.1.4.1.1.1.1.1", "one");
    device.put("1.3.6.1.4.1.1.1.3.1", SnmpType.GAUGE32, 7);
    device.put("1.3.6.1.4.1.1.9.0", SnmpType.GAUGE32, 1);
    Replay frob =
        new Replay(own, Replay.resource("a", "b", "c", Map.of()), plan -> device.answer(plan))
            .enrich();
    PollPlan plan = frob.plan();
    device.put("1.3.6.1.2.1.1.3.0", SnmpType.TIME_TICKS, 100);
    device.put("1.3.6.1.4.1.1.1.1.1", "two");

    PollPlan.Reading booted = frob.poll(plan);
    device.put("1.3.6.1.4.1.1.1.1.1", "one");
    PollPlan.Reading next = frob.poll(plan);

    assertThat(booted.groups()).extracting(GroupBlock::name).containsExactly("device", "status");
    assertThat(next.groups())
        .extracting(GroupBlock::name)
        .containsExactly("device", "port", "status");
  }

  @Test
  void seesByNameThatATableChangedWithoutABoot() {
    device.put("1.3.6.1.2.1.31.1.5.0", SnmpType.TIME_TICKS, 0);
    replay.enrich();
    PollPlan plan = replay.plan();
    Map<String, Long> before = bits(replay.poll(plan));
    device.put("1.3.6.1.2.1.31.1.5.0", SnmpType.TIME_TICKS, 5 * DAYS);

    PollPlan.Reading told = replay.poll(plan);
    device.put("1.3.6.1.2.1.31.1.1.1.1.2", "eth9");
    PollPlan.Reading renamed = replay.poll(plan);

    assertThat(bits(told)).isEqualTo(before);
    assertThat(told.wantsEnrichment()).isTrue();
    assertThat(renamed.status()).isEqualTo(DeviceStatus.ENRICHMENT_FAILURE);
  }

  private static Map<String, Long> bits(PollPlan.Reading reading) {
    Map<String, Long> bits = new LinkedHashMap<>();
    for (GroupBlock group : reading.groups()) {
      for (ColumnBlock column : group.columns()) {
        if (column.name().equals("bits_in") && column.values() instanceof Values.Longs(long[] v)) {
          for (int row = 0; row < v.length; row++) {
            bits.put(group.rows().rowKeys()[row], v[row]);
          }
        }
      }
    }
    return bits;
  }
}
