package io.argos.runtime.agent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Request;
import io.argos.schemas.topic.HashId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When work that failed for a cause of ours, such as a secret that is not there yet, is tried again
 * ahead of its next slot: five times, each time after twice as long, moved a little by chance. Not
 * beyond the next slot, which tries it anyway. Kept in memory: of an agent that dies the next slots
 * remain. Safe for use by any thread.
 */
final class EarlyRetries {
  private static final int MOST_ATTEMPTS = 5;
  private static final Duration LONGEST_FIRST = Duration.ofSeconds(10);

  /** The first wait is this part of an interval, where that is less. */
  private static final int PART = 6;

  /** A retry to come. */
  record Retry(Request request, Duration after) {}

  private final String instance;
  private final InstantSource clock;
  private final DoubleSupplier chance;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<HeldJob.Target, Integer> attempts = new HashMap<>();

  /**
   * Without any.
   *
   * @param instance who asks for them
   * @param chance from 0 to 1
   */
  EarlyRetries(String instance, InstantSource clock, DoubleSupplier chance) {
    this.instance = instance;
    this.clock = clock;
    this.chance = chance;
  }

  /** A job has failed for a cause of ours: the retry to ask for, if there shall be one. */
  Optional<Retry> failed(Job job) {
    HeldJob.Target target = targetOf(job);
    int attempt;
    synchronized (lock) {
      attempt = attempts.merge(target, 1, Integer::sum);
      if (attempt > MOST_ATTEMPTS) {
        attempts.remove(target);
        return Optional.empty();
      }
    }
    Duration interval = Duration.ofMillis(job.getIntervalMillis());
    Duration part = interval.dividedBy(PART);
    Duration first = part.compareTo(LONGEST_FIRST) < 0 ? part : LONGEST_FIRST;
    long wait = first.toMillis() << (attempt - 1);
    Duration after = Duration.ofMillis((long) (wait * (0.75 + 0.5 * chance.getAsDouble())));
    Instant at = clock.instant().plus(after);
    if (!at.isBefore(job.getExpireAt())) {
      return Optional.empty();
    }
    return Optional.of(new Retry(requestFor(job, attempt, at), after));
  }

  /** A job has not failed so: what failed before is forgotten. */
  void fine(Job job) {
    synchronized (lock) {
      attempts.remove(targetOf(job));
    }
  }

  private Request requestFor(Job job, int attempt, Instant at) {
    return Request.newBuilder()
        .setRequestId(HashId.of("early retry", job.getJobId(), Integer.toString(attempt)))
        .setReason(JobReason.RETRY)
        .setStage(job.getStage())
        .setPlugin(job.getPlugin())
        .setResourceId(job.getResourceId())
        .setSubject(job.getSubject())
        .setAt(at)
        .setRequester(instance)
        .build();
  }

  private static HeldJob.Target targetOf(Job job) {
    return new HeldJob.Target(job.getPlugin(), job.getResourceId(), job.getSubject());
  }
}
