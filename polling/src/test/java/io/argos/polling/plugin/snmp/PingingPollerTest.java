package io.argos.polling.plugin.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.polling.ping.PingSpec;
import io.argos.polling.ping.Pinger;
import io.argos.profile.PollStatus;
import io.argos.schemas.Resource;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enrichments;
import io.argos.spi.Failure;
import io.argos.spi.Poller;
import io.argos.spi.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PingingPollerTest {
  private static final DeviceStatus TIMEOUT = DeviceStatus.TIMEOUT;

  private final FakeContext context = new FakeContext();

  @Test
  void pingsNoDeviceThatToldItsUptime() throws InterruptedException {
    Poller.Poll part =
        new Poller.Poll(
            TIMEOUT,
            Optional.of(new Failure(Cause.TIMEOUT, "no answer to 3 requests")),
            List.of(PollStatus.group(PollStatus.DEFAULT_METRIC, TIMEOUT, Instant.EPOCH)),
            OptionalLong.of(360_000),
            Optional.empty(),
            Optional.empty(),
            false,
            false);
    try (Pinger pinger = new Pinger();
        Poller poller =
            new PingingPoller(
                new Given(part), pinger, new PingSpec(1, Duration.ofMillis(100)), context)) {
      Poller.Poll poll =
          poller.run(
              PollerFixture.run(Duration.ofSeconds(30)),
              PollerFixture.resource("239.255.77.1:161"),
              (_, _) -> List.of());

      assertThat(poll).isEqualTo(part);
    }
    for (String count : List.of("pings_answered", "pings_unanswered", "pings_not_tried")) {
      assertThat(context.counted(count)).isZero();
    }
  }

  /** A poller whose polls all end alike. */
  private record Given(Poll poll) implements Poller {
    @Override
    public Poll run(Run run, Resource resource, Enrichments enrichments) {
      return poll;
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
