package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PollFreshnessTest {
  private static final long SECOND = 1_000_000_000L;
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 3 * SECOND);
  private final PollFreshness freshness = new PollFreshness(Duration.ofSeconds(4), nanos::get);

  @Test
  void isNotFreshBeforeTheGroupHasTakenItIn() {
    assertThat(freshness.turned()).isFalse();
    assertThat(freshness.fresh()).isFalse();
  }

  @Test
  void staysFreshWhileTheLoopTurnsAlsoWhenTheNanoClockOverflows() {
    freshness.proven(nanos.get());

    for (int turn = 0; turn < 10; turn++) {
      nanos.addAndGet(SECOND);
      assertThat(freshness.turned()).isTrue();
      assertThat(freshness.fresh()).isTrue();
    }
  }

  @Test
  void startsNothingAfterAGapUntilTheGroupHasAnswered() {
    freshness.proven(nanos.get());
    nanos.addAndGet(30 * SECOND);

    assertThat(freshness.fresh()).isFalse();
    assertThat(freshness.turned()).isFalse();
    assertThat(freshness.turned()).isFalse();
    assertThat(freshness.fresh()).isFalse();
    freshness.proven(nanos.get());
    assertThat(freshness.fresh()).isTrue();
  }

  @Test
  void doesNotBelieveAnAnswerToAQuestionAskedTooLongAgo() {
    long asked = nanos.get();
    nanos.addAndGet(5 * SECOND);
    freshness.turned();

    freshness.proven(asked);

    assertThat(freshness.fresh()).isFalse();
  }
}
