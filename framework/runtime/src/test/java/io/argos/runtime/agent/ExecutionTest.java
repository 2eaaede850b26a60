package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Outcome;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordWriter;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ExecutionTest {
  private final AtomicBoolean sure = new AtomicBoolean();
  private final AtomicInteger runs = new AtomicInteger();
  private OwnedPartition partition = settled();
  private final JobBoard board = new JobBoard(4, 1, (_, _, _, _) -> {});
  private final InstantSource noon = InstantSource.fixed(TestJobs.NOON);

  private Execution.Surroundings surroundings() {
    return surroundings((_, _) -> {
      runs.incrementAndGet();
      return JobEnd.ok();
    });
  }

  private Execution.Surroundings surroundings(JobRunner runner) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    ResultProducer results =
        new ResultProducer(
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
            "agent-1",
            1 << 20,
            meters);
    return new Execution.Surroundings(
        "agent-1",
        runner,
        board,
        results,
        new OutcomeWriter(
            "outcomes",
            "outcomes",
            results,
            new RecordWriter<>(new LocalSchemas(), "outcomes", Outcome.class)),
        new Watchdog("deadlines", Duration.ofSeconds(10)),
        new Quarantine(3, Duration.ofMinutes(5), System::nanoTime),
        new AgentMeters(meters, "polling", "main"),
        sure::get,
        noon);
  }

  private HeldJob claimed(long now) {
    board.moveDue(now, "");
    HeldJob job = board.nextReady(now);
    assertThat(job).isNotNull();
    assertThat(board.claim(job, PermitClass.SNMP)).isTrue();
    return job;
  }

  @Test
  void doesNotBeginWhenTheAgentIsNoLongerSureOfItsPartitionsSinceTheDecisionToStart() {
    long now = noon.millis();
    board.hold(TestJobs.of("s/a").in(partition).held(), now);
    Execution.Surroundings around = surroundings();

    new Execution(around, claimed(now)).execute();

    assertThat(runs).hasValue(0);
    assertThat(board.running()).isZero();
    assertThat(board.waiting()).isOne();
    assertThat(partition.open()).isZero();
    assertThat(partition.offsets().watermark()).isEmpty();
    sure.set(true);
    new Execution(around, claimed(now + 50)).execute();
    assertThat(runs).hasValue(1);
    assertThat(board.running()).isZero();
    assertThat(board.waiting()).isZero();
  }

  @Test
  void forgetsTheJobWhenItsPartitionIsGoneAsWell() {
    long now = noon.millis();
    board.hold(TestJobs.of("s/a").in(partition).held(), now);
    HeldJob job = claimed(now);
    partition.disown();
    board.drop(partition);

    new Execution(surroundings(), job).execute();

    assertThat(runs).hasValue(0);
    assertThat(board.running()).isZero();
    assertThat(board.waiting()).isZero();
    assertThat(partition.open()).isZero();
  }

  @Test
  void doesNotBeginOnAPartitionThatWentBeforeItsThreadCameUp() {
    long now = noon.millis();
    board.hold(TestJobs.of("s/a").in(partition).held(), now);
    HeldJob job = claimed(now);
    sure.set(true);
    partition.disown();
    board.drop(partition);
    partition.cancel("its partition went to another agent");

    new Execution(surroundings(), job).execute();

    assertThat(runs).hasValue(0);
    assertThat(board.running()).isZero();
    assertThat(partition.open()).isZero();
  }

  @Test
  void leavesAJobThatIsCutOffForTheNextOwner() {
    JobRunner runner =
        (_, _) -> {
          partition.cancel("the agent stops");
          new CountDownLatch(1).await();
          return JobEnd.ok();
        };

    assertThat(watermarkBehind(runner)).isZero();
  }

  @Test
  void leavesAJobForTheNextOwnerWhoseLibraryMakesAFailureOfBeingCutOff() {
    JobRunner failing =
        (_, _) -> {
          partition.cancel("the agent stops");
          return JobEnd.failed(new Failure(Cause.NETWORK, "closed"), DeviceStatus.SUCCESS);
        };
    JobRunner throwing =
        (_, _) -> {
          partition.cancel("the agent stops");
          throw new IllegalStateException("interrupted");
        };

    assertThat(watermarkBehind(failing)).isZero();
    assertThat(watermarkBehind(throwing)).isZero();
  }

  /** Runs a job with offset 0 on a partition of its own; what may be committed then. */
  private long watermarkBehind(JobRunner runner) {
    long now = noon.millis();
    partition = settled();
    partition.offsets().read(0, now);
    board.hold(TestJobs.of("s/a").in(partition).held(), now);
    sure.set(true);
    Execution.Surroundings around = surroundings(runner);
    around.outcomes().start();
    new Execution(around, claimed(now)).execute();
    await().until(() -> partition.open() == 0);
    around.outcomes().close();
    return partition.offsets().watermark().orElseThrow();
  }

  @Test
  void endsAJobWhoseLibraryFindsNoneOfItsServices() {
    long now = noon.millis();
    board.hold(TestJobs.of("s/a").in(partition).held(), now);
    sure.set(true);
    JobRunner runner =
        (_, _) -> {
          throw new ServiceConfigurationError("as planned");
        };

    new Execution(surroundings(runner), claimed(now)).execute();

    assertThat(board.running()).isZero();
  }

  /** A plugin may pass on the message of an exception, and that may be null. */
  @Test
  @SuppressWarnings("NullAway")
  void closesTheOffsetOfAJobWhoseEndLacksItsDetail() {
    JobRunner lacking =
        (_, _) -> JobEnd.failed(new Failure(Cause.NETWORK, null), DeviceStatus.SUCCESS);

    assertThat(watermarkBehind(lacking)).isOne();
    assertThat(watermarkBehind((_, _) -> null)).isOne();
  }

  /** Its nanoseconds are more than a long holds. */
  @Test
  void endsAJobThatCannotBeWatched() {
    long now = noon.millis();
    board.hold(TestJobs.of("s/a").timeout(Duration.ofDays(400 * 365)).in(partition).held(), now);
    sure.set(true);

    new Execution(surroundings(), claimed(now)).execute();

    assertThat(runs).hasValue(0);
    assertThat(board.running()).isZero();
  }

  private static OwnedPartition settled() {
    OwnedPartition partition = new OwnedPartition(0);
    partition.settle();
    return partition;
  }
}
