package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EpochFenceTest {
  private static final long TAKEOVER = 1_000_000;
  private final EpochFence fence = new EpochFence();

  @Test
  void keepsOutALowerEpochBehindAHigherOneInAPartition() {
    boolean old = fence.admits(0, 5, TAKEOVER - 10);
    boolean fresh = fence.admits(0, 6, TAKEOVER);
    boolean zombie = fence.admits(0, 5, TAKEOVER);

    assertThat(old).isTrue();
    assertThat(fresh).isTrue();
    assertThat(zombie).isFalse();
  }

  @Test
  void letsInWhatTheFormerLeaderWroteBeforeTheTakeover() {
    fence.observe(6, TAKEOVER);

    assertThat(fence.admits(3, 5, TAKEOVER - 20_000)).isTrue();
  }

  @Test
  void keepsOutWhatTheFormerLeaderWroteAfterTheTakeoverInAPartitionTheNewOneHasNotReached() {
    assertThat(fence.admits(0, 6, TAKEOVER)).isTrue();

    assertThat(fence.admits(1, 5, TAKEOVER + 5_000)).isFalse();
  }

  @Test
  void forgetsThePartitionsOrderWhenItIsReadAgainFromFurtherBack() {
    fence.admits(0, 6, TAKEOVER);
    fence.assigned(0);

    assertThat(fence.admits(0, 5, TAKEOVER - 100)).isTrue();
  }

  @Test
  void knowsTheHighestEpoch() {
    fence.observe(4, TAKEOVER);
    fence.admits(0, 9, TAKEOVER + 1);

    assertThat(fence.highest()).isEqualTo(9);
  }

  @Test
  void neverAdmitsALowerEpochBehindAHigherOneAndNeverFencesTheHighest() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long[] seen = new long[4];
    long highest = 0;
    long now = TAKEOVER;

    for (int step = 0; step < 10_000; step++) {
      now += random.nextInt(500);
      int partition = random.nextInt(seen.length);
      long epoch = Math.max(1, highest - random.nextInt(3) + (random.nextInt(50) == 0 ? 1 : 0));
      boolean admitted = fence.admits(partition, epoch, now);

      if (epoch >= highest) {
        assertThat(admitted).as("seed %d step %d", seed, step).isTrue();
      } else if (epoch < seen[partition]) {
        assertThat(admitted).as("seed %d step %d", seed, step).isFalse();
      }
      highest = Math.max(highest, epoch);
      seen[partition] = Math.max(seen[partition], epoch);
    }
  }
}
