package io.argos.runtime.schedule;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many targets each zone has, by their interval, and so how many slots are due in it each
 * second. Not safe for use by many threads.
 */
final class ZoneLoads {

  /** Cron targets are too few and far between to count. */
  private static final long NO_INTERVAL = 0;

  /** Number of targets by zone and by interval in milliseconds. */
  private final Map<String, Map<Long, Integer>> counts = new HashMap<>();

  void add(Target target) {
    counts
        .computeIfAbsent(target.zone(), _ -> new HashMap<>())
        .merge(interval(target), 1, Integer::sum);
  }

  void remove(Target target) {
    Map<Long, Integer> ofZone = counts.get(target.zone());
    if (ofZone != null) {
      ofZone.computeIfPresent(interval(target), (_, count) -> count == 1 ? null : count - 1);
      if (ofZone.isEmpty()) {
        counts.remove(target.zone());
      }
    }
  }

  Set<String> zones() {
    return Set.copyOf(counts.keySet());
  }

  /** Slots due per second on average, by zone. */
  Map<String, Double> ratesPerSecond() {
    Map<String, Double> rates = new HashMap<>();
    counts.forEach((zone, ofZone) -> {
      double rate = 0;
      for (Map.Entry<Long, Integer> entry : ofZone.entrySet()) {
        if (entry.getKey() != NO_INTERVAL) {
          rate += entry.getValue() * 1_000.0 / entry.getKey();
        }
      }
      rates.put(zone, rate);
    });
    return rates;
  }

  private static long interval(Target target) {
    return switch (target.timing()) {
      case Timing.Every(var interval) -> interval.toMillis();
      case Timing.Cron _ -> NO_INTERVAL;
    };
  }
}
