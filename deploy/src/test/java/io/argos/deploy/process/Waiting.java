package io.argos.deploy.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what becomes true elsewhere, where no library of tests is at hand. */
public final class Waiting {
  private static final Duration LOOK = Duration.ofMillis(100);

  private Waiting() {}

  /** A condition that may be interrupted. */
  @FunctionalInterface
  public interface Condition {
    boolean met() throws InterruptedException;
  }

  /**
   * Waits until a condition is met.
   *
   * @param what says it in words
   * @param found what is found instead, for the message
   * @throws AssertionError when it is not met in time
   */
  public static void until(
      String what, Duration patience, Condition condition, Supplier<String> found)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.met()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "not true within %s: %s; found %s".formatted(patience, what, found.get()));
      }
      pass(LOOK);
    }
  }

  /** Lets time pass: the time itself is what is awaited. */
  public static void pass(Duration time) throws InterruptedException {
    var _ = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
