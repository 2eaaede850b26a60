package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** Sites of which one is wholly dead, in a time of their own. */
class DeadSiteTest {
  private static final int PERMITS = 64;
  private static final long HEALTHY_MILLIS = 200;
  private static final long DEAD_MILLIS = 6_000;
  private static final long INTERVAL = 10_000;

  private record Running(HeldJob job, long endsAt) {}

  private final JobBoard board = new JobBoard(PERMITS, 0.25, (job, _, _, _) -> settle(job));
  private final OwnedPartition partition = settled();
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(Comparator.comparingLong(Running::endsAt));
  private final List<Long> lateness = new ArrayList<>();
  private long offset;

  private void settle(HeldJob job) {
    partition.closed(job.offset());
  }

  private void emit(String site, int devices, long interval) {
    for (int device = 0; device < devices; device++) {
      long due = interval * INTERVAL + device * INTERVAL / devices;
      partition.offsets().read(offset, 0);
      board.hold(
          TestJobs.of(site + "/" + device)
              .interval(Duration.ofMillis(INTERVAL))
              .due(Duration.ofMillis(due))
              .in(partition)
              .at(offset++)
              .held(),
          TestJobs.NOON.toEpochMilli() + interval * INTERVAL - 5_000);
    }
  }

  /** Ten intervals, emitted half of one ahead, in steps of ten milliseconds. */
  private List<Long> latenessOfTheHealthy(int deadDevices) {
    for (long millis = -5_000; millis < 10 * INTERVAL; millis += 10) {
      if (Math.floorMod(millis, INTERVAL) == INTERVAL - 5_000) {
        long interval = Math.floorDiv(millis, INTERVAL) + 1;
        emit("dead", deadDevices, interval);
        emit("alive", 100, interval);
        emit("well", 100, interval);
      }
      step(TestJobs.NOON.toEpochMilli() + millis);
    }
    lateness.sort(Comparator.naturalOrder());
    return lateness;
  }

  private void step(long now) {
    while (!running.isEmpty() && running.peek().endsAt() <= now) {
      HeldJob job = running.remove().job();
      board.finished(job);
      settle(job);
    }
    board.moveDue(now, "");
    for (HeldJob job = board.nextReady(now); job != null; job = board.nextReady(now)) {
      if (board.claim(job, PermitClass.SNMP)) {
        boolean dead = job.site().equals("dead");
        running.add(new Running(job, now + (dead ? DEAD_MILLIS : HEALTHY_MILLIS)));
        if (!dead) {
          lateness.add(now - job.dueAt());
        }
      }
    }
  }

  @Test
  void makesNobodyElseLateHoweverManyOfItsDevicesAreDead() {
    // Two thousand permits would be needed for them, and there are 64.
    List<Long> late = latenessOfTheHealthy(3_000);

    assertThat(late).hasSizeGreaterThanOrEqualTo(1_990);
    assertThat(late.getLast()).isLessThanOrEqualTo(10);
  }

  @Test
  void leavesTheHealthyAsTheyWereWithoutIt() {
    assertThat(latenessOfTheHealthy(0).getLast()).isLessThanOrEqualTo(10);
  }

  private static OwnedPartition settled() {
    OwnedPartition partition = new OwnedPartition(0);
    partition.settle();
    return partition;
  }
}
