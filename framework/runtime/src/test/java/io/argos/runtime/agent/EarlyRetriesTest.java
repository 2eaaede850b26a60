package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlyRetriesTest {
  private final ManualClock clock = new ManualClock(TestJobs.NOON);
  private final EarlyRetries retries = new EarlyRetries("agent-1", clock, () -> 0.5);

  private static Job hourly() {
    return TestJobs.of("s/a").interval(Duration.ofHours(1)).job();
  }

  @Test
  void triesFiveTimesEachTimeAfterTwiceAsLong() {
    List<Duration> waits = new ArrayList<>();

    for (Optional<EarlyRetries.Retry> retry = retries.failed(hourly());
        retry.isPresent();
        retry = retries.failed(hourly())) {
      waits.add(retry.get().after());
    }

    assertThat(waits)
        .containsExactly(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            Duration.ofSeconds(80),
            Duration.ofSeconds(160));
  }

  @Test
  void asksForTheSameWorkUnderAnIdOfItsOwn() {
    EarlyRetries.Retry first = retries.failed(hourly()).orElseThrow();
    EarlyRetries.Retry second = retries.failed(hourly()).orElseThrow();

    assertThat(first.request().getReason()).isEqualTo(JobReason.RETRY);
    assertThat(first.request().getStage()).isEqualTo("polling");
    assertThat(first.request().getPlugin()).isEqualTo("snmp");
    assertThat(first.request().getResourceId()).isEqualTo("s/a");
    assertThat(first.request().getAt()).isEqualTo(TestJobs.NOON.plusSeconds(10));
    assertThat(second.request().getRequestId()).isNotEqualTo(first.request().getRequestId());
  }

  @Test
  void beginsAnewOnceItHasWorked() {
    var _ = retries.failed(hourly());
    var _ = retries.failed(hourly());
    retries.fine(hourly());

    assertThat(retries.failed(hourly()).orElseThrow().after()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void leavesItToTheNextSlotWhenThatComesSooner() {
    Job soon = TestJobs.of("s/a").interval(Duration.ofSeconds(12)).job();

    assertThat(retries.failed(soon).orElseThrow().after()).isEqualTo(Duration.ofSeconds(2));
    clock.advance(Duration.ofSeconds(9));
    assertThat(retries.failed(soon)).isEmpty();
  }
}
