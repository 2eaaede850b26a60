package io.argos.deploy.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads what partitions got since some time, to the end that they have now. */
public final class RecentRecords {
  private static final Duration POLL = Duration.ofMillis(200);

  private RecentRecords() {}

  /**
   * Reads them.
   *
   * @param most records of each partition that are read at most, the latest ones
   * @return whether all since that time were read
   */
  public static boolean read(
      Consumer<byte[], byte[]> consumer,
      Collection<TopicPartition> partitions,
      Instant since,
      long most,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    // Before it is asked anything of them: the client warns of answers about partitions that are
    // not its own.
    consumer.assign(partitions);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    Map<TopicPartition, Long> begins = new HashMap<>();
    consumer
        .offsetsForTimes(times)
        .forEach((partition, begin) -> {
          // Without a record since then there is nothing to read.
          if (begin != null) {
            begins.put(partition, begin.offset());
          }
        });
    ends.keySet().retainAll(begins.keySet());
    consumer.assign(begins.keySet());
    boolean all = true;
    for (Map.Entry<TopicPartition, Long> begin : begins.entrySet()) {
      long first = ends.getOrDefault(begin.getKey(), begin.getValue()) - most;
      all &= first <= begin.getValue();
      consumer.seek(begin.getKey(), Math.max(begin.getValue(), first));
    }
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(sink);
    }
    return all;
  }
}
