package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.RecordedDevice;
import io.argos.profile.proof.Replay;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpType;
import io.argos.spi.DeviceStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sections whose table the device lacks, or that could not be read at enrichment. */
class AbsentSectionTest {
  private static final String CARD = "1.3.6.1.4.1.1.1.1";
  private static final String FAN = "1.3.6.1.4.1.1.2.1";
  private static final Oid FAN_LABELS = Oid.parse(FAN + ".1");
  private static final SnmpFailure SILENCE = new SnmpFailure.NoAnswer(false, 3, "no answer");

  private static final String PROFILE =
      """
      profile: box
      match: {}
      tables:
        card:
          columns: { card: %s.1 }
        fan:
          columns: { label: %s.1 }
        supply:
          columns: { supply: 1.3.6.1.4.1.1.3.1.1 }
      groups:
        card:
          table: card
          dimensions: { card: card }
          metrics: { state: { oid: %s.2 } }
        fans:
          table: fan
          fold: all
          %s
          metrics: { fans_total: { value: count() } }
        supplies:
          table: supply
          fold: all
          %s
          metrics: { supplies_total: { value: count() } }
      """;

  private final RecordedDevice device = new RecordedDevice();

  AbsentSectionTest() {
    device.put(CARD + ".1.1", "card 1");
    device.put(CARD + ".2.1", SnmpType.INTEGER, 2);
  }

  /** Enriches a device whose column of fans cannot be read, or can. */
  private Replay enriched(String required, boolean readable) throws ProfileException {
    ProfileCatalog catalog =
        ProfileCatalog.of(
            Map.of("box.yaml", PROFILE.formatted(CARD, FAN, CARD, required, required)));
    return new Replay(
            catalog,
            Replay.resource("a", "b", "c", Map.of()),
            plan -> readable ? device.answer(plan) : cutShort(plan))
        .enrich();
  }

  private SnmpReply cutShort(SnmpPlan plan) {
    Map<Oid, SnmpColumn> values = new HashMap<>(device.answer(plan).values());
    values.remove(FAN_LABELS);
    return new SnmpReply(values, Optional.of(SILENCE), 3);
  }

  private static SnmpReply silence() {
    return new SnmpReply(Map.of(), Optional.of(SILENCE), 3);
  }

  @Test
  void isMissingFromADeviceThatAnswers() throws Exception {
    PollPlan plan = enriched("required: 'true'", true).plan();

    PollPlan.Reading reading = plan.read(device.answer(plan.snmpPlan()), Replay.NOW);

    assertThat(reading.status()).isEqualTo(DeviceStatus.PARTIAL_METRIC_FAILURE);
    assertThat(reading.detail())
        .hasValue("section fans: nothing of it is there; section supplies: nothing of it is there");
  }

  @Test
  void makesASilentDeviceNoOneThatLacksMetrics() throws Exception {
    PollPlan plan = enriched("required: 'true'", true).plan();

    PollPlan.Reading reading = plan.read(silence(), Replay.NOW);

    assertThat(reading.status()).isEqualTo(DeviceStatus.TIMEOUT);
    assertThat(reading.detail()).hasValue("no answer");
  }

  @Test
  void isAFailureOfTheEnrichmentWhereItsTableCouldNotBeRead() throws Exception {
    device.put(FAN + ".1.1", "fan 1");
    PollPlan plan = enriched("", false).plan();

    PollPlan.Reading reading = plan.read(device.answer(plan.snmpPlan()), Replay.NOW);

    assertThat(reading.status()).isEqualTo(DeviceStatus.PARTIAL_METRIC_FAILURE);
    assertThat(reading.detail())
        .hasValue("section fans: its table could not be read at enrichment");
    assertThat(plan.read(silence(), Replay.NOW).status()).isEqualTo(DeviceStatus.TIMEOUT);
  }

  @Test
  void asksEverMoreSeldomForAnEnrichmentThatFindsItsTable() throws Exception {
    PollPlan plan = enriched("", false).plan();
    SnmpReply answer = device.answer(plan.snmpPlan());
    PollPlan whole = enriched("", true).plan();

    List<Boolean> asked =
        IntStream.range(0, 9)
            .mapToObj(_ -> plan.read(answer, Replay.NOW).wantsEnrichment())
            .toList();

    assertThat(asked).containsExactly(false, true, false, true, false, false, false, true, false);
    assertThat(plan.read(silence(), Replay.NOW).wantsEnrichment()).isFalse();
    for (int poll = 0; poll < 4; poll++) {
      assertThat(whole.read(answer, Replay.NOW).wantsEnrichment()).isFalse();
    }
  }

  @Test
  void isNoFailureWhereTheDeviceNeedNotHaveIt() throws Exception {
    PollPlan plan = enriched("", true).plan();

    PollPlan.Reading reading = plan.read(device.answer(plan.snmpPlan()), Replay.NOW);

    assertThat(reading.status()).isEqualTo(DeviceStatus.SUCCESS);
  }
}
