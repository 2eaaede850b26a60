package io.argos.manager.stream;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The next deadline of each key of a task, in order of time. An index only: the stores hold them.
 */
final class Deadlines {
  /** A deadline of a key. */
  record Due(Instant at, String key) {}

  private final Map<String, Instant> byKey = new HashMap<>();
  private final TreeSet<Due> inOrder =
      new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::key));

  /** Sets the one deadline of a key, in place of any earlier. */
  void set(String key, Instant at) {
    cancel(key);
    byKey.put(key, at);
    inOrder.add(new Due(at, key));
  }

  void cancel(String key) {
    Instant at = byKey.remove(key);
    if (at != null) {
      inOrder.remove(new Due(at, key));
    }
  }

  /** Takes the earliest deadline that has been reached. */
  Optional<Due> take(Instant until) {
    if (inOrder.isEmpty() || inOrder.first().at().isAfter(until)) {
      return Optional.empty();
    }
    Due due = inOrder.removeFirst();
    byKey.remove(due.key());
    return Optional.of(due);
  }

  int size() {
    return byKey.size();
  }

  void clear() {
    byKey.clear();
    inOrder.clear();
  }
}
