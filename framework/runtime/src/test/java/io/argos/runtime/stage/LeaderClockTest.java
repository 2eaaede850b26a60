package io.argos.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeaderClockTest {
  private final AtomicReference<Optional<String>> trouble =
      new AtomicReference<>(Optional.of("30 s behind"));
  private final AtomicBoolean leading = new AtomicBoolean(true);
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final List<String> resigned = new ArrayList<>();
  private final LeaderClock clock =
      new LeaderClock(trouble::get, leading::get, resigned::add, now::get);

  @Test
  void makesRoomWhenItsClockIsWrong() {
    clock.look();

    assertThat(resigned).containsExactly("30 s behind");
  }

  @Test
  void staysWhileItsClockIsRightOrAnotherLeads() {
    trouble.set(Optional.empty());
    clock.look();
    trouble.set(Optional.of("30 s behind"));
    leading.set(false);
    clock.look();

    assertThat(resigned).isEmpty();
  }

  @Test
  void goesOnForAWhileWhenItIsElectedAgain() {
    clock.look();
    now.addAndGet(LeaderClock.PAUSE.toNanos() - 1);
    clock.look();
    assertThat(resigned).hasSize(1);

    now.addAndGet(1);
    clock.look();

    assertThat(resigned).hasSize(2);
  }
}
