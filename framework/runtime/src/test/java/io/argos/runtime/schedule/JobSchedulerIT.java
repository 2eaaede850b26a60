package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.ScheduleConfig;
import io.argos.runtime.leadership.Candidate;
import io.argos.runtime.schedule.SchedulerEstate.Member;
import io.argos.runtime.zookeeper.ZooKeeperClient;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.Request;
import io.argos.schemas.Tick;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.ResourcePartitioner;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two schedulers on a real ZooKeeper and a real Kafka, and what becomes of the slots. */
class JobSchedulerIT {

  @TempDir Path folder;
  private SchedulerEstate estate;
  private SlotLedger ledger;

  @BeforeEach
  void start() throws Exception {
    estate = new SchedulerEstate(folder);
    ledger = new SlotLedger(estate);
  }

  @AfterEach
  void stop() throws Exception {
    estate.close();
  }

  @Test
  void missesNoSlotWhenTheLeaderIsClosedAndThenItsSuccessorIsCutOff() {
    List<Target> targets = SlotLedger.targets(60);
    Member first = estate.join("a", targets);
    soon().until(() -> first.scheduler().leading());
    Member second = estate.join("b", targets);
    Instant begin = Instant.now().plus(SchedulerEstate.CONFIG.lookahead());
    soon().until(() -> jobs().size() > 60 && second.scheduler().caughtUp());

    long closedAt = System.nanoTime();
    first.scheduler().close();
    soon().until(() -> second.scheduler().leading());
    Duration handover = Duration.ofNanos(System.nanoTime() - closedAt);
    Member third = estate.join("c", targets);
    soon().until(() -> emittedUpTo(second, begin.plus(SlotLedger.INTERVAL)));
    soon().until(() -> third.scheduler().caughtUp());

    long cutAt = System.nanoTime();
    second.wayToZooKeeper().stall();
    soon().until(() -> third.scheduler().leading());
    Duration takeover = Duration.ofNanos(System.nanoTime() - cutAt);
    soon().until(() -> !second.scheduler().leading());
    Instant end = Instant.now().plus(SchedulerEstate.CONFIG.lookahead());
    soon().until(() -> emittedUpTo(third, end));

    int missed = ledger.missedAmongAll(targets, begin, end);
    assertNobodyWroteAfterHisSuccessor();
    // A machine that stands still for a session elects once more, and is in order all the same.
    assertThat(ledger.epochs()).isSorted().doesNotHaveDuplicates().startsWith(1L, 2L, 3L);
    // What took less than the lookahead cost no slot.
    Duration slower = handover.compareTo(takeover) > 0 ? handover : takeover;
    if (ledger.epochs().size() == 3
        && slower.compareTo(SchedulerEstate.CONFIG.lookahead().minusSeconds(1)) < 0) {
      assertThat(missed).isZero();
    }
    Map<Long, Duration> delays = ledger.untilFirstJob();
    assertThat(delays).hasSizeGreaterThanOrEqualTo(3);
    // One stall of the machine is no fault of the scheduler; each being late would be.
    assertThat(delays.values())
        .anySatisfy(delay -> assertThat(delay).isLessThan(Duration.ofSeconds(1)));
    System.out.printf("from each epoch to its first job: %s%n", delays);
    System.out.printf("handover=%s takeover-after-cut=%s missed=%d%n", handover, takeover, missed);
  }

  @Test
  void electsNobodyForAShortOutageOfZooKeeper() throws Exception {
    // Long, so that what the outage leaves of it is more than a busy machine stands still.
    ScheduleConfig config = SchedulerEstate.config(Duration.ofSeconds(12));
    estate.close();
    estate = new SchedulerEstate(folder.resolve("patient"), Duration.ofSeconds(8), config);
    ledger = new SlotLedger(estate);
    List<Target> targets = SlotLedger.targets(10);
    Member first = estate.join("a", targets);
    soon().until(() -> first.scheduler().leading());
    Member second = estate.join("b", targets);

    first.wayToZooKeeper().stall();
    second.wayToZooKeeper().stall();
    await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    first.wayToZooKeeper().resume();
    second.wayToZooKeeper().resume();
    Instant later = Instant.now().plus(config.lookahead()).plusSeconds(2);
    soon().until(() -> emittedUpTo(first, later));

    assertThat(ledger.epochs()).containsExactly(1L);
    assertThat(second.scheduler().leading()).isFalse();
  }

  @Test
  void theEpochStaysAboveTheLogsWhenZooKeeperIsWiped() {
    List<Target> targets = SlotLedger.targets(10);
    Member first = estate.join("a", targets);
    soon().until(() -> first.scheduler().leading());
    first.scheduler().close();
    Member second = estate.join("b", targets);
    soon().until(() -> second.scheduler().leading());
    soon().until(() -> second.scheduler().watermark().isPresent());
    Instant begin = Instant.now().plus(SchedulerEstate.CONFIG.lookahead());
    int port = estate.zooKeeper.port();

    estate.zooKeeper.close();
    estate.zooKeeper = SchedulerEstate.startZooKeeper(folder.resolve("empty"), port);

    soon().until(() -> second.scheduler().epoch().orElse(0) > 2);
    Instant end = Instant.now().plus(SchedulerEstate.CONFIG.lookahead());
    soon().until(() -> emittedUpTo(second, end));
    assertThat(ledger.epochs()).isSorted().doesNotHaveDuplicates().startsWith(1L, 2L, 3L);
    int missed = ledger.missedAmongAll(targets, begin, end);
    System.out.printf("missed=%d%n", missed);
  }

  @Test
  void aRequestIsAnsweredAtOnceAndOnce() throws Exception {
    List<Target> targets = SlotLedger.targets(3);
    Member member = estate.join("a", targets);
    soon().until(() -> member.scheduler().leading());
    TargetKey key = targets.getFirst().key();

    request("one", key.resourceId());
    request("two", "main/nobody");

    soon().until(() -> jobs().stream().anyMatch(job -> job.getReason() == JobReason.FORCED));
    soon().until(() -> !estate.all(estate.topics.outcomes(), Outcome.class).isEmpty());
    member.scheduler().close();
    Member next = estate.join("b", targets);
    soon().until(() -> next.scheduler().leading());
    soon().until(() -> next.scheduler().watermark().isPresent());
    assertThat(jobs())
        .filteredOn(job -> job.getReason() == JobReason.FORCED)
        .singleElement()
        .returns(JobId.caused(key, JobReason.FORCED, "one"), Job::getJobId);
    assertThat(estate.all(estate.topics.outcomes(), Outcome.class))
        .singleElement()
        .returns(MissedCause.NO_TARGET, Outcome::getCause);
  }

  @Test
  void ticksGoToEveryPartitionFromOneLeader() {
    ZooKeeperClient client = estate.keep(client());
    TickWriter one = estate.keep(ticks("a", client));
    TickWriter two = estate.keep(ticks("b", estate.keep(client())));
    one.start();
    soon().until(one::leading);
    two.start();
    soon().until(() -> ticks().size() >= 3 * SchedulerEstate.PARTITIONS);
    one.close();
    soon().until(two::leading);
    int before = ticks().size();
    soon().until(() -> ticks().size() >= before + 3 * SchedulerEstate.PARTITIONS);

    List<Tick> ticks = ticks();
    // A machine that stands still for a session elects once more.
    assertThat(ticks).extracting(Tick::getEpoch).contains(1L, 2L);
    long turns = ticks.stream().map(Tick::getAt).distinct().count();
    // The last turn of a leader may not have reached all partitions.
    long leaders = ticks.stream().map(Tick::getEpoch).distinct().count();
    assertThat(turns).isLessThanOrEqualTo(ticks.size() / SchedulerEstate.PARTITIONS + leaders);
  }

  private TickWriter ticks(String instance, ZooKeeperClient client) {
    return new TickWriter(
        new Candidate(
            estate.topics.prefix(),
            "resource-manager",
            instance,
            SchedulerEstate.SESSION,
            SchedulerEstate.CONFIG.lease()),
        Duration.ofMillis(200),
        estate.links(client));
  }

  private ZooKeeperClient client() {
    return SchedulerEstate.client(
        new InetSocketAddress("127.0.0.1", estate.zooKeeper.port()), SchedulerEstate.SESSION);
  }

  private static boolean emittedUpTo(Member member, Instant time) {
    return member.scheduler().watermark().orElse(Instant.MIN).isAfter(time);
  }

  private void assertNobodyWroteAfterHisSuccessor() {
    Map<Integer, List<Long>> epochsInLog = new HashMap<>();
    for (Job job : jobs()) {
      int partition =
          ResourcePartitioner.partitionOf(job.getResourceId(), SchedulerEstate.PARTITIONS);
      epochsInLog.computeIfAbsent(partition, _ -> new ArrayList<>()).add(job.getEpoch());
    }
    assertThat(epochsInLog).hasSize(SchedulerEstate.PARTITIONS);
    assertThat(epochsInLog.values()).allSatisfy(epochs -> assertThat(epochs).isSorted());
  }

  private List<Job> jobs() {
    return ledger.jobs();
  }

  private List<Tick> ticks() {
    return estate.all(estate.topics.ticks(), Tick.class);
  }

  private void request(String id, String resource) throws Exception {
    RecordWriter<Request> writer =
        new RecordWriter<>(estate.schemas, estate.topics.requests(), Request.class);
    Request request =
        Request.newBuilder()
            .setRequestId(id)
            .setReason(JobReason.FORCED)
            .setStage("polling")
            .setPlugin(null)
            .setResourceId(resource)
            .setAt(Instant.now())
            .setRequester("test")
            .build();
    try (Producer<byte[], byte[]> producer = estate.clients.producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  estate.topics.requests(),
                  resource.getBytes(StandardCharsets.UTF_8),
                  writer.write(request)))
          .get();
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
  }
}
