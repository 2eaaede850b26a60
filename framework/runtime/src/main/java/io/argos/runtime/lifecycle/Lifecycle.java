package io.argos.runtime.lifecycle;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process has started, closed in reverse order. Each close is bounded in time, and all of
 * them together too; a step that overruns is interrupted, said once, and left behind. Safe for use
 * by any thread; closing twice does nothing more than wait for the first.
 */
public final class Lifecycle implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  /** Even with no time left each step is told to close, and gets a moment for it. */
  private static final Duration LEAST = Duration.ofMillis(100);

  /** Opens a resource that is to be closed with the process. */
  @FunctionalInterface
  public interface Opening<T extends AutoCloseable, X extends Exception> {
    T open() throws X, InterruptedException;
  }

  private record Step(String name, Duration bound, AutoCloseable resource) {}

  private final String name;
  private final Duration stepBound;
  private final Duration overallBound;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Deque<Step> steps = new ArrayDeque<>();

  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Ten seconds a step, 25 seconds in all: below the 30 seconds that supervisors grant. */
  public Lifecycle(String name) {
    this(name, Duration.ofSeconds(10), Duration.ofSeconds(25));
  }

  public Lifecycle(String name, Duration stepBound, Duration overallBound) {
    this.name = name;
    this.stepBound = stepBound;
    this.overallBound = overallBound;
  }

  /**
   * Opens a resource as the next step. When that fails, all former steps are closed and the failure
   * goes on to the caller.
   */
  @CanIgnoreReturnValue
  public <T extends AutoCloseable, X extends Exception> T start(String step, Opening<T, X> opening)
      throws X, InterruptedException {
    boolean opened = false;
    try {
      T resource = opening.open();
      opened = true;
      log.debug("started service={} step={}", name, step);
      return add(step, resource);
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  /** Takes over a resource that is open already. */
  @CanIgnoreReturnValue
  public <T extends AutoCloseable> T add(String step, T resource) {
    add(step, stepBound, resource);
    return resource;
  }

  /** Takes over a resource whose closing has a bound of its own. */
  public void add(String step, Duration bound, AutoCloseable resource) {
    var added = new Step(step, bound, resource);
    boolean late;
    synchronized (lock) {
      late = closing.get();
      if (!late) {
        steps.push(added);
      }
    }
    if (late) {
      close(added, bound);
    }
  }

  /** Closes on SIGTERM and SIGINT, and whenever the JVM ends in good order. */
  public void closeOnSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, name + "-shutdown"));
  }

  /** Whether closing has begun. */
  public boolean closing() {
    return closing.get();
  }

  /** Waits until all is closed. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** Waits until all is closed, for that long at most; whether it is. */
  public boolean awaitClosed(Duration wait) throws InterruptedException {
    return closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    boolean first;
    synchronized (lock) {
      first = closing.compareAndSet(false, true);
    }
    if (!first) {
      awaitFirstClose();
      return;
    }
    long begun = System.nanoTime();
    try {
      for (Step step = next(); step != null; step = next()) {
        Duration left = overallBound.minusNanos(System.nanoTime() - begun);
        close(step, longer(LEAST, shorter(left, step.bound())));
      }
    } finally {
      log.debug("closed service={}", name);
      closed.countDown();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private @Nullable Step next() {
    synchronized (lock) {
      return steps.poll();
    }
  }

  private void awaitFirstClose() {
    try {
      if (!closed.await(overallBound.toNanos(), TimeUnit.NANOSECONDS)) {
        log.warn("still closing service={} bound={}", name, overallBound);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A thread of its own, since a close that ignores interrupts must not hold up the others. */
  private void close(Step step, Duration bound) {
    var failure = new AtomicReference<@Nullable Throwable>();
    Thread closer =
        Thread.ofPlatform()
            .daemon()
            .name(name + "-close-" + step.name())
            .start(() -> {
              try {
                step.resource().close();
              } catch (Exception | LinkageError e) {
                failure.set(e);
              }
            });
    boolean interrupted = false;
    boolean ended = false;
    try {
      ended = closer.join(bound);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    Throwable cause = failure.get();
    if (cause != null) {
      log.warn("close failed service={} step={}", name, step.name(), cause);
    } else if (!ended) {
      closer.interrupt();
      log.warn("close overran service={} step={} bound={}", name, step.name(), bound);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
