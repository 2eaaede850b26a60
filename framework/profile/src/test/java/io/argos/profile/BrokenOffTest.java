package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.RecordedDevice;
import io.argos.profile.proof.Replay;
import io.argos.schemas.Enrichment;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.Values;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpType;
import io.argos.spi.DeviceStatus;
import io.argos.spi.EnrichmentContent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Exchanges that end before all was read, at enrichment and at a poll. */
class BrokenOffTest {
  private static final SnmpFailure SILENCE = new SnmpFailure.NoAnswer(true, 3, "no answer");
  private static final String UPTIME = "1.3.6.1.2.1.1.3.0";
  private static final Oid ENTITY = Oid.parse("1.3.6.1.4.1.1.1.1");
  private static final Oid KIND = Oid.parse("1.3.6.1.4.1.1.2.1");
  private static final Oid STATE = Oid.parse("1.3.6.1.4.1.1.2.2");
  private static final Oid NAME = Oid.parse("1.3.6.1.4.1.1.3.1");
  private static final Oid PACKETS = Oid.parse("1.3.6.1.4.1.1.3.2");

  private static final String PROFILE =
      """
      profile: box
      match: {}
      identity:
        vendor: "'frob'"
        model: "lookup(entity.index, '1', entity.label)"
      tables:
        entity:
          keep: false
          columns: { label: %s }
        part:
          key: label
          columns:
            kind: %s
            label: { value: "entity.label[index]" }
          polled:
            state: { oid: %s }
        port:
          key: name
          columns: { name: %s }
      groups:
        fans:
          table: part
          where: kind == 'fan'
          fold: all
          metrics:
            fans_ok: { value: count(state == 1) }
            fans_total: { value: count() }
        supplies:
          table: part
          where: kind == 'supply'
          fold: all
          metrics:
            supplies_ok: { value: count(state == 1) }
            supplies_total: { value: count() }
        port:
          table: port
          metrics: { packets: { oid: %s } }
      """
          .formatted(ENTITY, KIND, STATE, NAME, PACKETS);

  private final RecordedDevice device = new RecordedDevice();

  BrokenOffTest() {
    device.put(UPTIME, SnmpType.TIME_TICKS, 8_640_000);
    String[] kinds = {"fan", "fan", "supply"};
    for (int row = 1; row <= kinds.length; row++) {
      device.put(ENTITY + "." + row, kinds[row - 1] + " " + row);
      device.put(KIND + "." + row, kinds[row - 1]);
      device.put(STATE + "." + row, SnmpType.INTEGER, 1);
    }
    port(1, "one");
    port(2, "two");
  }

  private void port(int index, String name) {
    device.put(NAME + "." + index, name);
    device.put(PACKETS + "." + index, SnmpType.GAUGE32, name.equals("one") ? 100 : 200);
  }

  private Replay replay() throws ProfileException {
    return new Replay(
        ProfileCatalog.of(Map.of("box.yaml", PROFILE)),
        Replay.resource("a", "b", "c", Map.of()),
        device::answer);
  }

  /** What was read until one column had so many rows. */
  private static SnmpReply cut(SnmpReply whole, Oid oid, int rows, SnmpFailure failure) {
    Map<Oid, SnmpColumn> values = new HashMap<>(whole.values());
    values.computeIfPresent(
        oid,
        (_, column) ->
            new SnmpColumn(
                oid,
                Arrays.copyOf(column.indexes(), rows),
                Arrays.copyOf(column.types(), rows),
                Arrays.copyOf(column.numbers(), rows),
                Arrays.copyOf(column.octets(), rows),
                false));
    return new SnmpReply(values, Optional.of(failure), 3);
  }

  private EnrichmentPlan.Enriched enriched(Replay replay, SnmpFailure failure) {
    EnrichmentPlan plan =
        new EnrichmentPlan(
            replay.profile(),
            Replay.resource("a", "b", "c", Map.of()),
            SystemGroup.of(device.answer(SystemGroup.PLAN)));
    SnmpReply tables = device.answer(plan.tables(device.answer(plan.scalars())));
    return plan.evaluate(cut(tables, ENTITY, 1, failure), Replay.NOW);
  }

  @Test
  void namesNoRowsOutOfATableThatWasNotRead() throws Exception {
    EnrichmentPlan.Enriched enriched = enriched(replay(), SILENCE);

    assertThat(enriched.status()).isEqualTo(DeviceStatus.PARTIAL_METRIC_FAILURE);
    assertThat(enriched.contents())
        .extracting(EnrichmentContent::namespace)
        .containsExactly("port", "device");
    assertThat(EnrichmentPlan.unread(enriched.contents().getLast().attributes()))
        .containsExactly("part");
  }

  @Test
  void isSureOfNoFactOutOfATableThatWasNotRead() throws Exception {
    EnrichmentContent cut = enriched(replay(), SILENCE).contents().getLast();

    assertThat(cut.unsure()).containsExactly("model");
    assertThat(cut.attributes()).containsEntry("vendor", "frob").doesNotContainKey("model");
  }

  @Test
  void namesThemByWhatThereIsWhereTheDeviceNeverEndsThatTable() throws Exception {
    EnrichmentPlan.Enriched enriched = enriched(replay(), new SnmpFailure.Broken("a loop"));

    assertThat(enriched.contents())
        .extracting(EnrichmentContent::namespace)
        .containsExactly("part", "port", "device");
  }

  @Test
  void takesRowsOfAnEnrichmentBeforeABootForNoneAfterIt() throws Exception {
    Replay replay = replay().enrich();
    // Two minutes before the poll it booted, one minute before it was enriched, but for the ports.
    Enrichment before = replay.find("local/device", EnrichmentPlan.DEVICE).getFirst();
    Map<String, String> attributes = new HashMap<>(before.getAttributes());
    attributes.put(EnrichmentPlan.TABLE + "port", "unread");
    Enrichment booted =
        Enrichment.newBuilder(before)
            .setAttributes(attributes)
            .setCollectedAt(Replay.NOW.plus(Duration.ofMinutes(4)))
            .build();
    device.put(UPTIME, SnmpType.TIME_TICKS, 12_000);
    port(1, "two");
    port(2, "one");
    PollPlan plan =
        PollPlan.derive(
            replay.profile(),
            Replay.resource("a", "b", "c", Map.of()),
            booted,
            replay,
            Replay.INTERVAL);

    for (PollPlan.Reading reading : new PollPlan.Reading[] {replay.poll(plan), replay.poll(plan)}) {
      assertThat(reading.groups()).extracting(GroupBlock::section).doesNotContain("port");
      assertThat(reading.wantsEnrichment()).isTrue();
    }
  }

  @Test
  void takesNoRowForAnotherWhereTheNamesWereNotRead() throws Exception {
    Replay replay = replay().enrich();
    PollPlan plan = replay.plan();
    device.put(UPTIME, SnmpType.TIME_TICKS, 100);
    port(1, "two");
    port(2, "one");
    replay.poll(plan);

    PollPlan.Reading reading =
        plan.read(cut(device.answer(plan.snmpPlan()), NAME, 0, SILENCE), Replay.NOW);

    assertThat(reading.groups()).extracting(GroupBlock::section).doesNotContain("port");
    assertThat(reading.status()).isEqualTo(DeviceStatus.PARTIAL_METRIC_FAILURE);
    assertThat(reading.detail())
        .hasValueSatisfying(detail -> assertThat(detail).contains("section port: "));
  }

  @Test
  void countsNoRowsThatWereNotRead() throws Exception {
    Replay replay = replay().enrich();
    PollPlan plan = replay.plan();
    SnmpReply whole = device.answer(plan.snmpPlan());

    GroupBlock cut = group(plan.read(cut(whole, STATE, 1, SILENCE), Replay.NOW), "fans");
    GroupBlock looped =
        group(
            plan.read(cut(whole, STATE, 2, new SnmpFailure.Broken("a loop")), Replay.NOW), "fans");

    assertThat(column(cut, "fans_ok").absent()).containsExactly(0);
    assertThat(longs(cut, "fans_total")).containsExactly(2);
    assertThat(longs(looped, "fans_ok")).containsExactly(2);
  }

  @Test
  void takesTheStatesOfOneSectionForNoneOfAnother() throws Exception {
    Replay replay = replay().enrich();
    device.remove(STATE + ".3");

    PollPlan.Reading reading = replay.poll(replay.plan());

    assertThat(longs(group(reading, "fans"), "fans_ok")).containsExactly(2);
    assertThat(column(group(reading, "supplies"), "supplies_ok").absent()).containsExactly(0);
    assertThat(longs(group(reading, "supplies"), "supplies_total")).containsExactly(1);
  }

  private static GroupBlock group(PollPlan.Reading reading, String section) {
    return reading.groups().stream()
        .filter(group -> group.section().equals(section))
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
