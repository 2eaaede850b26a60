package io.argos.runtime.schedule;

import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The targets of one interval, ordered by their offset in it. Not safe for use by many threads. */
final class OffsetRing {

  /** A place in the ring; targets of equal offset stand in the order of their keys. */
  private record Place(long offset, TargetKey key) {}

  /** No target has this key: it stands before all that share an offset. */
  private static final TargetKey FIRST = TargetKey.of("\0", "\0", "\0");

  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::offset).thenComparing(Place::key);

  private final long interval;
  private final NavigableMap<Place, Target> targets = new TreeMap<>(ORDER);

  OffsetRing(long intervalMillis) {
    this.interval = intervalMillis;
  }

  int size() {
    return targets.size();
  }

  void put(long offset, Target target) {
    targets.put(new Place(offset, target.key()), target);
  }

  /** Removes a target; true when none is left. */
  boolean removeAndTell(long offset, TargetKey key) {
    targets.remove(new Place(offset, key));
    return targets.isEmpty();
  }

  /** The slots due after {@code from} up to and including {@code to}, in order. */
  void due(long from, long to, Consumer<Due> each) {
    for (long start = Math.floorDiv(from + 1, interval) * interval;
        start <= to;
        start += interval) {
      long low = Math.max(0, from + 1 - start);
      long high = Math.min(interval, to + 1 - start);
      long turn = start;
      targets
          .subMap(new Place(low, FIRST), new Place(high, FIRST))
          .forEach((place, target) ->
              each.accept(new Due(target, turn + place.offset, turn + place.offset + interval)));
    }
  }
}
