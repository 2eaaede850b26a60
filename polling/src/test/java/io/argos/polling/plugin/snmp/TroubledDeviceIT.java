package io.argos.polling.plugin.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.schemas.columnar.GroupBlock;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import io.argos.spi.Poller;
import io.argos.spi.Run;
import io.argos.spi.Secret;
import io.argos.testing.simulator.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices that are dead, slow, or refuse the credential. */
class TroubledDeviceIT {
  private final PollerFixture fixture = new PollerFixture();
  private final Poller poller = fixture.poller(List.of("right"));

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void callsSilenceATimeoutWithAndWithoutEnrichment() throws InterruptedException {
    fixture.device.behave(new Behaviour.Dead());

    Poller.Poll without = fixture.poll(poller);
    fixture.device.behave();
    fixture.enrich(Instant.now().plusSeconds(600));
    fixture.device.behave(new Behaviour.Dead());
    Poller.Poll with = fixture.poll(poller);

    assertThat(without.status()).isEqualTo(DeviceStatus.TIMEOUT);
    assertThat(without.wantsEnrichment()).isFalse();
    assertThat(PollerFixture.statusOf(without, "polling_status")).isEqualTo(3);
    assertThat(with.status()).isEqualTo(DeviceStatus.TIMEOUT);
    assertThat(with.failure().map(Failure::cause)).hasValue(Cause.TIMEOUT);
    assertThat(PollerFixture.statusOf(with, "polling_status")).isEqualTo(3);
    assertThat(PollerFixture.statusOf(with, "interface_polling_status")).isEqualTo(3);
  }

  @Test
  void probesADeadDeviceWithOneSmallRequest() throws InterruptedException {
    fixture.enrich(Instant.now().plusSeconds(600));
    fixture.device.behave(new Behaviour.Dead());
    fixture.poll(poller);

    fixture.simulator.requests().clear();
    Poller.Poll still = fixture.poll(poller);
    int packets = fixture.simulator.requests().latest().size();
    fixture.device.behave();
    Poller.Poll back = fixture.poll(poller);

    assertThat(packets).as("packets to a dead device").isOne();
    assertThat(still.status()).isEqualTo(DeviceStatus.TIMEOUT);
    assertThat(still.failure().map(Failure::cause)).hasValue(Cause.TIMEOUT);
    assertThat(back.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(fixture.context.counted("probes")).isEqualTo(2);
  }

  @Test
  void asksADeviceThatWasNeverEnrichedAndIsSilentOnceForEachCredential()
      throws InterruptedException {
    fixture.context.community("wrong", "secret");
    fixture.device.behave(new Behaviour.Dead());
    Poller several = fixture.poller(List.of("wrong", "right"));

    Poller.Poll first = fixture.poll(several);
    int afterFirst = fixture.simulator.requests().latest().size();
    fixture.poll(poller);
    fixture.simulator.requests().clear();
    fixture.poll(poller);

    assertThat(first.failure().map(Failure::detail))
        .hasValue("answers ping, but no SNMP: no answer to any of 2 credentials (wrong, right)");
    assertThat(afterFirst).isEqualTo(2);
    assertThat(fixture.simulator.requests().latest()).as("one probe").hasSize(1);
    assertThat(fixture.context.counted("probes")).isEqualTo(1);
  }

  @Test
  void findsTheCredentialThatIsAnswered() throws InterruptedException {
    fixture.context.community("wrong", "secret");
    fixture.enrich(Instant.now().plusSeconds(600));
    Poller several = fixture.poller(List.of("wrong", "right"));

    Poller.Poll first = fixture.poll(several);
    Poller.Poll second = fixture.poll(several);

    assertThat(first.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(second.status()).isEqualTo(DeviceStatus.SUCCESS);
  }

  @Test
  void asksADeadDeviceOnlyWithTheCredentialThatItAnsweredBefore() throws InterruptedException {
    fixture.context.community("wrong", "secret");
    fixture.enrich(Instant.now().plusSeconds(600));
    Poller several = fixture.poller(List.of("wrong", "right"));
    fixture.poll(several);
    fixture.device.behave(new Behaviour.Dead());
    fixture.poll(several);
    fixture.simulator.requests().clear();

    Poller.Poll still = fixture.poll(several);

    assertThat(still.status()).isEqualTo(DeviceStatus.TIMEOUT);
    assertThat(fixture.simulator.requests().latest()).hasSize(1);
  }

  @Test
  void givesWhatItHasReadOfASlowDeviceBeforeThePlatformCutsIt() throws InterruptedException {
    fixture.enrich(Instant.now().plusSeconds(600));
    fixture.poll(poller);
    fixture.device.behave(new Behaviour.Slow(Duration.ofMillis(250)));
    // A machine that stands still is late once, and not again.
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          Run run = PollerFixture.run(Duration.ofMillis(450));

          Poller.Poll poll = poller.run(run, fixture.resource(), fixture.enrichments);

          assertThat(Instant.now()).isBefore(run.deadline());
          assertThat(poll.status()).isEqualTo(DeviceStatus.PARTIAL_METRIC_FAILURE);
          assertThat(poll.failure())
              .hasValueSatisfying(failure ->
                  assertThat(failure.detail()).contains("was not read to the end within"));
          assertThat(poll.uptimeCentis()).isPresent();
          assertThat(poll.groups()).extracting(GroupBlock::name).contains("interface", "status");
        });
  }

  @Test
  void fetchesARefusedSecretOnceMoreAndPollsWithIt() throws InterruptedException {
    fixture.enrich(Instant.now().plusSeconds(600));
    fixture.context.community("right", "outdated");
    fixture.context.change("right", "public");
    Poller refused = fixture.poller(new RefusingClient(fixture.engine), List.of("right"));

    Poller.Poll poll = fixture.poll(refused);

    assertThat(poll.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(fixture.context.counted("refusals")).isEqualTo(1);
  }

  @Test
  void asksNoSecondTimeWhenTheRefusedSecretIsStillTheSame() throws InterruptedException {
    fixture.enrich(Instant.now().plusSeconds(600));
    fixture.context.community("right", "outdated");
    RefusingClient client = new RefusingClient(fixture.engine);
    Poller refused = fixture.poller(client, List.of("right"));

    Poller.Poll poll = fixture.poll(refused);

    assertThat(poll.status()).isEqualTo(DeviceStatus.AUTHENTICATION_FAILURE);
    assertThat(client.refusals()).isEqualTo(1);
  }

  /** Refuses the outdated community, as a v3 engine does a wrong password. */
  private static final class RefusingClient implements SnmpClient {
    private final SnmpClient client;
    private final AtomicInteger refusals = new AtomicInteger();

    RefusingClient(SnmpClient client) {
      this.client = client;
    }

    int refusals() {
      return refusals.get();
    }

    @Override
    public CompletableFuture<SnmpReply> read(SnmpTarget target, SnmpPlan plan) {
      if (target.credential() instanceof SnmpCredential.V2c(Secret secret)
          && secret.field("community").filter("outdated"::equals).isPresent()) {
        refusals.incrementAndGet();
        return CompletableFuture.completedFuture(
            new SnmpReply(Map.of(), Optional.of(new SnmpFailure.Refused("wrong password")), 1));
      }
      return client.read(target, plan);
    }

    @Override
    public void close() {
      // The engine is the fixture's.
    }
  }
}
