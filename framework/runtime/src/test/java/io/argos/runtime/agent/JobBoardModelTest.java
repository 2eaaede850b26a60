package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Job;
import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;

/**
 * The whole board under random jobs, starts, ends, revocations and leaders, against what a reader
 * would write down on paper.
 */
class JobBoardModelTest {
  private static final int PERMITS = 6;
  private static final int PARTITIONS = 3;
  private static final long TOLERANCE = 1_000;

  /** A record of the topic. */
  private record Emitted(Job job, long appendedAt) {}

  /** One assignment of a partition, as it should be. */
  private static final class Assignment {
    private final OwnedPartition real;
    private final Set<Long> open = new HashSet<>();
    private final Set<Long> ended = new HashSet<>();
    private final Set<String> started = new HashSet<>();
    private long read;

    Assignment(int number, long from) {
      real = new OwnedPartition(number);
      read = from;
    }

    /** What may be committed: the lowest offset that is not done. */
    long watermark() {
      return open.stream().mapToLong(Long::longValue).min().orElse(read);
    }
  }

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<List<Emitted>> log = new ArrayList<>();
  private final Assignment[] owned = new Assignment[PARTITIONS];
  private final long[] committed = new long[PARTITIONS];
  private final Map<OwnedPartition, Assignment> assignments = new HashMap<>();
  private final List<HeldJob> running = new ArrayList<>();
  private final List<HeldJob> unacknowledged = new ArrayList<>();
  private final TreeMap<Long, Long> takeovers = new TreeMap<>();
  private final JobBoard board = new JobBoard(PERMITS, 0.5, this::ended);
  private long now = TestJobs.NOON.toEpochMilli();
  private long epoch = 1;
  private int starts;
  private String where = "";

  private void ended(HeldJob job, OutcomeStatus status, String cause, String detail) {
    end(job);
  }

  private void end(HeldJob job) {
    Assignment assignment = assignments.get(job.partition());
    assertThat(assignment.ended.add(job.offset())).as("ends once, %s", where).isTrue();
    unacknowledged.add(job);
  }

  private void emit() {
    boolean zombie = epoch > 1 && random.nextInt(5) == 0;
    int device = random.nextInt(8);
    List<Emitted> partition = log.get(device % PARTITIONS);
    if (!partition.isEmpty() && random.nextInt(6) == 0) {
      // The next leader emits again what the former one has emitted.
      Job again = Job.newBuilder(partition.get(random.nextInt(partition.size())).job()).build();
      again.setEpoch(epoch);
      partition.add(new Emitted(again, now));
      return;
    }
    Job job =
        TestJobs.of("s" + device % 3 + "/" + device)
            .plugin(random.nextInt(3) == 0 ? "net" : "snmp")
            .interval(Duration.ofSeconds(10))
            .due(
                Duration.ofMillis(
                    now - TestJobs.NOON.toEpochMilli() + random.nextInt(6_000) - 1_000))
            .epoch(zombie ? epoch - 1 : epoch)
            .job();
    partition.add(new Emitted(job, now));
  }

  private void takeOver() {
    epoch++;
    takeovers.put(epoch, now);
    board.observeEpoch(epoch, now);
  }

  private void assign(int number) {
    Assignment assignment = new Assignment(number, committed[number]);
    owned[number] = assignment;
    assignments.put(assignment.real, assignment);
    board.assigned(assignment.real);
  }

  private void revoke(int number) {
    Assignment former = owned[number];
    former.real.disown();
    board.drop(former.real);
    former.real.offsets().watermark().ifPresent(offset -> committed[number] = offset);
    assign(number);
  }

  private void read(int number) {
    Assignment assignment = owned[number];
    if (random.nextInt(3) == 0) {
      assignment.real.settle();
    }
    List<Emitted> partition = log.get(number);
    for (int count = random.nextInt(4); count > 0 && assignment.read < partition.size(); count--) {
      Emitted emitted = partition.get((int) assignment.read);
      assignment.real.offsets().read(assignment.read, 0);
      assignment.open.add(assignment.read);
      board.hold(
          new HeldJob(emitted.job(), assignment.real, assignment.read++, emitted.appendedAt()),
          now);
    }
  }

  private void start() {
    board.moveDue(now, "");
    for (HeldJob job = board.nextReady(now); job != null; job = board.nextReady(now)) {
      switch (random.nextInt(8)) {
        case 0 -> board.later(job, now + random.nextInt(500), "a table");
        case 1 -> board.end(job, OutcomeStatus.SUPERSEDED, "resource", "it is no more");
        default -> claim(job);
      }
    }
  }

  private void claim(HeldJob job) {
    PermitClass kind = job.job().getPlugin().equals("net") ? PermitClass.NET : PermitClass.SNMP;
    if (!board.claim(job, kind)) {
      return;
    }
    if (random.nextInt(10) == 0) {
      board.unclaimed(job, now + 50);
      return;
    }
    starts++;
    running.add(job);
    Assignment assignment = assignments.get(job.partition());
    assertThat(job.partition().owned()).as("is its own, %s", where).isTrue();
    assertThat(job.partition().settled()).as("its past is known, %s", where).isTrue();
    assertThat(now).as("not early or late, %s", where).isBetween(job.dueAt(), job.expireAt() - 1);
    assertThat(assignment.started.add(job.job().getJobId())).as("starts once, %s", where).isTrue();
    takeovers
        .tailMap(job.job().getEpoch(), false)
        .values()
        .forEach(taken ->
            assertThat(job.appendedAt())
                .as("not stale, %s", where)
                .isLessThanOrEqualTo(taken + TOLERANCE));
  }

  private void finish(int index) {
    HeldJob job = running.remove(index);
    board.finished(job);
    end(job);
  }

  private void acknowledge(int index) {
    HeldJob job = unacknowledged.remove(index);
    assignments.get(job.partition()).open.remove(job.offset());
    job.partition().closed(job.offset());
  }

  private void assertSound() {
    Map<String, Integer> devices = new HashMap<>();
    running.forEach(job ->
        assertThat(devices.merge(job.target().resourceId() + job.permit, 1, Integer::sum))
            .as("jobs on a device, %s", where)
            .isLessThanOrEqualTo(job.permit.jobsPerDevice()));
    assertThat(running).as(where).hasSizeLessThanOrEqualTo(PERMITS);
    assertThat(board.running()).as(where).isEqualTo(running.size());
    for (Assignment assignment : owned) {
      assignment
          .real
          .offsets()
          .watermark()
          .ifPresent(mark -> assertThat(mark).as(where).isEqualTo(assignment.watermark()));
    }
  }

  @RepeatedTest(5)
  void holdsItsPromisesWhateverHappens() {
    for (int number = 0; number < PARTITIONS; number++) {
      log.add(new ArrayList<>());
      assign(number);
    }
    for (int step = 0; step < 8_000; step++) {
      where = "seed " + seed + " step " + step;
      now += random.nextInt(300);
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3 -> emit();
        case 4, 5, 6, 7, 8 -> read(random.nextInt(PARTITIONS));
        case 9, 10, 11 -> start();
        case 12, 13, 14 -> {
          if (!running.isEmpty()) {
            finish(random.nextInt(running.size()));
          }
        }
        case 19 -> {
          if (random.nextInt(10) == 0) {
            revoke(random.nextInt(PARTITIONS));
          } else if (random.nextInt(20) == 0) {
            takeOver();
          }
        }
        default -> {
          if (!unacknowledged.isEmpty()) {
            acknowledge(random.nextInt(unacknowledged.size()));
          }
        }
      }
      assertSound();
    }

    settle();
    // Often some two hundred, seldom less than a hundred: what chance leaves out is no fault.
    assertThat(starts).as(where).isGreaterThan(20);
    assertThat(board.waiting()).as(where).isZero();
    assertThat(board.late()).as(where).isZero();
    for (int number = 0; number < PARTITIONS; number++) {
      assertThat(owned[number].ended)
          .as(where)
          .hasSize((int) (log.get(number).size() - committed[number]));
      assertThat(owned[number].real.open()).as(where).isZero();
    }
  }

  /** Everything is read, and what waits runs or expires. */
  private void settle() {
    for (int round = 0; round < 2_000; round++) {
      for (int number = 0; number < PARTITIONS; number++) {
        read(number);
      }
      now += 100;
      start();
      while (!running.isEmpty()) {
        finish(running.size() - 1);
      }
      while (!unacknowledged.isEmpty()) {
        acknowledge(unacknowledged.size() - 1);
      }
    }
    assertSound();
  }
}
