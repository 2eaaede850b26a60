package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.format.Profile;
import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.Replay;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.GroupRecords;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.spi.DeviceStatus;
import io.argos.spi.EnrichmentContent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Polls of a device that boots, deals its indexes anew, and loses and finds rows, columns and
 * answers: whatever goes out is of the row under whose name it does, and all goes out again once
 * the device is at rest. {@code -Dargos.seed} plays one seed.
 */
class PollModelTest {
  private static final int ROUNDS = 60;
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /** A source is asked again after at most 64 polls. */
  private static final int SETTLING_POLLS = 70;

  private final Profile profile =
      ProfileCatalog.of(Map.of("box.yaml", ModelDevice.PROFILE)).find("box").orElseThrow();
  private final Resource resource = Replay.resource("a", "b", "c", Map.of());

  PollModelTest() throws ProfileException {}

  @Test
  void givesEachRowItsOwnValuesAndAllOfThemAtRest() {
    Long only = Long.getLong("argos.seed");
    for (long seed = 1; seed <= (only == null ? ROUNDS : 1); seed++) {
      new Round(only == null ? seed : only).play();
    }
  }

  /** One device from its enrichment on. */
  private final class Round {
    private final long seed;
    private final Random random;
    private final Map<String, Enrichment> enrichments = new HashMap<>();
    private final ModelDevice device;
    private Instant now = Replay.NOW;
    private PollPlan plan;
    private boolean wantsEnrichment;

    Round(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.device = new ModelDevice(random, now);
      this.plan = enrich();
    }

    void play() {
      for (int phase = random.nextInt(1, 4); phase > 0; phase--) {
        for (int poll = random.nextInt(1, 12); poll > 0; poll--) {
          now = now.plus(INTERVAL);
          for (int i = random.nextInt(3); i > 0; i--) {
            device.disturb(now);
          }
          poll(random.nextInt(5) == 0);
          if (wantsEnrichment && random.nextInt(3) > 0) {
            plan = enrich();
          }
        }
        rest();
      }
    }

    private void rest() {
      device.calm();
      plan = enrich();
      for (int poll = 0; poll < SETTLING_POLLS; poll++) {
        now = now.plus(INTERVAL);
        poll(false);
        if (wantsEnrichment) {
          plan = enrich();
        }
      }
      now = now.plus(INTERVAL);
      PollPlan.Reading reading = poll(false);
      assertThat(reading.status()).as("seed %d", seed).isEqualTo(DeviceStatus.SUCCESS);
      Map<String, Long> wanted = new TreeMap<>();
      for (ModelDevice.Port port : device.ports()) {
        wanted.put("port octets " + port.name(), (long) port.number());
        wanted.put("port level " + port.name(), (long) port.number());
      }
      device
          .sensors()
          .forEach((label, port) -> wanted.put("sensor watts " + label, (long) port.number()));
      assertThat(values(reading)).as("seed %d", seed).isEqualTo(wanted);
      assertThat(wantsEnrichment).as("seed %d", seed).isFalse();
    }

    private PollPlan.Reading poll(boolean cut) {
      SnmpReply whole = device.answer(plan.snmpPlan(), now);
      PollPlan.Reading reading = plan.read(cut ? device.cut(whole) : whole, now);
      wantsEnrichment = reading.wantsEnrichment();
      reading.uptimeCentis().ifPresent(_ -> device.told());
      values(reading).forEach(this::check);
      return reading;
    }

    private void check(String name, long value) {
      String[] parts = name.split(" ", 3);
      boolean isTrue =
          parts[0].equals("port")
              ? device.ports().stream()
                  .anyMatch(port -> port.number() == value && port.isKey(parts[2]))
              : device.sensors().containsKey(parts[2])
                  && device.sensors().get(parts[2]).number() == value;
      assertThat(isTrue).as("seed %d: %s of row %d", seed, name, value).isTrue();
    }

    private Map<String, Long> values(PollPlan.Reading reading) {
      Map<String, Long> values = new TreeMap<>();
      for (GroupBlock group : reading.groups()) {
        String[] keys = group.rows().rowKeys();
        assertThat(keys).as("seed %d", seed).doesNotHaveDuplicates();
        for (int row = 0; row < keys.length && !group.name().equals("status"); row++) {
          String key = keys[row];
          Replay.rows(List.of(group.slice(row, row + 1)))
              .getFirst()
              .metrics()
              .forEach((metric, value) ->
                  values.put(group.name() + " " + metric + " " + key, (long) value.value()));
        }
      }
      return values;
    }

    private PollPlan enrich() {
      SystemGroup system = SystemGroup.of(device.answer(SystemGroup.PLAN, now));
      EnrichmentPlan asking = new EnrichmentPlan(profile, resource, system);
      SnmpPlan tables = asking.tables(device.answer(asking.scalars(), now));
      asking.evaluate(device.answer(tables, now), now).contents().forEach(this::put);
      device.enriched();
      return PollPlan.derive(
          profile,
          resource,
          enrichments.get(EnrichmentPlan.DEVICE),
          (_, namespace) ->
              enrichments.containsKey(namespace) ? List.of(enrichments.get(namespace)) : List.of(),
          INTERVAL);
    }

    private void put(EnrichmentContent content) {
      enrichments.put(
          content.namespace(),
          Enrichment.newBuilder()
              .setResourceId(content.resourceId())
              .setNamespace(content.namespace())
              .setPlugin("snmp")
              .setJobId("1")
              .setCollectedAt(now)
              .setExpiresAt(now.plusSeconds(3600))
              .setContentHash("1")
              .setProfile(profile.name())
              .setProfileHash(profile.hash())
              .setAttributes(content.attributes())
              .setGroups(content.groups().stream().map(GroupRecords::toRecord).toList())
              .build());
    }
  }
}
