package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private static final long SEED = Long.getLong("argos.seed", System.nanoTime());

  @Test
  void agreesWithAModelThatWalksFromTheEpoch() {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      long interval = 1 + random.nextInt(5_000);
      Slots slots = new Slots(random.nextLong(interval), interval);
      long from = random.nextInt(50_000);
      long to = from + random.nextInt(20_000);
      List<Long> expected = new ArrayList<>();
      long lastBefore = SlotTimes.NONE_BEFORE;
      for (long due = slots.offsetMillis() - interval; due <= to + interval; due += interval) {
        if (due > from && due <= to) {
          expected.add(due);
        }
        if (due <= from) {
          lastBefore = due;
        }
      }

      assertThat(slots.between(from, to).boxed().toList()).as("seed %d", SEED).isEqualTo(expected);
      assertThat(slots.previous(from)).as("seed %d", SEED).isEqualTo(lastBefore);
      assertThat(slots.next(from)).as("seed %d", SEED).isEqualTo(lastBefore + interval);
    }
  }

  @Test
  void neighbouringWindowsTouchWithoutGapOrOverlap() {
    Random random = new Random(SEED);
    Slots slots = Slots.of(TargetKey.of("polling", "interfaces", "main/r1"), Duration.ofSeconds(7));
    long start = 1_700_000_000_000L;
    long end = start + 600_000;
    List<Long> sliced = new ArrayList<>();
    for (long from = start; from < end; ) {
      long to = Math.min(end, from + random.nextInt(30_000));
      slots.between(from, to).forEach(sliced::add);
      from = to;
    }

    assertThat(sliced)
        .as("seed %d", SEED)
        .isEqualTo(slots.between(start, end).boxed().toList())
        .hasSizeBetween(85, 86);
  }

  @Test
  void placesATargetWhereTheDocumentedHashSays() {
    // printf 'interfaces|main/r1' | sha256sum, first 16 digits, modulo 60000
    Slots slots = Slots.of(TargetKey.of("polling", "interfaces", "main/r1"), Duration.ofMinutes(1));

    assertThat(slots)
        .isEqualTo(new Slots(Long.remainderUnsigned(0x462067a7bc54ea67L, 60_000), 60_000));
  }

  @Test
  void spreadsTargetsEvenlyOverTheInterval() {
    int[] perSecond = new int[60];
    for (int n = 0; n < 60_000; n++) {
      Slots slots =
          Slots.of(TargetKey.of("polling", "interfaces", "main/r" + n), Duration.ofMinutes(1));
      perSecond[(int) (slots.offsetMillis() / 1_000)]++;
    }

    // The mean is 1000 and the standard deviation 31: five of them are never passed by chance.
    assertThat(Arrays.stream(perSecond).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(840, 1_160));
  }

  @Test
  void countsSlotsBeforeTheEpochDownwards() {
    Slots slots = new Slots(3, 10);

    assertThat(slots.numberAt(2)).isEqualTo(-1);
    assertThat(slots.previous(2)).isEqualTo(-7);
    assertThat(slots.next(2)).isEqualTo(3);
  }
}
