package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.schemas.OutcomeStatus;
import io.argos.spi.DeviceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an agent does when there is too much: jobs, results, or threads that do not end. */
@Timeout(180)
class AgentLoadTest {
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
  void givesUpAJobThatIgnoresItsInterruptsAndLetsTheDevicesNextJobRun() throws Exception {
    AtomicBoolean stubborn = new AtomicBoolean(true);
    AtomicInteger runs = new AtomicInteger();
    JobRunner runner =
        (_, _) -> {
          if (runs.incrementAndGet() == 1) {
            while (stubborn.get()) {
              Thread.interrupted();
              LockSupport.parkNanos(1_000_000);
            }
          }
          return JobEnd.ok();
        };
    try (AgentFixture fixture = new AgentFixture(runner).start()) {
      fixture.emit(job("s/a").timeout(Duration.ofMillis(50)));
      awaitOutcome(fixture, OutcomeStatus.TIMEOUT, "leaked");
      assertThat(fixture.agent.status().leaked()).isOne();

      fixture.emit(job("s/a"));
      await().until(() -> fixture.outcomes().size() == 2);
      stubborn.set(false);

      await().until(() -> fixture.agent.status().leaked() == 0);
      assertThat(fixture.outcomes()).hasSize(2);
      await().until(() -> fixture.agent.status().running() == 0);
    }
  }

  @Test
  void pausesPartitionsWhileItHoldsTooManyJobs() throws Exception {
    AtomicBoolean open = new AtomicBoolean();
    JobGate gate =
        _ -> open.get() ? new Readiness.Ready() : new Readiness.Waiting("what does not come");
    try (AgentFixture fixture =
        new AgentFixture(NULL_RUNNER, gate, AgentFixture.config(10, 2), true).start()) {
      fixture.emit(job("s/a"));
      fixture.emit(job("s/b"));

      await().until(() -> fixture.agent.status().paused());
      assertThat(fixture.consumer.paused()).containsExactly(AgentFixture.partition(0));
      open.set(true);
      await().until(() -> !fixture.agent.status().paused());
      assertThat(fixture.consumer.paused()).isEmpty();
      await().untilAsserted(() -> assertThat(fixture.outcomes()).hasSize(2));
    }
  }

  @Test
  void takesNoMoreJobsThanItHoldsWhileOutcomesCannotBeWritten() throws Exception {
    try (AgentFixture fixture =
        new AgentFixture(NULL_RUNNER, OPEN, AgentFixture.config(10, 2), false).start()) {
      fixture.emit(job("s/a"));
      fixture.emit(job("s/b"));
      await().until(() -> fixture.outcomes().size() == 2);

      // Nothing waits on the board, and yet two outcomes are held in memory.
      await().until(() -> fixture.agent.status().paused());
      assertThat(fixture.agent.status().queued()).isZero();
      fixture.producer.completeNext();
      fixture.producer.completeNext();

      await().until(() -> !fixture.agent.status().paused());
      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(2L));
    }
  }

  @Test
  void saysThatItStartsNothingWhileResultsBlock() throws Exception {
    JobRunner runner =
        (_, session) -> {
          session.send(new ProducerRecord<>("polls", new byte[1], new byte[900_000]));
          return JobEnd.ok();
        };
    try (AgentFixture fixture =
        new AgentFixture(runner, OPEN, AgentFixture.config(), false).start()) {
      fixture.emit(job("s/a"));
      await().until(() -> fixture.agent.status().blocked());
      fixture.emit(job("s/b"));

      await().until(() -> fixture.agent.status().late() == 1);
      // A machine that stood still makes the agent doubt its membership as well, for a moment.
      await()
          .untilAsserted(() ->
              assertThat(fixture.agent.troubles())
                  .containsExactly("results cannot be sent, so no job is started"));
      await().until(() -> fixture.agent.status().running() == 0);

      fixture.producer.completeNext();
      await().until(() -> fixture.agent.status().late() == 0);
    }
  }

  @Test
  void quarantinesAPluginWhoseRunsLeakUntilTheyHaveReturned() throws Exception {
    AtomicBoolean stubborn = new AtomicBoolean(true);
    JobRunner runner =
        (job, _) -> {
          while (job.getPlugin().equals("bad") && stubborn.get()) {
            Thread.interrupted();
            LockSupport.parkNanos(1_000_000);
          }
          return JobEnd.ok();
        };
    try (AgentFixture fixture = new AgentFixture(runner).start()) {
      fixture.emit(job("s/a").plugin("bad").timeout(Duration.ofMillis(20)));
      fixture.emit(job("s/b").plugin("bad").timeout(Duration.ofMillis(20)));
      await().until(() -> fixture.agent.status().leaked() == 2);
      // A leak is counted before the plugin is put into quarantine for it.
      await()
          .untilAsserted(
              () -> assertThat(fixture.agent.status().quarantined()).containsExactly("bad"));
      assertThat(fixture.agent.warnings())
          .containsExactly("plugin 'bad' is in quarantine: 2 of its runs ignore their interrupts");
      await().untilAsserted(() -> assertThat(fixture.agent.troubles()).isEmpty());

      fixture.emit(job("s/c").plugin("bad"));
      fixture.emit(job("s/d").plugin("good"));
      await().until(() -> fixture.outcomes().size() == 4);
      assertThat(fixture.outcome("s/c").getStatus()).isEqualTo(OutcomeStatus.QUARANTINED);
      assertThat(fixture.outcome("s/c").getStartedAt()).isNull();
      assertThat(fixture.outcome("s/d").getStatus()).isEqualTo(OutcomeStatus.OK);

      stubborn.set(false);
      await().until(() -> fixture.agent.status().quarantined().isEmpty());
      fixture.emit(job("s/e").plugin("bad"));
      await().until(() -> fixture.outcomes().size() == 5);
      assertThat(fixture.outcome("s/e").getStatus()).isEqualTo(OutcomeStatus.OK);
      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(5L));
    }
  }
}
