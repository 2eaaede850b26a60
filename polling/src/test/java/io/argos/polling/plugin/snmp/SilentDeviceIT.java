package io.argos.polling.plugin.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.argos.config.ConfigException;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import io.argos.spi.Poller;
import io.argos.spi.Run;
import io.argos.testing.simulator.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices that do not answer SNMP: some are there all the same. With the real ping. */
class SilentDeviceIT {
  /** A group, to which no machine answers. */
  private static final String NOBODY = "239.255.77.1:161";

  private final PollerFixture fixture = new PollerFixture();
  private final Poller poller = fixture.poller(List.of("right"));

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void saysThatADeviceAnswersPingButNoSnmp() throws InterruptedException {
    fixture.enrich(Instant.now().plusSeconds(600));
    fixture.device.behave(new Behaviour.Dead());

    Poller.Poll poll = fixture.poll(poller);

    assertThat(poll.status()).isEqualTo(DeviceStatus.TIMEOUT);
    Failure failure = poll.failure().orElseThrow();
    assertThat(failure.cause()).isEqualTo(Cause.TIMEOUT);
    assertThat(failure.detail()).startsWith("answers ping, but no SNMP: no answer");
    assertThat(fixture.context.counted("pings_answered")).isOne();
  }

  @Test
  void saysThatADeviceAnswersNeitherPingNorSnmp() throws InterruptedException {
    fixture.enrich(Instant.now().plusSeconds(600));

    Poller.Poll enriched = pollNobody(poller, Duration.ofSeconds(30));

    assertThat(enriched.status()).isEqualTo(DeviceStatus.PING_FAILURE);
    Failure failure = enriched.failure().orElseThrow();
    assertThat(failure.cause()).isEqualTo(Cause.PING);
    assertThat(failure.detail()).startsWith("answers neither ping").contains(" nor SNMP: ");
    assertThat(PollerFixture.statusOf(enriched, "polling_status")).isEqualTo(7);
    assertThat(PollerFixture.statusOf(enriched, "interface_polling_status")).isEqualTo(7);
    assertThat(enriched.groups()).extracting(GroupBlock::name).containsOnly("status");
    assertThat(fixture.context.counted("pings_unanswered")).isOne();
  }

  @Test
  void pingsAStrangerAsWell() throws InterruptedException {
    Poller.Poll stranger = pollNobody(poller, Duration.ofSeconds(30));

    assertThat(stranger.status()).isEqualTo(DeviceStatus.PING_FAILURE);
    assertThat(PollerFixture.statusOf(stranger, "polling_status")).isEqualTo(7);
  }

  @Test
  void takesNoMoreThanThePollHasLeft() throws InterruptedException {
    // A machine that stands still is late once, and not again.
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          Run run = PollerFixture.run(Duration.ofMillis(1_600));

          Poller.Poll poll = poller.run(run, PollerFixture.resource(NOBODY), fixture.enrichments);

          assertThat(Instant.now()).isBefore(run.deadline());
          assertThat(poll.status()).isIn(DeviceStatus.PING_FAILURE, DeviceStatus.TIMEOUT);
        });
  }

  @Test
  void pingsNobodyWhereItIsToldNotTo() throws InterruptedException {
    Poller quiet =
        fixture.poller(fixture.engine, Map.of("credentials", List.of("right"), "ping", false));

    Poller.Poll poll = pollNobody(quiet, Duration.ofSeconds(30));

    assertThat(poll.status()).isIn(DeviceStatus.TIMEOUT, DeviceStatus.NETWORK_FAILURE);
    assertThat(fixture.context.counted("pings_unanswered")).isZero();
  }

  @Test
  void pingsNoDeviceThatAnswers() throws InterruptedException {
    fixture.enrich(Instant.now().plusSeconds(600));
    fixture.poll(poller);
    fixture.enriched.clear();
    fixture.poll(poller);

    assertThat(fixture.context.counted("pings_answered")).isZero();
  }

  @Test
  void refusesSettingsThatCannotBe() {
    assertThatThrownBy(() ->
            fixture.poller(
                fixture.engine,
                Map.of("credentials", List.of("right"), "ping-count", 10, "ping-timeout", "1s")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ping-timeout: 10 packets, 200 ms apart, need 1900 ms at least");
  }

  private Poller.Poll pollNobody(Poller with, Duration timeout) throws InterruptedException {
    return with.run(
        PollerFixture.run(timeout), PollerFixture.resource(NOBODY), fixture.enrichments);
  }
}
