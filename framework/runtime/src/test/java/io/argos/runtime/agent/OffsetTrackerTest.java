package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
  private final OffsetTracker tracker = new OffsetTracker();

  @Test
  void hasNothingToCommitBeforeSomethingWasRead() {
    assertThat(tracker.watermark()).isEmpty();
  }

  @Test
  void advancesOnlyOverWhatIsDoneWithoutGap() {
    for (long offset = 10; offset < 14; offset++) {
      tracker.read(offset, offset * 10);
    }

    tracker.done(11);
    tracker.done(12);
    OptionalLong heldBack = tracker.watermark();
    tracker.done(10);

    assertThat(heldBack).hasValue(10);
    assertThat(tracker.watermark()).hasValue(13);
    assertThat(tracker.pending()).isOne();
  }

  @Test
  void knowsWhenWhatHoldsItBackHadToBeDone() {
    assertThat(tracker.latestEnd()).isEqualTo(Long.MAX_VALUE);
    for (long offset = 0; offset < 600; offset++) {
      tracker.read(offset, 9_000 + offset);
    }

    tracker.done(1);
    assertThat(tracker.latestEnd()).isEqualTo(9_000);
    tracker.done(0);
    assertThat(tracker.latestEnd()).isEqualTo(9_002);
  }

  @Test
  void standsBehindTheLastOffsetWhenAllIsDone() {
    tracker.read(7, 7 * 10);
    tracker.read(9, 9 * 10);

    tracker.done(9);
    tracker.done(7);

    assertThat(tracker.watermark()).hasValue(10);
  }

  @Test
  void refusesWhatWasReadBefore() {
    tracker.read(5, 5 * 10);
    tracker.done(5);

    assertThat(tracker.read(5, 5 * 10)).isFalse();
    assertThat(tracker.read(4, 4 * 10)).isFalse();
    assertThat(tracker.watermark()).hasValue(6);
  }

  @Test
  void agreesWithASimpleModelWhateverTheOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeMap<Long, Boolean> model = new TreeMap<>();
    List<Long> undone = new ArrayList<>();
    long next = random.nextInt(1000);

    for (int step = 0; step < 20_000; step++) {
      if (undone.isEmpty() || random.nextInt(100) < 52) {
        // Offsets may have gaps: control records take some.
        next += random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 0;
        tracker.read(next, next * 10);
        model.put(next, false);
        undone.add(next);
        next++;
      } else {
        long offset = undone.remove(random.nextInt(undone.size()));
        tracker.done(offset);
        model.put(offset, true);
      }
      long expected =
          model.entrySet().stream()
              .filter(entry -> !entry.getValue())
              .findFirst()
              .map(java.util.Map.Entry::getKey)
              .orElse(next);
      while (!model.isEmpty() && model.firstEntry().getValue()) {
        model.pollFirstEntry();
      }

      assertThat(tracker.watermark()).as("seed %d step %d", seed, step).hasValue(expected);
    }
  }
}
