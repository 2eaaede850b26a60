package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.spi.DeviceStatus;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an agent does whose process stood still for so long that the group may have others. */
@Timeout(180)
class AgentStandstillTest {
  private static final JobRunner NULL_RUNNER = (_, _) -> JobEnd.ok(DeviceStatus.SUCCESS);

  private static TestJobs job(String resource) {
    return TestJobs.of(resource).dueAt(Instant.now());
  }

  @Test
  void startsNothingAfterAStandstillUntilTheGroupConfirmsTheMembership() throws Exception {
    try (AgentFixture fixture = new AgentFixture(NULL_RUNNER).start()) {
      fixture.consumer.expel();
      fixture.onPoll(AgentFixture::standStill);
      fixture.emit(job("s/a"));
      fixture.onPoll(() -> {});

      await().until(() -> fixture.agent.status().late() == 1);
      assertThat(fixture.agent.troubles()).hasSize(1);
      fixture.lose();
      fixture.onPoll(() -> {});
      assertThat(fixture.outcomes()).isEmpty();
      assertThat(fixture.gaps()).isPositive();
    }
  }

  @Test
  void goesOnAfterAStandstillThatTheGroupDidNotNotice() throws Exception {
    try (AgentFixture fixture = new AgentFixture(NULL_RUNNER).start()) {
      fixture.onPoll(AgentFixture::standStill);
      fixture.emit(job("s/a"));

      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(1L));
      assertThat(fixture.gaps()).isPositive();
    }
  }

  @Test
  void commitsNothingPastTheJobsThatTheStandstillEndedWith() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    JobRunner runner =
        (_, _) -> {
          begun.countDown();
          go.await();
          return JobEnd.ok();
        };
    try (AgentFixture fixture = new AgentFixture(runner).start()) {
      fixture.onPoll(() -> {
        AgentFixture.standStill();
        fixture.add(job("s/a"), Instant.now());
      });
      begun.await();

      // To be asked whether it is still a member it has committed for its partition.
      assertThat(fixture.gaps()).isPositive();
      assertThat(fixture.consumer.highestCommit()).isZero();
      go.countDown();
      await().untilAsserted(() -> assertThat(fixture.committed()).hasValue(1L));
    }
  }
}
