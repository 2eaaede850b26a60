package io.argos.bench;

import io.argos.schemas.Column;
import io.argos.schemas.Group;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.PollResult;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What became of the polls of a stretch of time, by the records that tell of it.
 *
 * @param due slots of the schedule in it
 * @param ended polls that ended in it, whatever their reason
 * @param missed slots without a poll that went well
 * @param late polls that were begun more than a second behind their time
 * @param percentile99Millis how late 99 of 100 polls were begun, at most
 * @param maxMillis how late the latest poll was begun
 * @param records records of polls that ended in it
 * @param wholeRecords those of them that hold every value
 */
record PollAudit(
    long due,
    long ended,
    long missed,
    long late,
    long percentile99Millis,
    long maxMillis,
    long records,
    long wholeRecords) {
  /** Nineteen columns of 48 rows; the twentieth says when counters were last reset. */
  private static final int VALUES_IN_GROUP = 19 * 48;

  private static final String GROUP = "interface";

  static PollAudit of(
      TopicReader topics, SchemaIds schemas, BenchEstate.Load load, Instant from, Instant until) {
    Topics names = new Topics("argos");
    Set<String> slots = new HashSet<>();
    Set<String> ends = new HashSet<>();
    List<Long> behind = new ArrayList<>();
    RecordReader<Outcome> outcomes = new RecordReader<>(schemas, Outcome.class);
    topics.read(
        names.outcomes(),
        from,
        (_, value) -> {
          if (outcomes.read(value) instanceof Decoded.Value<Outcome>(var outcome)
              && outcome.getStage().equals("polling")
              && outcome.getStatus() == OutcomeStatus.OK
              && outcome.getStartedAt() != null) {
            Instant end = outcome.getStartedAt().plusMillis(outcome.getDurationMillis());
            if (isIn(end, from, until)) {
              ends.add(outcome.getJobId());
              behind.add(Duration.between(outcome.getDueAt(), outcome.getStartedAt()).toMillis());
            }
            if (outcome.getReason() == JobReason.SCHEDULED
                && isIn(outcome.getDueAt(), from, until)) {
              slots.add(outcome.getJobId());
            }
          }
        });
    long[] records = new long[2];
    RecordReader<PollResult> polls = new RecordReader<>(schemas, PollResult.class);
    topics.read(
        names.polls(),
        from,
        (_, value) -> {
          if (polls.read(value) instanceof Decoded.Value<PollResult>(var poll)
              && isIn(poll.getCompletedAt(), from, until)) {
            records[0]++;
            records[1] += isWhole(poll) ? 1 : 0;
          }
        });
    Collections.sort(behind);
    long due = (long) load.devices() * load.seconds() / load.intervalSeconds();
    return new PollAudit(
        due,
        ends.size(),
        Math.max(0, due - slots.size()),
        behind.stream().filter(millis -> millis > 1000).count(),
        behind.isEmpty() ? 0 : behind.get(behind.size() * 99 / 100),
        behind.isEmpty() ? 0 : behind.getLast(),
        records[0],
        records[1]);
  }

  private static boolean isIn(Instant time, Instant from, Instant until) {
    return !time.isBefore(from) && time.isBefore(until);
  }

  private static boolean isWhole(PollResult poll) {
    int values = 0;
    for (Group group : poll.getGroups()) {
      if (group.getName().equals(GROUP)) {
        for (Column column : group.getColumns()) {
          values +=
              column.getLongs().size() + column.getDoubles().size() - column.getAbsent().size();
        }
      }
    }
    return poll.getUptimeCentis() != null && values == VALUES_IN_GROUP;
  }

  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"due\":%d,\"ended\":%d,\"missed\":%d,\"late\":%d,\"startedBehindMillis\":"
            + "{\"percentile99\":%d,\"max\":%d},\"records\":%d,\"wholeRecords\":%d}",
        due,
        ended,
        missed,
        late,
        percentile99Millis,
        maxMillis,
        records,
        wholeRecords);
  }
}
