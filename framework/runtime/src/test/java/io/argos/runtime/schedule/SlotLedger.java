package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.runtime.schedule.SchedulerEstate.Stamped;
import io.argos.schemas.Epoch;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the log of an estate says of the slots of its targets. */
record SlotLedger(SchedulerEstate estate) {

  static final Duration INTERVAL = Duration.ofSeconds(4);

  static List<Target> targets(int count) {
    List<Target> targets = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      targets.add(
          TargetIndexTest.target(
              TargetKey.of("polling", "interfaces", "main/r" + n),
              new Timing.Every(INTERVAL),
              "main"));
    }
    return targets;
  }

  List<Job> jobs() {
    return estate.all(estate.topics.jobs("polling", "main"), Job.class);
  }

  /** The epochs of the stage in the order in which they were taken. */
  List<Long> epochs() {
    return estate.all(estate.topics.epochs(), Epoch.class).stream()
        .filter(epoch -> epoch.getStage().equals("polling"))
        .sorted(Comparator.comparing(Epoch::getAt))
        .map(Epoch::getEpoch)
        .toList();
  }

  /** Every slot is a job, or an outcome that says that it was missed; answers how many of those. */
  int missedAmongAll(List<Target> targets, Instant begin, Instant end) {
    List<Job> jobs = jobs();
    Set<String> ids = new HashSet<>();
    jobs.forEach(job -> ids.add(job.getJobId()));
    Set<String> missed = new HashSet<>();
    for (Outcome outcome : estate.all(estate.topics.outcomes(), Outcome.class)) {
      assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.MISSED);
      missed.add(outcome.getJobId());
    }
    List<String> missing = new ArrayList<>();
    int slots = 0;
    for (Target target : targets) {
      Slots due = Slots.of(target.key(), INTERVAL);
      for (long at : due.between(begin.toEpochMilli(), end.toEpochMilli()).toArray()) {
        slots++;
        String id = JobId.scheduled(target.key(), at);
        if (!ids.contains(id) && !missed.contains(id)) {
          missing.add(target.key().resourceId() + " " + Instant.ofEpochMilli(at));
        }
      }
    }
    assertThat(slots).isPositive();
    assertThat(missing).isEmpty();
    System.out.printf("slots=%d jobs=%d distinct=%d%n", slots, jobs.size(), ids.size());
    return missed.size();
  }

  /** How long after each epoch its leader wrote its first job; those with one. */
  Map<Long, Duration> untilFirstJob() {
    Map<Long, Instant> first = new HashMap<>();
    for (Stamped<Job> job : estate.stamped(estate.topics.jobs("polling", "main"), Job.class)) {
      first.merge(job.value().getEpoch(), job.at(), (one, two) -> one.isBefore(two) ? one : two);
    }
    Map<Long, Duration> delays = new TreeMap<>();
    for (Epoch epoch : estate.all(estate.topics.epochs(), Epoch.class)) {
      Instant at = first.get(epoch.getEpoch());
      if (epoch.getStage().equals("polling") && at != null) {
        delays.put(epoch.getEpoch(), Duration.between(epoch.getAt(), at));
      }
    }
    return delays;
  }
}
