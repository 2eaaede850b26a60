package io.argos.polling.plugin.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.profile.SystemGroup;
import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.RecordedDevice;
import io.argos.profile.proof.Replay;
import io.argos.schemas.Enrichment;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.snmp.SnmpType;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enrichments;
import io.argos.spi.Poller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Polls that take long, since answers get lost: the device may have booted in their midst. */
class BootAmidPollTest implements SnmpClient {
  private static final String UPTIME = "1.3.6.1.2.1.1.3.0";
  private static final SnmpConfig CONFIG =
      new SnmpConfig(Duration.ofMillis(300), 1, 48, 4, 100_000, 0, 1);
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
          metrics: { packets: { oid: 1.3.6.1.4.1.1.1.2 } }
      """;

  private final RecordedDevice device =
      new RecordedDevice()
          .put(UPTIME, SnmpType.TIME_TICKS, 360_000)
          .put("1.3.6.1.4.1.1.1.1.1", "one")
          .put("1.3.6.1.4.1.1.1.2.1", SnmpType.GAUGE32, 7);
  private final ProfileCatalog profiles = ProfileCatalog.of(Map.of("box.yaml", PROFILE));
  private final FakeContext context = new FakeContext().community("one", "1");
  private final Poller poller =
      new SnmpPoller(
          new SnmpReads(this),
          new SnmpTargets(CONFIG, context.secrets(), List.of("one")),
          () -> profiles,
          context);
  private final Instant enrichedAt = Instant.now();
  private final Replay enriched;
  private final List<SnmpPlan> asked = new ArrayList<>();
  private Runnable behind = () -> {};
  private boolean probesGetLost;

  BootAmidPollTest() throws ProfileException {
    enriched = new Replay(profiles, PollerFixture.resource("127.0.0.1"), device::answer).enrich();
  }

  @Override
  public CompletableFuture<SnmpReply> read(SnmpTarget target, SnmpPlan plan) {
    asked.add(plan);
    if (probesGetLost && plan.equals(SystemGroup.PROBE)) {
      SnmpFailure lost = new SnmpFailure.NoAnswer(false, 2, "no answer");
      return CompletableFuture.completedFuture(new SnmpReply(Map.of(), Optional.of(lost), 2));
    }
    SnmpReply reply = device.answer(plan);
    if (!plan.equals(SystemGroup.PROBE)) {
      behind.run();
    }
    return CompletableFuture.completedFuture(reply);
  }

  private Poller.Poll poll() throws InterruptedException {
    asked.clear();
    Enrichments enrichments =
        (id, namespace) -> enriched.find(id, namespace).stream().map(this::placed).toList();
    return poller.run(PollerFixture.run(), PollerFixture.resource("127.0.0.1"), enrichments);
  }

  private Enrichment placed(Enrichment found) {
    return Enrichment.newBuilder(found)
        .setCollectedAt(enrichedAt)
        .setExpiresAt(enrichedAt.plusSeconds(3_600))
        .build();
  }

  @Test
  void areReadAnewWhereItDid() throws InterruptedException {
    poll();
    behind =
        () -> {
          behind = () -> {};
          context.advance(Duration.ofSeconds(1));
          device
              .put(UPTIME, SnmpType.TIME_TICKS, 50)
              .put("1.3.6.1.4.1.1.1.1.1", "two")
              .put("1.3.6.1.4.1.1.1.2.1", SnmpType.GAUGE32, 8);
        };

    Poller.Poll poll = poll();

    assertThat(asked).hasSize(3).element(1).isEqualTo(SystemGroup.PROBE);
    assertThat(poll.uptimeCentis()).hasValue(50);
    assertThat(poll.groups()).extracting(GroupBlock::name).containsExactly("status");
    assertThat(poll.status()).isEqualTo(DeviceStatus.ENRICHMENT_FAILURE);
    assertThat(poll.wantsEnrichment()).isTrue();
  }

  @Test
  void areReadAnewWhereTheUptimeItselfIsYoungerThanTheExchange() throws InterruptedException {
    poll();
    device.put(UPTIME, SnmpType.TIME_TICKS, 20);
    behind =
        () -> {
          behind = () -> {};
          context.advance(Duration.ofSeconds(1));
        };

    poll();

    assertThat(asked).hasSize(2).doesNotContain(SystemGroup.PROBE);
  }

  @Test
  void areKeptWhereItDidNot() throws InterruptedException {
    poll();
    behind = () -> context.advance(Duration.ofSeconds(1));

    Poller.Poll poll = poll();

    assertThat(asked).hasSize(2).last().isEqualTo(SystemGroup.PROBE);
    assertThat(poll.groups()).extracting(GroupBlock::name).containsExactly("port", "status");
    assertThat(poll.status()).isEqualTo(DeviceStatus.SUCCESS);
  }

  @Test
  void giveNoRowsWhereNobodyKnows() throws InterruptedException {
    poll();
    behind = () -> context.advance(Duration.ofSeconds(1));
    probesGetLost = true;

    Poller.Poll poll = poll();

    assertThat(poll.groups()).extracting(GroupBlock::name).containsExactly("status");
    assertThat(poll.status()).isEqualTo(DeviceStatus.TIMEOUT);
    assertThat(poll.uptimeCentis()).isEmpty();
  }

  @Test
  void areNotAskedTwiceWhereNothingGotLost() throws InterruptedException {
    poll();

    poll();

    assertThat(asked).hasSize(1).doesNotContain(SystemGroup.PROBE);
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
