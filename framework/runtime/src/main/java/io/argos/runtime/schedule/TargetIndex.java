package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All targets of a stage, ordered by where their slots are, so that asking for the slots of a short
 * time costs in proportion to those slots and not to the targets. Safe for use by any thread.
 */
final class TargetIndex {

  /** A target with its slots. */
  private record Entry(Target target, SlotTimes slots) {}

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final TreeMap<TargetKey, Entry> entries = new TreeMap<>();

  /** Targets at intervals, by interval in milliseconds. */
  @GuardedBy("lock")
  private final Map<Long, OffsetRing> rings = new HashMap<>();

  /** Targets at cron times, by timing. */
  @GuardedBy("lock")
  private final Map<Timing.Cron, CronClass> crons = new HashMap<>();

  @GuardedBy("lock")
  private final Signatures signatures = new Signatures();

  @GuardedBy("lock")
  private final ZoneLoads loads = new ZoneLoads();

  /** Puts a target; answers the one it replaces. */
  Optional<Target> put(Target target) {
    synchronized (lock) {
      Entry former = entries.get(target.key());
      if (former != null && former.target.equals(target)) {
        return Optional.of(target);
      }
      if (former != null) {
        unlink(former);
      }
      SlotTimes slots =
          former != null && former.target.timing().equals(target.timing())
              ? former.slots
              : slotsOf(target);
      Entry entry = new Entry(target, slots);
      entries.put(target.key(), entry);
      link(entry);
      return Optional.ofNullable(former).map(Entry::target);
    }
  }

  /** Removes a target; answers it if there was one. */
  Optional<Target> remove(TargetKey key) {
    synchronized (lock) {
      Entry former = entries.remove(key);
      if (former == null) {
        return Optional.empty();
      }
      unlink(former);
      return Optional.of(former.target);
    }
  }

  Optional<Target> find(TargetKey key) {
    synchronized (lock) {
      return Optional.ofNullable(entries.get(key)).map(Entry::target);
    }
  }

  /** All targets of a resource. */
  List<Target> ofResource(String resourceId) {
    synchronized (lock) {
      List<Target> found = new ArrayList<>();
      // A key orders by resource, then plugin; this one stands before all of the resource.
      TargetKey first = TargetKey.of("\0", "\0", resourceId);
      for (Map.Entry<TargetKey, Entry> entry : entries.tailMap(first).entrySet()) {
        if (!entry.getKey().resourceId().equals(resourceId)) {
          break;
        }
        found.add(entry.getValue().target);
      }
      return found;
    }
  }

  /** All targets of a plugin. */
  List<Target> ofPlugin(String plugin) {
    synchronized (lock) {
      return entries.values().stream()
          .map(Entry::target)
          .filter(target -> target.key().plugin().equals(plugin))
          .toList();
    }
  }

  int size() {
    synchronized (lock) {
      return entries.size();
    }
  }

  /** The zones that have targets. */
  Set<String> zones() {
    synchronized (lock) {
      return loads.zones();
    }
  }

  /** Slots that are due per second on average, by zone. Cron targets are too few to count. */
  Map<String, Double> ratesPerSecond() {
    synchronized (lock) {
      return loads.ratesPerSecond();
    }
  }

  /** The same of all zones together. */
  double ratePerSecond() {
    return ratesPerSecond().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Hash of timings and configurations in force, by plugin. */
  Map<String, String> signatures() {
    synchronized (lock) {
      return signatures.byPlugin();
    }
  }

  /**
   * The slots due after {@code from} up to and including {@code to}, those of one timing in order.
   */
  List<Due> due(long from, long to) {
    List<Due> due = new ArrayList<>();
    if (to <= from) {
      return due;
    }
    synchronized (lock) {
      for (OffsetRing ring : rings.values()) {
        ring.due(from, to, due::add);
      }
      for (CronClass cron : crons.values()) {
        cron.due(from, to, due::add);
      }
    }
    return due;
  }

  /** The slots of one target due after {@code from} up to and including {@code to}. */
  List<Due> due(TargetKey key, long from, long to) {
    Entry entry = entry(key);
    List<Due> due = new ArrayList<>();
    if (entry == null) {
      return due;
    }
    for (long at = entry.slots.next(from); at <= to && at != SlotTimes.NEVER; ) {
      long next = entry.slots.next(at);
      due.add(new Due(entry.target, at, next));
      at = next;
    }
    return due;
  }

  /** The first slot of a target after a time; {@link SlotTimes#NEVER} when there is none. */
  long next(TargetKey key, long time) {
    Entry entry = entry(key);
    return entry == null ? SlotTimes.NEVER : entry.slots.next(time);
  }

  /** The last slot of a target at or before a time; {@link SlotTimes#NONE_BEFORE} without one. */
  long previous(TargetKey key, long time) {
    Entry entry = entry(key);
    return entry == null ? SlotTimes.NONE_BEFORE : entry.slots.previous(time);
  }

  /**
   * For each target with slots due after {@code from} up to and including {@code to}: the newest of
   * them, and the range of those before it. This looks at every target.
   */
  void latest(long from, long to, Consumer<Due> newest, Consumer<MissedRange> older) {
    List<Entry> all;
    synchronized (lock) {
      all = List.copyOf(entries.values());
    }
    for (Entry entry : all) {
      long last = entry.slots.previous(to);
      if (last == SlotTimes.NONE_BEFORE || last <= from) {
        continue;
      }
      newest.accept(new Due(entry.target, last, entry.slots.next(last)));
      if (entry.slots.next(from) < last) {
        older.accept(new MissedRange(entry.target, from, last - 1));
      }
    }
  }

  private @Nullable Entry entry(TargetKey key) {
    synchronized (lock) {
      return entries.get(key);
    }
  }

  @GuardedBy("lock")
  private SlotTimes slotsOf(Target target) {
    return switch (target.timing()) {
      case Timing.Every every -> every.slotsOf(target.key());
      case Timing.Cron cron -> crons.computeIfAbsent(cron, CronClass::new).slots();
    };
  }

  @GuardedBy("lock")
  private void link(Entry entry) {
    Target target = entry.target;
    signatures.add(target);
    loads.add(target);
    switch (entry.slots) {
      case Slots slots ->
          rings
              .computeIfAbsent(slots.intervalMillis(), OffsetRing::new)
              .put(slots.offsetMillis(), target);
      default -> crons.computeIfAbsent((Timing.Cron) target.timing(), CronClass::new).put(target);
    }
  }

  @GuardedBy("lock")
  private void unlink(Entry entry) {
    Target target = entry.target;
    signatures.remove(target);
    loads.remove(target);
    switch (entry.slots) {
      case Slots slots -> {
        OffsetRing ring = rings.get(slots.intervalMillis());
        if (ring != null && ring.removeAndTell(slots.offsetMillis(), target.key())) {
          rings.remove(slots.intervalMillis());
        }
      }
      default -> {
        Timing.Cron timing = (Timing.Cron) target.timing();
        CronClass cron = crons.get(timing);
        if (cron != null && cron.removeAndTell(target.key())) {
          crons.remove(timing);
        }
      }
    }
  }
}
