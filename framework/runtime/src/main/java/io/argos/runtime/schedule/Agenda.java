package io.argos.runtime.schedule;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The slots that are to be run: those of the targets, less those that are suspended when they are
 * due. Safe for use by any thread.
 */
final class Agenda {

  private final TargetIndex index;
  private final Suspensions suspensions;

  Agenda(TargetIndex index, Suspensions suspensions) {
    this.index = index;
    this.suspensions = suspensions;
  }

  /** The targets, whether suspended or not. */
  TargetIndex targets() {
    return index;
  }

  /** The slots due after {@code from} up to and including {@code to}. */
  List<Due> due(long from, long to) {
    return without(index.due(from, to));
  }

  /** The slots of one target due after {@code from} up to and including {@code to}. */
  List<Due> due(TargetKey key, long from, long to) {
    return without(index.due(key, from, to));
  }

  /** As {@link TargetIndex#latest}; the ranges may hold slots that are suspended. */
  void latest(long from, long to, Consumer<Due> newest, Consumer<MissedRange> older) {
    index.latest(
        from,
        to,
        due -> {
          if (!suspended(due.target().key(), due.dueAt())) {
            newest.accept(due);
          }
        },
        older);
  }

  boolean suspended(TargetKey key, long time) {
    return suspensions.covers(key.resourceId(), key.plugin(), time);
  }

  /** Number of targets that are suspended at a time. */
  long suspended(long time) {
    Set<String> resources = suspensions.resources();
    return resources.stream()
        .flatMap(resource -> index.ofResource(resource).stream())
        .filter(target -> suspended(target.key(), time))
        .count();
  }

  private List<Due> without(List<Due> slots) {
    slots.removeIf(due -> suspended(due.target().key(), due.dueAt()));
    return slots;
  }
}
