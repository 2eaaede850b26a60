package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TargetIndexTest {

  private static final long SEED = Long.getLong("argos.seed", System.nanoTime());
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::dueAt).thenComparing(due -> due.target().key());

  private final TargetIndex index = new TargetIndex();

  @Test
  void findsTheSameSlotsAsAskingEachTarget() {
    Random random = new Random(SEED);
    Map<TargetKey, Target> model = new HashMap<>();
    List<Timing> timings =
        List.of(
            new Timing.Every(Duration.ofSeconds(1)),
            new Timing.Every(Duration.ofSeconds(7)),
            new Timing.Every(Duration.ofMinutes(1)),
            new Timing.Cron("0/5 * * * * ?", ZoneId.of("UTC")));
    for (int step = 0; step < 400; step++) {
      TargetKey key = TargetKey.of("polling", "p" + random.nextInt(3), "r" + random.nextInt(30));
      if (random.nextInt(4) == 0) {
        assertThat(index.remove(key)).isEqualTo(Optional.ofNullable(model.remove(key)));
      } else {
        Target target = target(key, timings.get(random.nextInt(timings.size())), "main");
        assertThat(index.put(target)).isEqualTo(Optional.ofNullable(model.put(key, target)));
      }
      long from = START + random.nextInt(100_000);
      long to = from + random.nextInt(20_000);
      List<Due> expected = new ArrayList<>();
      for (Target target : model.values()) {
        SlotTimes slots = target.timing().slotsOf(target.key());
        for (long due = slots.next(from); due <= to; due = slots.next(due)) {
          expected.add(new Due(target, due, slots.next(due)));
        }
      }

      List<Due> found = new ArrayList<>(index.due(from, to));

      found.sort(ORDER);
      expected.sort(ORDER);
      assertThat(found).as("seed %d step %d", SEED, step).isEqualTo(expected);
      assertThat(index.size()).isEqualTo(model.size());
    }
  }

  @Test
  void givesTheNewestSlotAndTheRangeBeforeIt() {
    Target target = put("r1", Duration.ofSeconds(10), "main");
    Slots slots = Slots.of(target.key(), Duration.ofSeconds(10));
    long from = slots.previous(START);
    List<Due> newest = new ArrayList<>();
    List<MissedRange> older = new ArrayList<>();

    index.latest(from, from + 35_000, newest::add, older::add);

    assertThat(newest).containsExactly(new Due(target, from + 30_000, from + 40_000));
    assertThat(older).containsExactly(new MissedRange(target, from, from + 29_999));
    assertThat(index.due(target.key(), from, from + 29_999))
        .extracting(Due::dueAt)
        .containsExactly(from + 10_000, from + 20_000);
  }

  @Test
  void knowsTheTargetsOfAResourceAndOfNoOther() {
    put("main/r1", Duration.ofSeconds(10), "main");
    put("main/r10", Duration.ofSeconds(10), "main");
    TargetKey check = new TargetKey("polling", "checks", "main/r1", Optional.of("disk"));
    index.put(target(check, new Timing.Every(Duration.ofSeconds(60)), "main"));

    assertThat(index.ofResource("main/r1"))
        .extracting(target -> target.key().plugin())
        .containsExactly("checks", "interfaces");
    assertThat(index.ofPlugin("interfaces")).hasSize(2);
  }

  @Test
  void tellsByTheSignatureWhetherAPluginIsAsBefore() {
    put("r1", Duration.ofSeconds(10), "main");
    Map<String, String> one = index.signatures();
    put("r2", Duration.ofSeconds(10), "main");
    Map<String, String> two = index.signatures();
    put("r2", Duration.ofSeconds(20), "main");
    Map<String, String> changed = index.signatures();
    index.remove(TargetKey.of("polling", "interfaces", "r2"));

    assertThat(two).isEqualTo(one).containsOnlyKeys("interfaces");
    assertThat(changed).isNotEqualTo(one);
    assertThat(index.signatures()).isEqualTo(one);
  }

  @Test
  void knowsItsZonesAndItsRate() {
    put("r1", Duration.ofSeconds(10), "main");
    put("r2", Duration.ofSeconds(5), "far");
    assertThat(index.zones()).containsExactlyInAnyOrder("main", "far");
    assertThat(index.ratePerSecond()).isCloseTo(0.3, within(1e-9));

    index.remove(TargetKey.of("polling", "interfaces", "r2"));

    assertThat(index.zones()).containsExactly("main");
    assertThat(index.ratePerSecond()).isCloseTo(0.1, within(1e-9));
  }

  private Target put(String resource, Duration interval, String zone) {
    Target target =
        target(TargetKey.of("polling", "interfaces", resource), new Timing.Every(interval), zone);
    index.put(target);
    return target;
  }

  static Target target(TargetKey key, Timing timing, String zone) {
    return new Target(key, "hash", 1, zone, timing, Duration.ofMillis(500));
  }
}
