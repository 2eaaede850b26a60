package io.argos.runtime.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.servers.EmbeddedKafka;
import io.argos.spi.DeviceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(180)
class AgentIT {
  private static final Logger log = LoggerFactory.getLogger(AgentIT.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  /** Order and overlap on each device, as the device itself would see them. */
  private static final class Devices {
    private final ConcurrentMap<String, String> busy = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Instant> latest = new ConcurrentHashMap<>();
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    /** A runner that takes a moment, sends a result, and notes what it should not see. */
    JobRunner runner(String agent, Estate estate) {
      return (job, session) -> {
        String device = job.getResourceId();
        String other = busy.put(device + agent, job.getJobId());
        if (other != null) {
          faults.add(device + " was polled by two jobs at once");
        }
        Instant before = latest.put(device + agent, job.getDueAt());
        if (before != null && !before.isBefore(job.getDueAt())) {
          faults.add(device + " was polled for " + job.getDueAt() + " after " + before);
        }
        try {
          var _ = new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
          session.send(
              new ProducerRecord<>(
                  estate.topics.polls(), device.getBytes(UTF_8), job.getJobId().getBytes(UTF_8)));
        } finally {
          busy.remove(device + agent);
        }
        return JobEnd.ok(DeviceStatus.SUCCESS);
      };
    }
  }

  @BeforeAll
  static void startKafka() {
    kafka = EmbeddedKafka.start(folder);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
  }

  @Test
  void missesNoJobWhenAnAgentDies() throws Exception {
    try (Estate estate = new Estate(kafka.bootstrap(), "die")) {
      Devices devices = new Devices();
      Estate.Member doomed = estate.join("a", devices.runner("a", estate));
      estate.join("b", devices.runner("b", estate));
      soon().until(() -> doomed.agent.status().partitions() == 6);
      List<Job> jobs = estate.emitSlots(240, 2, INTERVAL, Instant.now().plusSeconds(1));
      soon().until(() -> estate.begun.size() > jobs.size() / 3);

      doomed.kill();

      soon().until(() -> estate.ended(jobs, OutcomeStatus.OK) == jobs.size());
      soon().until(() -> estate.lag() == 0);
      assertThat(devices.faults).isEmpty();
      assertThat(estate.all(estate.topics.polls()).size()).isGreaterThanOrEqualTo(jobs.size());
      long again = estate.begun.values().stream().filter(times -> times > 1).count();
      Duration worst = worstLateness(estate.outcomes());
      log.info("agent killed jobs={} begunTwice={} worstLateness={}", jobs.size(), again, worst);
      assertThat(worst).isLessThan(INTERVAL);
    }
  }

  @Test
  void runsNothingAgainThatADeadAgentHasRunAndNotCommitted() throws Exception {
    try (Estate estate = new Estate(kafka.bootstrap(), "again")) {
      Estate.Member doomed =
          estate.join("a", (_, _) -> JobEnd.ok(), Estate.committingEvery(Duration.ofHours(1)));
      soon().until(() -> doomed.agent.status().partitions() == 12);
      List<Job> done = minutely(estate, "done");
      soon().until(() -> estate.ended(done, OutcomeStatus.OK) == done.size());

      doomed.kill();
      List<Job> next = minutely(estate, "next");
      estate.join("b", (_, _) -> JobEnd.ok());

      soon().until(() -> estate.ended(next, OutcomeStatus.OK) == next.size());
      soon().until(() -> estate.lag() == 0);
      assertThat(estate.begun.values()).allMatch(times -> times == 1);
      assertThat(estate.ended(done, OutcomeStatus.DUPLICATE)).isEqualTo(done.size());
    }
  }

  @Test
  void runsNothingTwiceWhenAgentsComeAndGoInGoodOrder() throws Exception {
    try (Estate estate = new Estate(kafka.bootstrap(), "roll")) {
      Devices devices = new Devices();
      Estate.Member first = estate.join("a", devices.runner("a", estate));
      soon().until(() -> first.agent.status().partitions() == 12);
      List<Job> jobs = estate.emitSlots(240, 2, INTERVAL, Instant.now().plusSeconds(1));
      soon().until(() -> estate.begun.size() > jobs.size() / 4);

      Estate.Member second = estate.join("b", devices.runner("b", estate));
      soon().until(() -> second.agent.status().partitions() == 6);
      soon().until(() -> estate.begun.size() > jobs.size() / 2);
      first.agent.close();

      soon().until(() -> estate.ended(jobs, OutcomeStatus.OK) == jobs.size());
      soon().until(() -> estate.lag() == 0);
      assertThat(devices.faults).isEmpty();
      assertThat(estate.begun.values()).allMatch(times -> times == 1);
      log.info("rolled jobs={} worstLateness={}", jobs.size(), worstLateness(estate.outcomes()));
    }
  }

  @Test
  void losesNoJobWhenTheBrokerIsRestarted(@TempDir Path own) throws Exception {
    EmbeddedKafka broker = EmbeddedKafka.start(own);
    try (Estate estate = new Estate(broker.bootstrap(), "restart")) {
      Devices devices = new Devices();
      Estate.Member member = estate.join("a", devices.runner("a", estate));
      soon().until(() -> member.agent.status().partitions() == 12);
      // Enough for the time that an orderly stop of the broker takes, and to spare.
      List<Job> jobs = estate.emitSlots(100, 3, INTERVAL, Instant.now().plusSeconds(1));
      soon().until(() -> estate.begun.size() > 20);

      broker.close();
      int before = estate.begun.size();
      soon().until(() -> estate.begun.size() > before + 20);
      broker = EmbeddedKafka.start(own, broker.port(), Map.of());

      soon().until(() -> estate.ended(jobs, OutcomeStatus.OK) == jobs.size());
      soon().until(() -> estate.lag() == 0);
      assertThat(devices.faults).isEmpty();
    } finally {
      broker.close();
    }
  }

  @Test
  void commitsNothingBehindAJobThatHasNotEnded() throws Exception {
    try (Estate estate = new Estate(kafka.bootstrap(), "commit")) {
      CountDownLatch go = new CountDownLatch(1);
      Estate.Member member =
          estate.join(
              "a",
              (job, _) -> {
                if (job.getPlugin().equals("slow")) {
                  go.await();
                }
                return JobEnd.ok();
              });
      Instant due = Instant.now();
      estate.emit(TestJobs.of("s/a").plugin("slow").dueAt(due).timeout(Duration.ofMinutes(1)));
      List<Job> others = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        others.add(estate.emit(TestJobs.of("s/b" + i).dueAt(due)));
      }
      soon().until(() -> estate.ended(others, OutcomeStatus.OK) == others.size());
      soon().until(() -> member.agent.status().running() == 1);
      soon().until(() -> estate.lag() > 0 && estate.lag() < 51);
      long held = estate.lag();

      go.countDown();

      soon().until(() -> estate.lag() == 0);
      assertThat(held).isPositive();
    }
  }

  @Test
  void endsEveryJobInAnOutcomeAlsoThoseThatItDoesNotRun() throws Exception {
    try (Estate estate = new Estate(kafka.bootstrap(), "fence")) {
      Estate.Member member = estate.join("a", (_, _) -> JobEnd.ok());
      Instant now = Instant.now();
      Job fresh = estate.emit(TestJobs.of("s/a").dueAt(now.plusSeconds(1)).epoch(2));
      Job zombie = estate.emit(TestJobs.of("s/a").dueAt(now.plusSeconds(2)).epoch(1));
      Job twice = estate.emit(TestJobs.of("s/b").dueAt(now.plusSeconds(1)).epoch(2));
      estate.emit(TestJobs.of("s/b").dueAt(now.plusSeconds(1)).epoch(2));
      Job old = estate.emit(TestJobs.of("s/c").dueAt(now.minusSeconds(90)).epoch(2));
      estate.flush();

      soon().until(() -> member.agent.status().partitions() == 12 && estate.lag() == 0);

      Map<String, List<Outcome>> outcomes = estate.outcomes();
      assertThat(statuses(outcomes, fresh)).containsExactly(OutcomeStatus.OK);
      assertThat(statuses(outcomes, zombie)).containsExactly(OutcomeStatus.FENCED);
      assertThat(statuses(outcomes, twice))
          .containsExactlyInAnyOrder(OutcomeStatus.DUPLICATE, OutcomeStatus.OK);
      assertThat(statuses(outcomes, old)).containsExactly(OutcomeStatus.EXPIRED);
      assertThat(member.agent.status().epoch()).isEqualTo(2);
    }
  }

  private static List<Job> minutely(Estate estate, String plugin) {
    Instant now = Instant.now();
    List<Job> jobs = new ArrayList<>();
    for (int device = 0; device < 100; device++) {
      jobs.add(
          estate.emit(
              TestJobs.of("s/d" + device)
                  .plugin(plugin)
                  .dueAt(now)
                  .interval(Duration.ofMinutes(1))));
    }
    return jobs;
  }

  private static List<OutcomeStatus> statuses(Map<String, List<Outcome>> outcomes, Job job) {
    return outcomes.getOrDefault(job.getJobId(), List.of()).stream()
        .map(Outcome::getStatus)
        .toList();
  }

  private static Duration worstLateness(Map<String, List<Outcome>> outcomes) {
    return outcomes.values().stream()
        .map(each ->
            each.stream()
                .filter(outcome -> outcome.getStatus() == OutcomeStatus.OK)
                .map(outcome -> Duration.between(outcome.getDueAt(), outcome.getStartedAt()))
                .min(Duration::compareTo)
                .orElseThrow())
        .max(Duration::compareTo)
        .orElseThrow();
  }
}
