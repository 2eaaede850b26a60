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
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How an agent comes by partitions, gives them back, and what it does when it cannot be sure of
 * them.
 */
@Timeout(180)
class AgentHandoverTest {
  private static final JobRunner NULL_RUNNER = (_, _) -> JobEnd.ok(DeviceStatus.SUCCESS);

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
  void letsRunningJobsEndAndCommitsWhenAPartitionIsTakenAway() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    JobRunner runner =
        (job, _) -> {
          begun.countDown();
          if (job.getResourceId().equals("s/stuck")) {
            new CountDownLatch(1).await();
          }
          begun.await();
          return JobEnd.ok();
        };
    try (AgentFixture fixture = new AgentFixture(runner).start()) {
      fixture.emit(job("s/quick"));
      fixture.emit(job("s/stuck"));
      fixture.emit(TestJobs.of("s/later").dueAt(Instant.now().plusSeconds(30)));
      begun.await();

      fixture.onPoll(() -> fixture.consumer.rebalance(Set.of()));

      assertThat(fixture.agent.status().queued()).isZero();
      await().until(() -> fixture.outcomes().size() == 2);
      assertThat(fixture.outcomes())
          .extracting(Outcome::getCause)
          .containsExactlyInAnyOrder("", "cancelled");
    }
  }

  @Test
  void runsNothingAgainThatWasRunLongAgoBehindAJobThatTookLong() throws Exception {
    Instant due = Instant.now().minus(Duration.ofMinutes(10));
    TestJobs done = TestJobs.of("s/done").dueAt(due).interval(Duration.ofHours(1));
    TestJobs open = TestJobs.of("s/open").dueAt(due).interval(Duration.ofHours(1));
    try (AgentFixture fixture = new AgentFixture(NULL_RUNNER)) {
      fixture.past.add(
          OutcomeRecords.ran(done.job(), JobEnd.ok(), due, Duration.ofSeconds(1), "former"));
      fixture.start();

      // The former owner could not commit past the one that it had not ended.
      fixture.emit(open, due.minusSeconds(30));
      fixture.emit(done, due.minusSeconds(29));

      await().until(() -> fixture.outcomes().size() == 2);
      assertThat(fixture.outcome("s/open").getStatus()).isEqualTo(OutcomeStatus.OK);
      assertThat(fixture.outcome("s/done").getStatus()).isEqualTo(OutcomeStatus.DUPLICATE);
    }
  }

  @Test
  void cancelsAtOnceAndCommitsNothingWhenAPartitionIsLost() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean refused = new AtomicBoolean();
    JobRunner runner =
        (_, session) -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            try {
              session.send(new ProducerRecord<>("polls", new byte[1], new byte[1]));
            } catch (InterruptedException again) {
              refused.set(true);
            }
            throw e;
          }
          return JobEnd.ok();
        };
    try (AgentFixture fixture = new AgentFixture(runner).start()) {
      fixture.emit(job("s/a"));
      begun.await();

      fixture.lose();

      awaitOutcome(fixture, OutcomeStatus.FENCED, "cancelled");
      assertThat(refused).isTrue();
      assertThat(fixture.agent.status().partitions()).isZero();
      // Before the loss the job's own offset may have been committed, which says that it is to do.
      fixture.agent.close();
      assertThat(fixture.consumer.highestCommit()).isZero();
    }
  }

  @Test
  void joinsNoGroupBeforeItIsAdmitted() {
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean admitted = new AtomicBoolean();
    JobGate gate =
        new JobGate() {
          @Override
          public Readiness check(Job job) {
            return new Readiness.Ready();
          }

          @Override
          public boolean admitted() {
            asked.incrementAndGet();
            return admitted.get();
          }
        };
    try (AgentFixture fixture = new AgentFixture(NULL_RUNNER, gate, AgentFixture.config(), true)) {
      fixture.agent.start();
      await().until(() -> asked.get() >= 2);
      assertThat(fixture.consumer.subscription()).isEmpty();
      assertThat(fixture.agent.troubles())
          .containsExactly("the agent waits until its stage can work");

      admitted.set(true);
      await().until(() -> !fixture.consumer.subscription().isEmpty());
      // It is asked at each turn, so that it may leave again.
      int before = asked.get();
      await().until(() -> asked.get() > before);
    }
  }

  @Test
  void startsJobsAgainWhenItsConsumerFailedWhileItGavePartitionsBack() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean admitted = new AtomicBoolean(true);
    JobRunner runner =
        (job, _) -> {
          if (job.getResourceId().equals("s/long")) {
            begun.countDown();
            new CountDownLatch(1).await();
          }
          return JobEnd.ok();
        };
    try (AgentFixture fixture =
        new AgentFixture(runner, gate(admitted), AgentFixture.config(), true).start()) {
      AgentFixture.Group first = fixture.consumer;
      fixture.emit(job("s/long"));
      begun.await();

      fixture.onPoll(() -> {
        admitted.set(false);
        first.schedulePollTask(() -> {
          throw new KafkaException("as planned");
        });
      });
      await().until(first::closed);
      admitted.set(true);
      await().until(() -> fixture.consumer != first);
      fixture.onPoll(() -> fixture.consumer.rebalance(Set.of(AgentFixture.partition(0))));
      fixture.emit(job("s/next"));

      await().until(() -> fixture.outcomes().size() == 2);
      assertThat(fixture.outcome("s/next").getStatus()).isEqualTo(OutcomeStatus.OK);
    }
  }

  private static JobGate gate(AtomicBoolean admitted) {
    return new JobGate() {
      @Override
      public Readiness check(Job job) {
        return new Readiness.Ready();
      }

      @Override
      public boolean admitted() {
        return admitted.get();
      }
    };
  }

  @Test
  void letsRunningJobsEndWhenItStopsAndClosesTwice() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    JobRunner runner =
        (_, _) -> {
          begun.countDown();
          go.await();
          return JobEnd.ok();
        };
    AgentConfig patient =
        AgentFixture.config(100, 1_000, Duration.ofSeconds(10), Duration.ofMinutes(1));
    AgentFixture fixture =
        new AgentFixture(runner, _ -> new Readiness.Ready(), patient, true).start();
    fixture.emit(job("s/a"));
    begun.await();
    Thread closing = Thread.ofPlatform().start(fixture::close);
    await().until(() -> fixture.agent.troubles().equals(java.util.List.of("the agent stops")));

    go.countDown();
    closing.join();
    fixture.close();

    assertThat(fixture.outcomes()).extracting(Outcome::getStatus).containsExactly(OutcomeStatus.OK);
    assertThat(fixture.consumer.closed()).isTrue();
  }

  @Test
  void keepsItsPartitionsAndCommitsLaterWhenACommitFails() throws Exception {
    try (AgentFixture fixture = new AgentFixture(NULL_RUNNER).start()) {
      fixture.consumer.refuseCommits(true);
      fixture.emit(job("s/a"));
      await().until(() -> fixture.outcomes().size() == 1);
      await().until(() -> fixture.consumer.refusedCommits() > 1);
      assertThat(fixture.agent.status().partitions()).isOne();
      assertThat(fixture.committed().orElse(0L)).isZero();

      fixture.consumer.refuseCommits(false);

      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(1L));
      await().untilAsserted(() -> assertThat(fixture.agent.troubles()).isEmpty());
    }
  }
}
