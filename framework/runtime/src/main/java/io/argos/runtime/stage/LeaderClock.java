package io.argos.runtime.stage;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Has a leader whose clock cannot be relied on make room for another: it would emit its jobs early,
 * or after they are due. Once in a while only, since it may be the only one. Of one thread.
 */
final class LeaderClock {
  static final Duration LOOK = Duration.ofSeconds(1);
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final Supplier<Optional<String>> trouble;
  private final BooleanSupplier leading;
  private final Consumer<String> resign;
  private final LongSupplier nanoTime;
  private OptionalLong resignedAt = OptionalLong.empty();

  /**
   * A watch over a leader.
   *
   * @param trouble what is wrong with the clock; empty when nothing is
   * @param leading whether this instance leads now
   * @param resign gives the leadership up, for a reason
   * @param nanoTime a clock that only goes forward
   */
  LeaderClock(
      Supplier<Optional<String>> trouble,
      BooleanSupplier leading,
      Consumer<String> resign,
      LongSupplier nanoTime) {
    this.trouble = trouble;
    this.leading = leading;
    this.resign = resign;
    this.nanoTime = nanoTime;
  }

  void look() {
    Optional<String> wrong = trouble.get();
    if (wrong.isEmpty() || !leading.getAsBoolean()) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (resignedAt.isPresent() && now - resignedAt.getAsLong() < PAUSE.toNanos()) {
      return;
    }
    resignedAt = OptionalLong.of(now);
    resign.accept(wrong.get());
  }
}
