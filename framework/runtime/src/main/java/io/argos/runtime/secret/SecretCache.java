package io.argos.runtime.secret;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.spi.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was fetched. Young: given as it is. A little before it is due, it is fetched again in
 * the background, at a moment that chance moves so that many do not come due together. When due:
 * fetched again by one caller while the others wait, and kept in use when that fails. From then on
 * nobody waits for a source that may not answer at all: what is due is given and fetched in the
 * background, until the source has given something again. Too old: given to nobody. Safe for use by
 * any thread.
 */
final class SecretCache {
  /** The part of its time after which a secret in use may be fetched ahead. */
  private static final double AHEAD = 0.75;

  private static final Duration ABSENT = Duration.ofSeconds(30);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  /** Fetches one secret; throws when it cannot. */
  @FunctionalInterface
  interface Source {
    Optional<Secret> fetch(String place);
  }

  /** Hears of fetches that failed, whether or not an older value could be given. */
  @FunctionalInterface
  interface FailureListener {
    void failed(String place, RuntimeException cause, boolean stale);
  }

  private record Held(Optional<Secret> secret, Instant fetchedAt, Instant aheadAt) {}

  private record Failed(RuntimeException cause, Instant at) {
    /**
     * False also after the clock was set back: the source is asked once too often, not too late.
     */
    boolean recent(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(AFTER_FAILURE));
    }
  }

  private final Source source;
  private final Duration refreshAfter;
  private final Duration keepFor;
  private final InstantSource clock;
  private final Executor background;
  private final DoubleSupplier chance;
  private final FailureListener failures;
  private volatile boolean failing;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  SecretCache(
      Source source,
      Duration refreshAfter,
      Duration keepFor,
      InstantSource clock,
      Executor background,
      DoubleSupplier chance,
      FailureListener failures) {
    this.source = source;
    this.refreshAfter = refreshAfter;
    this.keepFor = keepFor;
    this.clock = clock;
    this.background = background;
    this.chance = chance;
    this.failures = failures;
  }

  /** The secret at a place; throws what the source threw when there is nothing to give. */
  Optional<Secret> get(String place) {
    return entries.computeIfAbsent(place, Entry::new).get();
  }

  /** Makes the next call fetch it, unless the last fetch is younger than that. */
  void expire(String place, Duration unlessYounger) {
    Entry entry = entries.get(place);
    if (entry != null) {
      entry.expire(unlessYounger);
    }
  }

  private final class Entry {
    private final String place;
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicBoolean ahead = new AtomicBoolean();
    private volatile @Nullable Held held;
    private volatile boolean expired;

    @GuardedBy("fetching")
    private @Nullable Failed failed;

    Entry(String place) {
      this.place = place;
    }

    Optional<Secret> get() {
      Held current = held;
      Instant now = clock.instant();
      if (current == null || !usable(current, now)) {
        return fetchOrKeep();
      }
      boolean due = expired || isDue(current, now);
      if (due && !failing) {
        return fetchOrKeep();
      }
      if ((due || now.isAfter(current.aheadAt())) && ahead.compareAndSet(false, true)) {
        refreshAhead();
      }
      return current.secret();
    }

    void expire(Duration unlessYounger) {
      Held current = held;
      if (current != null && !clock.instant().isBefore(current.fetchedAt().plus(unlessYounger))) {
        expired = true;
      }
    }

    private boolean isDue(Held current, Instant now) {
      Duration lasts = current.secret().isPresent() ? refreshAfter : shorter(ABSENT, refreshAfter);
      // Fetched in the future is before the clock was set back: nobody knows how old it is.
      return now.isBefore(current.fetchedAt()) || !now.isBefore(current.fetchedAt().plus(lasts));
    }

    private void refreshAhead() {
      try {
        background.execute(() -> {
          try {
            fetchOrKeep(true);
          } catch (RuntimeException e) {
            // Said already; whoever asks when it is due meets the failure.
          } finally {
            ahead.set(false);
          }
        });
      } catch (RejectedExecutionException e) {
        // Closing: the value we have will do.
        ahead.set(false);
      }
    }

    private Optional<Secret> fetchOrKeep() {
      return fetchOrKeep(false);
    }

    private Optional<Secret> fetchOrKeep(boolean early) {
      fetching.lock();
      try {
        Instant now = clock.instant();
        Held current = held;
        // Another caller may have fetched it while this one waited.
        if (current != null && !expired && !isDue(current, now) && !early) {
          return current.secret();
        }
        Failed last = failed;
        if (last != null && last.recent(now)) {
          return keptOr(last.cause(), now);
        }
        try {
          Optional<Secret> fetched = source.fetch(place);
          long millis = refreshAfter.toMillis();
          Duration whenAhead =
              Duration.ofMillis((long) (millis * (AHEAD + (1 - AHEAD) * chance.getAsDouble())));
          Instant at = clock.instant();
          held = new Held(fetched, at, at.plus(whenAhead));
          expired = false;
          failed = null;
          failing = false;
          return fetched;
        } catch (RuntimeException e) {
          // One that cannot be opened has come: it makes nobody else's an old one.
          failing = !(e instanceof SecretEnvelopeException);
          failed = new Failed(e, clock.instant());
          failures.failed(place, e, usable(current, now));
          return keptOr(e, now);
        }
      } finally {
        fetching.unlock();
      }
    }

    private Optional<Secret> keptOr(RuntimeException cause, Instant now) {
      Held current = held;
      if (current != null && usable(current, now)) {
        return current.secret();
      }
      held = null;
      throw cause;
    }

    private boolean usable(@Nullable Held current, Instant now) {
      return current != null && now.isBefore(current.fetchedAt().plus(keepFor));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
