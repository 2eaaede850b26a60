package io.argos.manager.stream;

import io.argos.schemas.topic.ResourcePartitioner;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Puts what a topology writes into the partition of its resource, as every other writer does. */
final class ByResource implements StreamPartitioner<byte[], byte[]> {
  @Override
  public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
    return Optional.of(Set.of(ResourcePartitioner.partitionOf(key, partitions)));
  }
}
