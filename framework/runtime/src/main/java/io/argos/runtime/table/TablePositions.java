package io.argos.runtime.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/** Offsets that a reader wants to reach, one per partition, and those it has still before it. */
final class TablePositions {

  private final Map<TopicPartition, Long> ahead = new HashMap<>();

  /** Wants to reach these offsets as well. */
  void aim(Map<TopicPartition, Long> goals) {
    ahead.putAll(goals);
  }

  void forget(TopicPartition partition) {
    ahead.remove(partition);
  }

  boolean aims(TopicPartition partition) {
    return ahead.containsKey(partition);
  }

  boolean done() {
    return ahead.isEmpty();
  }

  /** Takes note of how far the reader is; answers the partitions whose goal it has reached now. */
  Set<TopicPartition> reached(ToLongFunction<TopicPartition> position) {
    Set<TopicPartition> reached = new HashSet<>();
    for (Map.Entry<TopicPartition, Long> goal : ahead.entrySet()) {
      if (position.applyAsLong(goal.getKey()) >= goal.getValue()) {
        reached.add(goal.getKey());
      }
    }
    ahead.keySet().removeAll(reached);
    return reached;
  }
}
