package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.AgentConfig;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.spi.DeviceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class AgentTest {
  private static final JobRunner NULL_RUNNER = (_, _) -> JobEnd.ok(DeviceStatus.SUCCESS);
  private static final JobGate OPEN = _ -> new Readiness.Ready();

  private static TestJobs job(String resource) {
    return TestJobs.of(resource).dueAt(Instant.now());
  }

  private static void awaitOutcome(AgentFixture fixture, OutcomeStatus status, String cause) {
    await()
        .untilAsserted(() ->
            assertThat(fixture.outcomes())
                .singleElement()
                .satisfies(outcome -> {
                  assertThat(outcome.getStatus()).isEqualTo(status);
                  assertThat(outcome.getCause()).isEqualTo(cause);
                }));
  }

  @Test
  void runsAJobWritesItsOutcomeAndCommits() throws Exception {
    try (AgentFixture fixture = new AgentFixture(NULL_RUNNER).start()) {
      fixture.emit(job("s/a"));

      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(1L));
      Outcome outcome = fixture.outcomes().getFirst();
      assertThat(outcome.getStatus()).isEqualTo(OutcomeStatus.OK);
      assertThat(outcome.getDeviceStatus()).isZero();
      assertThat(outcome.getAgent()).isEqualTo("agent-1");
      assertThat(outcome.getStartedAt()).isAfterOrEqualTo(outcome.getDueAt());
    }
  }

  @Test
  void takesJobsAlsoAfterAFaultOfItsGate() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    JobGate gate =
        new JobGate() {
          @Override
          public Readiness check(Job job) {
            return new Readiness.Ready();
          }

          @Override
          public boolean admitted() {
            if (asked.incrementAndGet() == 1) {
              throw new NoClassDefFoundError("as planned");
            }
            return true;
          }
        };
    try (AgentFixture fixture =
        new AgentFixture(NULL_RUNNER, gate, AgentFixture.config(), true).start()) {
      fixture.emit(job("s/a"));

      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(1L));
    }
  }

  @Test
  void commitsNothingBehindAJobThatRuns() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    JobRunner runner =
        (job, _) -> {
          if (job.getResourceId().equals("s/slow")) {
            go.await();
          }
          return JobEnd.ok();
        };
    try (AgentFixture fixture = new AgentFixture(runner).start()) {
      fixture.emit(job("s/slow"));
      fixture.emit(job("s/fast"));
      await().until(() -> fixture.outcomes().size() == 1);
      fixture.onPoll(() -> {});
      fixture.onPoll(() -> {});
      Optional<Long> meanwhile = fixture.committed();

      go.countDown();

      assertThat(meanwhile.orElse(0L)).isZero();
      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(2L));
    }
  }

  @Test
  void writesTheOutcomeWhenTheResultIsAcknowledgedAndCommitsWhenTheOutcomeIs() throws Exception {
    JobRunner runner =
        (_, session) -> {
          session.send(new ProducerRecord<>("polls", new byte[1], new byte[1]));
          return JobEnd.ok();
        };
    try (AgentFixture fixture =
        new AgentFixture(runner, OPEN, AgentFixture.config(), false).start()) {
      fixture.emit(job("s/a"));
      await().until(() -> fixture.producer.history().size() == 1);
      await().until(() -> fixture.agent.status().running() == 0);
      assertThat(fixture.outcomes()).isEmpty();

      fixture.producer.completeNext();
      await().until(() -> fixture.outcomes().size() == 1);
      fixture.onPoll(() -> {});
      fixture.onPoll(() -> {});
      assertThat(fixture.committed().orElse(0L)).isZero();

      fixture.producer.completeNext();
      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(1L));
    }
  }

  @Test
  void saysSoWhenAResultCouldNotBeDelivered() throws Exception {
    JobRunner runner =
        (_, session) -> {
          session.send(new ProducerRecord<>("polls", new byte[1], new byte[1]));
          return JobEnd.ok(DeviceStatus.SUCCESS);
        };
    try (AgentFixture fixture =
        new AgentFixture(runner, OPEN, AgentFixture.config(), false).start()) {
      fixture.emit(job("s/a"));
      await().until(() -> fixture.producer.history().size() == 1);

      fixture.producer.errorNext(new TimeoutException("broker away"));

      awaitOutcome(fixture, OutcomeStatus.FAILED, "results");
    }
  }

  @Test
  void writesAnOutcomeAgainUntilItIsAcknowledged() throws Exception {
    try (AgentFixture fixture =
        new AgentFixture(NULL_RUNNER, OPEN, AgentFixture.config(), false).start()) {
      fixture.emit(job("s/a"));
      await().until(() -> fixture.outcomes().size() == 1);

      fixture.producer.errorNext(new TimeoutException("broker away"));
      await().until(() -> fixture.outcomes().size() == 2);
      fixture.producer.completeNext();

      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(1L));
    }
  }

  @Test
  void interruptsAJobAtItsDeadline() throws Exception {
    JobRunner runner =
        (_, _) -> {
          new CountDownLatch(1).await();
          return JobEnd.ok();
        };
    AgentConfig patient =
        AgentFixture.config(100, 1_000, Duration.ofMinutes(1), Duration.ofMillis(500));
    try (AgentFixture fixture = new AgentFixture(runner, OPEN, patient, true).start()) {
      fixture.emit(job("s/a").timeout(Duration.ofMillis(50)));

      awaitOutcome(fixture, OutcomeStatus.TIMEOUT, "deadline");
    }
  }

  @Test
  void makesAFailedOutcomeOfAFaultInAPlugin() throws Exception {
    JobRunner runner =
        (_, _) -> {
          throw new IllegalStateException("as planned");
        };
    try (AgentFixture fixture = new AgentFixture(runner).start()) {
      fixture.emit(job("s/a"));

      awaitOutcome(fixture, OutcomeStatus.FAILED, "internal");
    }
  }

  @Test
  void buriesPoisonAndGoesOn() throws Exception {
    try (AgentFixture fixture = new AgentFixture(NULL_RUNNER).start()) {
      fixture.emit("s/a", new byte[] {1, 2, 3});
      fixture.emit(job("s/b"));
      byte[] misplaced =
          new io.argos.schemas.serde.RecordWriter<>(
                  fixture.schemas, AgentFixture.JOBS, io.argos.schemas.Job.class)
              .write(job("s/c").job());
      fixture.emit("s/other", misplaced);

      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(3L));
      // Letters are sent beside the poll loop, in no particular order.
      assertThat(fixture.dead)
          .hasSize(2)
          .contains("2: its key is not its resource s/c")
          .anyMatch(letter -> letter.startsWith("0: 3 bytes"));
      assertThat(fixture.outcomes()).hasSize(1);
    }
  }

  @Test
  void letsAJobWaitForItsTablesUntilItExpires() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    JobGate closed =
        _ -> {
          asked.incrementAndGet();
          return new Readiness.Waiting("revision 7");
        };
    try (AgentFixture fixture =
        new AgentFixture(NULL_RUNNER, closed, AgentFixture.config(), true).start()) {
      fixture.emit(job("s/a").expires(Duration.ofMinutes(5)));
      await().until(() -> asked.get() > 1);

      fixture.advance(Duration.ofMinutes(5));

      awaitOutcome(fixture, OutcomeStatus.EXPIRED, "waited");
      assertThat(fixture.outcomes().getFirst().getDetail()).contains("revision 7");
      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(1L));
    }
  }

  @Test
  void refusesAJobInDoubtOnceThePatienceIsOver() throws Exception {
    JobGate doubts =
        _ ->
            new Readiness.Doubtful(
                "the resource",
                Duration.ofMillis(200),
                new Readiness.Refused(OutcomeStatus.SUPERSEDED, "resource", "removed"));
    try (AgentFixture fixture =
        new AgentFixture(NULL_RUNNER, doubts, AgentFixture.config(), true).start()) {
      long before = System.nanoTime();
      fixture.emit(job("s/a").expires(Duration.ofMinutes(5)));

      awaitOutcome(fixture, OutcomeStatus.SUPERSEDED, "resource");
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200));
      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(1L));
    }
  }

  @Test
  void runsAJobInDoubtWhenWhatItWaitsForComes() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    JobGate doubts =
        _ ->
            asked.incrementAndGet() > 3
                ? new Readiness.Ready()
                : new Readiness.Doubtful(
                    "the resource",
                    Duration.ofMinutes(1),
                    new Readiness.Refused(OutcomeStatus.SUPERSEDED, "resource", "removed"));
    try (AgentFixture fixture =
        new AgentFixture(NULL_RUNNER, doubts, AgentFixture.config(), true).start()) {
      fixture.emit(job("s/a"));

      awaitOutcome(fixture, OutcomeStatus.OK, "");
      assertThat(asked.get()).isGreaterThan(3);
    }
  }
}
