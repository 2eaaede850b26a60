package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.schemas.Job;
import io.argos.schemas.OutcomeStatus;
import io.argos.servers.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two agents on a real broker, one with a clock that goes wrong. */
@Timeout(240)
class AgentClockIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final int PARTITIONS = 12;

  @TempDir Path folder;
  private volatile Duration off = Duration.ofSeconds(30);

  @Test
  void takesNoPartitionsAndGivesThemBackWhileItsClockIsFarFromTheBrokers() throws Exception {
    InstantSource clock = () -> Instant.now().plus(off);
    ClockSkew skew = new ClockSkew(LIMIT);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        Estate estate = new Estate(kafka.bootstrap(), "clock")) {
      Estate.Member wrong =
          estate.join(
              "wrong",
              (_, _) -> JobEnd.ok(),
              Estate.config(),
              new ClockGate(_ -> new Readiness.Ready(), skew),
              clock);
      try (HeartbeatWriter heart = heart(estate, wrong, skew, clock)) {
        heart.start();
        soon().until(() -> skew.trouble().isPresent());
        assertThat(skew.ahead().orElseThrow())
            .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(35));
        assertThat(skew.trouble().orElseThrow()).contains("ahead of the broker's");
        Estate.Member right = estate.join("right", (_, _) -> JobEnd.ok());
        soon().until(() -> right.agent.status().partitions() == PARTITIONS);
        List<Job> jobs = new ArrayList<>(estate.emitOnce(48, INTERVAL.multipliedBy(2)));
        soon().until(() -> estate.ended(jobs, OutcomeStatus.OK) == jobs.size());
        assertThat(wrong.agent.status().partitions()).isZero();
        assertThat(wrong.agent.troubles()).isNotEmpty();

        off = Duration.ZERO;
        soon().until(() -> wrong.agent.status().partitions() == PARTITIONS / 2);
        soon().untilAsserted(() -> assertThat(wrong.agent.troubles()).isEmpty());

        Instant from = Instant.now();
        jobs.addAll(estate.emitOnce(96, INTERVAL.multipliedBy(4)));
        await().until(() -> !Instant.now().isBefore(from.plus(INTERVAL)));
        off = LIMIT.plusSeconds(5).negated();
        soon().until(() -> right.agent.status().partitions() == PARTITIONS);

        assertThat(wrong.agent.status().partitions()).isZero();
        assertThat(skew.trouble().orElseThrow()).contains("behind the broker's");
        soon().until(() -> estate.ended(jobs, OutcomeStatus.OK) == jobs.size());
        soon().until(() -> estate.lag() == 0);
        assertThat(estate.begun.values()).as("times that each job was begun").containsOnly(1);
      }
    }
  }

  private static HeartbeatWriter heart(
      Estate estate, Estate.Member member, ClockSkew skew, InstantSource clock) {
    return new HeartbeatWriter(
        new HeartbeatWriter.Self(
            "wrong", "polling", "main", estate.topics.heartbeats(), Duration.ofMillis(100), "0"),
        member.results,
        estate.schemas,
        member.agent::status,
        () -> false,
        () -> true,
        skew,
        clock);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
  }
}
