package io.argos.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Puts every record about a resource into the partition of that resource: murmur2 of the key up to
 * its first {@code |}. For a plain resource id that is the partition which Kafka's own default
 * gives. A record without a key goes to partition 0.
 */
public final class ResourcePartitioner implements Partitioner {

  /** Partition of a key among so many. */
  public static int partitionOf(String key, int partitions) {
    return partitionOf(key.getBytes(StandardCharsets.UTF_8), partitions);
  }

  /** Partition of a UTF-8 key among so many. */
  public static int partitionOf(byte[] key, int partitions) {
    int end = 0;
    while (end < key.length && key[end] != '|') {
      end++;
    }
    byte[] stem = end == key.length ? key : java.util.Arrays.copyOf(key, end);
    return Utils.toPositive(Utils.murmur2(stem)) % partitions;
  }

  @Override
  public int partition(
      String topic,
      @Nullable Object key,
      byte @Nullable [] keyBytes,
      @Nullable Object value,
      byte @Nullable [] valueBytes,
      Cluster cluster) {
    Integer known = cluster.partitionCountForTopic(topic);
    int partitions = known == null ? 1 : known;
    return keyBytes == null ? 0 : partitionOf(keyBytes, partitions);
  }

  @Override
  public void close() {}

  @Override
  public void configure(Map<String, ?> configs) {}
}
