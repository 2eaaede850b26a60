package io.argos.deploy.explain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
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
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times);
    // Without a record since then there is nothing to read.
    List<TopicPartition> read =
        partitions.stream().filter(partition -> begins.get(partition) != null).toList();
    consumer.assign(read);
    boolean all = true;
    for (TopicPartition partition : read) {
      long begin = begins.get(partition).offset();
      long first = ends.getOrDefault(partition, begin) - most;
      all &= first <= begin;
      consumer.seek(partition, Math.max(begin, first));
    }
    while (read.stream()
        .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
      consumer.poll(POLL).forEach(sink);
    }
    return all;
  }
}
