package io.argos.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.runtime.schedule.JobId;
import io.argos.runtime.schedule.TargetKey;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobAuditTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = BEGIN.plusSeconds(3_600);
  private static final Instant LONG_AFTER = END.plusSeconds(3_600);
  private static final TargetKey KEY = TargetKey.of("polling", "snmp", "oslo/edge1");

  private final JobAudit audit = new JobAudit(JobAudit.Scope.between(BEGIN, END));

  private static Job job(TargetKey key, Instant dueAt, JobReason reason) {
    return Job.newBuilder()
        .setJobId(
            reason == JobReason.SCHEDULED
                ? JobId.scheduled(key, dueAt.toEpochMilli())
                : JobId.caused(key, reason, dueAt.toString()))
        .setReason(reason)
        .setStage(key.stage())
        .setZone("main")
        .setPlugin(key.plugin())
        .setConfigHash("c")
        .setResourceId(key.resourceId())
        .setResourceRevision(1)
        .setDueAt(dueAt)
        .setExpireAt(dueAt.plusSeconds(60))
        .setTimeoutMillis(48_000)
        .setIntervalMillis(60_000)
        .setLeaseUntil(dueAt)
        .setEpoch(1)
        .setScheduler("one")
        .build();
  }

  private static Job slot(Instant dueAt) {
    return job(KEY, dueAt, JobReason.SCHEDULED);
  }

  private static Outcome outcome(Job job, OutcomeStatus status, String cause, String agent) {
    boolean ran =
        EnumSet.of(OutcomeStatus.OK, OutcomeStatus.FAILED, OutcomeStatus.TIMEOUT).contains(status);
    return Outcome.newBuilder()
        .setJobId(job.getJobId())
        .setStage(job.getStage())
        .setPlugin(job.getPlugin())
        .setResourceId(job.getResourceId())
        .setReason(job.getReason())
        .setStatus(status)
        .setCause(cause)
        .setDetail("")
        .setDueAt(job.getDueAt())
        .setStartedAt(ran ? job.getDueAt().plusMillis(20) : null)
        .setEpoch(1)
        .setAgent(agent)
        .build();
  }

  private AuditReport report() {
    return audit.report(LONG_AFTER, 10);
  }

  private AuditLine line() {
    return report().lines().getFirst();
  }

  @Test
  void countsAJobThatWasRunOnceAndItsLateness() {
    audit.emitted(slot(BEGIN));
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.OK, "", "a"));

    assertThat(report().clean()).isTrue();
    assertThat(line().due()).isOne();
    assertThat(line().ok()).isOne();
    assertThat(line().latenessMillis(99)).isEqualTo(20);
  }

  @Test
  void findsAJobThatWasRunTwice() {
    audit.emitted(slot(BEGIN));
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.OK, "", "a"));
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.TIMEOUT, "deadline", "b"));

    assertThat(report().offences())
        .singleElement()
        .satisfies(offence -> {
          assertThat(offence.kind()).isEqualTo(Offence.Kind.DOUBLED);
          assertThat(offence.agents()).isEqualTo("a,b");
        });
    assertThat(line().ok()).isOne();
    assertThat(line().timedOut()).isZero();
  }

  @Test
  void takesAnOutcomeThatWasWrittenAgainForOneExecution() {
    audit.emitted(slot(BEGIN));
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.OK, "", "a"));
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.OK, "", "a"));

    assertThat(report().clean()).isTrue();
  }

  @Test
  void findsAJobWithoutAnOutcomeWhenItsTimeIsOver() {
    audit.emitted(slot(BEGIN));

    assertThat(audit.report(BEGIN.plusSeconds(90), 10).lines().getFirst().pending()).isOne();
    assertThat(line().missedByCause()).containsExactly(Map.entry("no outcome", 1L));
  }

  @Test
  void findsASlotOfWhichTheLogKnowsNothing() {
    audit.expected(new ExpectedSlot(KEY, BEGIN, BEGIN.plusSeconds(113)));

    assertThat(audit.report(BEGIN.plusSeconds(100), 10).clean()).isTrue();
    assertThat(line().missedByCause()).containsExactly(Map.entry("no trace", 1L));
  }

  @Test
  void takesAnExpectedSlotForTheJobOfTheSameTime() {
    audit.expected(new ExpectedSlot(KEY, BEGIN, BEGIN.plusSeconds(113)));
    audit.emitted(slot(BEGIN));
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.OK, "", "a"));

    assertThat(line().due()).isOne();
    assertThat(report().clean()).isTrue();
  }

  @Test
  void findsWhatTheSchedulerAndTheAgentsSayWasMissed() {
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.MISSED, "scheduler", "leader"));
    audit.ended(outcome(slot(BEGIN.plusSeconds(60)), OutcomeStatus.EXPIRED, "waited", "a"));
    audit.ended(outcome(slot(BEGIN.plusSeconds(120)), OutcomeStatus.SUPERSEDED, "newer-slot", "a"));
    audit.ended(outcome(slot(BEGIN.plusSeconds(180)), OutcomeStatus.QUARANTINED, "leaks", "a"));
    audit.ended(outcome(slot(BEGIN.plusSeconds(240)), OutcomeStatus.FENCED, "epoch", "a"));

    assertThat(line().missedByCause())
        .isEqualTo(
            Map.of(
                "scheduler", 1L, "waited", 1L, "newer-slot", 1L, "quarantined", 1L, "fenced", 1L));
    assertThat(line().fenced()).isOne();
    assertThat(report().offences()).hasSize(5);
  }

  @Test
  void letsTheBestOutcomeOfAJobCount() {
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.EXPIRED, "late", "b"));
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.OK, "", "a"));
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.DUPLICATE, "seen", "b"));

    assertThat(report().clean()).isTrue();
    assertThat(line().ok()).isOne();
  }

  @Test
  void doesNotCallMissedWhatNobodyWantsAnyMore() {
    audit.ended(outcome(slot(BEGIN), OutcomeStatus.SUPERSEDED, "resource", "a"));
    audit.ended(
        outcome(slot(BEGIN.plusSeconds(60)), OutcomeStatus.SUPERSEDED, "configuration", "a"));

    assertThat(report().clean()).isTrue();
    assertThat(line().withdrawn()).isEqualTo(2);
  }

  @Test
  void keepsWhatWasRequestedApartFromTheSlots() {
    Job forced = job(KEY, BEGIN, JobReason.FORCED);
    audit.emitted(forced);
    audit.ended(outcome(forced, OutcomeStatus.OK, "", "a"));

    assertThat(line().due()).isZero();
    assertThat(line().requested()).isOne();
  }

  @Test
  void passesOverWhatIsOutsideItsScope() {
    JobAudit narrow =
        new JobAudit(
            new JobAudit.Scope(BEGIN, END, subject -> subject.resource().equals("oslo/other")));
    narrow.emitted(slot(BEGIN));
    audit.emitted(slot(END));
    audit.emitted(slot(BEGIN.minusMillis(1)));

    assertThat(narrow.report(LONG_AFTER, 10).lines()).isEmpty();
    assertThat(report().lines()).isEmpty();
  }

  /** However the records of many jobs are mixed and repeated, each job is judged by itself. */
  @Test
  void agreesWithASimpleModel() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Runnable> records = new ArrayList<>();
      JobAudit tried = new JobAudit(JobAudit.Scope.between(BEGIN, END));
      Map<String, Set<OutcomeStatus>> said = new HashMap<>();
      long doubled = 0;
      for (int device = 0; device < 20; device++) {
        Job job = job(TargetKey.of("polling", "snmp", "s/d" + device), BEGIN, JobReason.SCHEDULED);
        records.add(() -> tried.emitted(job));
        Set<OutcomeStatus> statuses = EnumSet.noneOf(OutcomeStatus.class);
        int executions = 0;
        for (int n = random.nextInt(4); n > 0; n--) {
          OutcomeStatus status =
              OutcomeStatus.values()[1 + random.nextInt(OutcomeStatus.values().length - 1)];
          statuses.add(status);
          String agent = "a" + n;
          executions += ran(status) ? 1 : 0;
          records.add(() -> tried.ended(outcome(job, status, "newer-slot", agent)));
        }
        doubled += executions > 1 ? 1 : 0;
        said.put(job.getJobId(), statuses);
      }
      Collections.shuffle(records, random);
      records.forEach(Runnable::run);
      AuditReport report = tried.report(LONG_AFTER.plus(Duration.ofDays(1)), 100);

      assertThat(report.doubled()).as("seed %d", seed).isEqualTo(doubled);
      assertThat(report.missed())
          .as("seed %d", seed)
          .isEqualTo(
              said.values().stream()
                  .filter(each -> each.stream().noneMatch(JobAuditTest::ran))
                  .count());
      assertThat(report.lines().getFirst().done() + report.missed()).isEqualTo(20);
    }
  }

  private static boolean ran(OutcomeStatus status) {
    return status == OutcomeStatus.OK
        || status == OutcomeStatus.FAILED
        || status == OutcomeStatus.TIMEOUT;
  }

  @Test
  void keepsTheEarliestOffences() {
    for (int minute = 9; minute >= 0; minute--) {
      audit.emitted(slot(BEGIN.plusSeconds(minute * 60L)));
    }

    assertThat(audit.report(LONG_AFTER, 3).offences())
        .extracting(Offence::dueAt)
        .containsExactly(BEGIN, BEGIN.plusSeconds(60), BEGIN.plusSeconds(120));
    assertThat(report().offenceCount()).isEqualTo(10);
  }

  @Test
  void addsThePartitionsUp() {
    AuditReport all = new AuditReport(1);
    for (int partition = 0; partition < 3; partition++) {
      JobAudit one = new JobAudit(JobAudit.Scope.between(BEGIN, END));
      Job job = job(TargetKey.of("polling", "snmp", "s/" + partition), BEGIN, JobReason.SCHEDULED);
      one.emitted(job);
      if (partition == 0) {
        one.ended(outcome(job, OutcomeStatus.OK, "", "a"));
      }
      all.add(one.report(LONG_AFTER, 10));
    }

    assertThat(all.lines()).singleElement().satisfies(line -> assertThat(line.due()).isEqualTo(3));
    assertThat(all.missed()).isEqualTo(2);
    assertThat(all.offences()).hasSize(1);
  }
}
