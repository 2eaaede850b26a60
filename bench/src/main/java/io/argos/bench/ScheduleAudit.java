package io.argos.bench;

import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What became of the slots of a stretch of time, by the topics of jobs and outcomes.
 *
 * @param due slots that the schedule has in it
 * @param emitted slots with a job
 * @param emittedTwice jobs that are in the topic more than once
 * @param ok slots whose job was run, and went well
 * @param missed slots without
 * @param doubled slots that were run more than once
 * @param otherwise outcomes of slots that are not OK
 * @param behind how much later than one lookahead ahead of its slot each job was written, in
 *     milliseconds, in order; below zero when earlier
 * @param started how much later than due each job was started, in milliseconds, in order
 */
record ScheduleAudit(
    long due,
    long emitted,
    long emittedTwice,
    long ok,
    long missed,
    long doubled,
    long otherwise,
    long[] behind,
    long[] started) {

  /** Reads of the slots due in a stretch, in topics that are as new as the bench. */
  static ScheduleAudit of(
      TopicReader topics, SchemaIds schemas, long due, Duration lookahead, Stretch stretch) {
    Topics names = new Topics("argos");
    RecordReader<Job> jobs = new RecordReader<>(schemas, Job.class);
    Map<String, Integer> emitted = new HashMap<>();
    LongStream.Builder behind = LongStream.builder();
    topics.readRecords(
        names.jobs(ScheduleProcess.STAGE, "main"),
        Instant.EPOCH,
        record -> {
          if (jobs.read(record.value()) instanceof Decoded.Value<Job>(var job)
              && job.getReason() == JobReason.SCHEDULED
              && stretch.holds(job.getDueAt())
              && emitted.merge(job.getJobId(), 1, Integer::sum) == 1) {
            behind.add(record.timestamp() - job.getDueAt().minus(lookahead).toEpochMilli());
          }
        });
    RecordReader<Outcome> outcomes = new RecordReader<>(schemas, Outcome.class);
    Map<String, Integer> runs = new HashMap<>();
    Set<String> otherwise = new HashSet<>();
    LongStream.Builder started = LongStream.builder();
    topics.read(
        names.outcomes(),
        Instant.EPOCH,
        (_, value) -> {
          if (outcomes.read(value) instanceof Decoded.Value<Outcome>(var outcome)
              && outcome.getReason() == JobReason.SCHEDULED
              && stretch.holds(outcome.getDueAt())) {
            if (outcome.getStatus() == OutcomeStatus.OK && outcome.getStartedAt() != null) {
              runs.merge(outcome.getJobId(), 1, Integer::sum);
              started.add(Duration.between(outcome.getDueAt(), outcome.getStartedAt()).toMillis());
            } else {
              otherwise.add(outcome.getJobId() + outcome.getStatus());
            }
          }
        });
    return new ScheduleAudit(
        due,
        emitted.size(),
        emitted.values().stream().filter(times -> times > 1).count(),
        runs.size(),
        Math.max(0, due - runs.size()),
        runs.values().stream().filter(times -> times > 1).count(),
        otherwise.size(),
        behind.build().sorted().toArray(),
        started.build().sorted().toArray());
  }

  /** A stretch of time, from its beginning to before its end. */
  record Stretch(Instant from, Instant until) {
    boolean holds(Instant time) {
      return !time.isBefore(from) && time.isBefore(until);
    }
  }

  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"due\":%d,\"emitted\":%d,\"emittedTwice\":%d,\"ok\":%d,\"missed\":%d,\"doubled\":%d,"
            + "\"otherwise\":%d,\"emissionMillis\":%s,\"startMillis\":%s}",
        due,
        emitted,
        emittedTwice,
        ok,
        missed,
        doubled,
        otherwise,
        spread(behind),
        spread(started));
  }

  private static String spread(long[] sorted) {
    return String.format(
        Locale.ROOT,
        "{\"min\":%d,\"p1\":%d,\"p50\":%d,\"p99\":%d,\"max\":%d}",
        at(sorted, 0),
        at(sorted, 0.01),
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1));
  }

  private static long at(long[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScheduleAudit audit
        && toJson().equals(audit.toJson())
        && Arrays.equals(behind, audit.behind)
        && Arrays.equals(started, audit.started);
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }

  @Override
  public String toString() {
    return toJson();
  }
}
