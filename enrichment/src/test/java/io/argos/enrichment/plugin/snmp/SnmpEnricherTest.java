package io.argos.enrichment.plugin.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.RecordedDevice;
import io.argos.schemas.Resource;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.snmp.SnmpType;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enricher;
import io.argos.spi.EnrichmentContent;
import io.argos.spi.Failure;
import io.argos.spi.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A device whose answers end before all that matters was read. */
class SnmpEnricherTest {
  private static final SnmpConfig CONFIG =
      new SnmpConfig(Duration.ofMillis(300), 1, 48, 4, 100_000, 0, 1);
  private static final Oid SYS_OBJECT_ID = Oid.parse("1.3.6.1.2.1.1.2.0");
  private static final Oid SLOTS = Oid.parse("1.3.6.1.4.1.1.9.0");
  private static final Map<String, String> PROFILES =
      Map.of(
          "any.yaml",
          """
          profile: any
          match: {}
          """,
          "box.yaml",
          """
          profile: box
          match: { sysObjectID: 1.3.6.1.4.1.1 }
          scalars:
            spare: { oid: 1.3.6.1.4.1.1.9.1, as: integer }
            slots: { oid: %s, as: integer }
          tables:
            card:
              when: slots > 0
              columns: { name: 1.3.6.1.4.1.1.1.1 }
          """
              .formatted(SLOTS));

  private final RecordedDevice device =
      RecordedDevice.parse(
              "box",
              """
              1.3.6.1.2.1.1.1.0|4|a box
              1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.1
              1.3.6.1.4.1.1.1.1.1|4|card 1
              """)
          .put(SLOTS.toString(), SnmpType.INTEGER, 1);
  private final List<EnrichmentContent> contents = new ArrayList<>();

  @Test
  void readsTheTablesOfADeviceThatAnswers() throws Exception {
    Enricher.Outcome outcome = run(Optional.empty());

    assertThat(outcome).isEqualTo(new Enricher.Outcome.Enriched(DeviceStatus.SUCCESS));
    assertThat(contents).extracting(EnrichmentContent::namespace).containsExactly("card", "device");
  }

  @Test
  void takesADeviceForNoneOfAnotherMakeWhereItsOwnWasNotRead() throws Exception {
    Enricher.Outcome outcome = run(Optional.of(SYS_OBJECT_ID));

    assertThat(outcome).isEqualTo(timeout());
    assertThat(contents).isEmpty();
  }

  @Test
  void leavesOutNoTableBecauseOfAScalarThatWasNotRead() throws Exception {
    device.put("1.3.6.1.4.1.1.9.1", SnmpType.INTEGER, 1);

    Enricher.Outcome outcome = run(Optional.of(SLOTS));

    assertThat(outcome).isEqualTo(timeout());
    assertThat(contents).isEmpty();
  }

  @Test
  void goesOnWithoutAScalarThatTheDeviceNeverAnswers() throws Exception {
    Oid spare = Oid.parse("1.3.6.1.4.1.1.9.1");
    Enricher enricher = enricher(Optional.of(spare));

    Enricher.Outcome first = run(enricher);
    List<EnrichmentContent> then = List.copyOf(contents);
    Enricher.Outcome second = run(enricher);

    assertThat(first).isEqualTo(timeout());
    assertThat(then).isEmpty();
    assertThat(second)
        .isEqualTo(new Enricher.Outcome.Enriched(DeviceStatus.PARTIAL_METRIC_FAILURE));
    assertThat(contents).extracting(EnrichmentContent::namespace).containsExactly("card", "device");
  }

  @Test
  void goesOnWithoutATextOfTheSystemGroupThatTheDeviceNeverAnswers() throws Exception {
    Enricher enricher = enricher(Optional.of(Oid.parse("1.3.6.1.2.1.1.1.0")));

    assertThat(run(enricher)).isEqualTo(timeout());
    assertThat(run(enricher))
        .isEqualTo(new Enricher.Outcome.Enriched(DeviceStatus.PARTIAL_METRIC_FAILURE));
  }

  @Test
  void takesADeviceForNoneOfAnotherMakeHoweverOften() throws Exception {
    Enricher enricher = enricher(Optional.of(SYS_OBJECT_ID));

    assertThat(List.of(run(enricher), run(enricher), run(enricher))).containsOnly(timeout());
    assertThat(contents).isEmpty();
  }

  private static Enricher.Outcome timeout() {
    return new Enricher.Outcome.Failed(
        new Failure(Cause.TIMEOUT, "no answer"), DeviceStatus.TIMEOUT);
  }

  private Enricher.Outcome run(Optional<Oid> unread) throws InterruptedException, ProfileException {
    return run(enricher(unread));
  }

  private Enricher enricher(Optional<Oid> unread) throws ProfileException {
    FakeContext context = new FakeContext().community("right", "public");
    ProfileCatalog profiles = ProfileCatalog.of(PROFILES);
    return new SnmpEnricher(
        new SnmpReads(new Cut(device, unread)),
        new SnmpTargets(CONFIG, context.secrets(), List.of("right")),
        () -> profiles,
        context);
  }

  private Enricher.Outcome run(Enricher enricher) throws InterruptedException {
    Instant now = Instant.now();
    return enricher.run(
        new Run("00", now, now, now.plusSeconds(30), Duration.ofMinutes(5)),
        Resource.newBuilder()
            .setId("local/box")
            .setSite("local")
            .setName("box")
            .setEndpoint("127.0.0.1")
            .setTtlSeconds(60)
            .setFirstSeenAt(Instant.EPOCH)
            .setRevision(1)
            .build(),
        contents::add);
  }

  /** Answers all but one scalar, where that is asked for. */
  private record Cut(RecordedDevice device, Optional<Oid> unread) implements SnmpClient {
    @Override
    public CompletableFuture<SnmpReply> read(SnmpTarget target, SnmpPlan plan) {
      SnmpReply whole = device.answer(plan);
      if (unread.isEmpty() || !plan.scalars().contains(unread.get())) {
        return CompletableFuture.completedFuture(whole);
      }
      Map<Oid, SnmpColumn> values = new HashMap<>(whole.values());
      values.remove(unread.get());
      return CompletableFuture.completedFuture(
          new SnmpReply(values, Optional.of(new SnmpFailure.NoAnswer(true, 2, "no answer")), 2));
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
