package io.argos.runtime.agent;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits how far the jobs of partitions are done: the lowest offset that is not. A commit that
 * fails is dropped; the next one carries its offsets too, or the next owner runs the jobs again.
 * For the poll loop's thread alone.
 */
final class Commits {
  private static final Logger log = LoggerFactory.getLogger(Commits.class);

  private final String topic;
  private final Duration wait;
  private final Map<Integer, Long> committed = new HashMap<>();

  /**
   * Nothing is committed yet.
   *
   * @param topic topic of the jobs
   * @param wait longest wait for a commit that is waited for
   */
  Commits(String topic, Duration wait) {
    this.topic = topic;
    this.wait = wait;
  }

  /** A partition is another's, or is read anew. */
  void forget(int partition) {
    committed.remove(partition);
  }

  /** Commits what is done since the last time, without waiting. */
  void begin(Consumer<?, ?> consumer, Collection<OwnedPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = news(partitions);
    if (!offsets.isEmpty()) {
      consumer.commitAsync(
          offsets,
          (done, error) -> {
            if (error == null) {
              remember(done);
            } else {
              log.debug("commit failed topic={} why=\"{}\"", topic, error.toString());
            }
          });
    }
  }

  /** Commits what is done since the last time, and waits for it. */
  void await(Consumer<?, ?> consumer, Collection<OwnedPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = news(partitions);
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets, wait);
      remember(offsets);
    } catch (KafkaException e) {
      log.warn("commit failed topic={} why=\"{}\"", topic, e.toString());
    }
  }

  /**
   * Commits for all partitions, be it what is committed already: the group refuses that to whoever
   * is not its member.
   *
   * @throws KafkaException when it does, or does not answer
   */
  void assertMember(Consumer<?, ?> consumer, Collection<OwnedPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (OwnedPartition owned : partitions) {
      TopicPartition partition = partition(owned);
      long offset = owned.offsets().watermark().orElseGet(() -> consumer.position(partition, wait));
      offsets.put(partition, new OffsetAndMetadata(offset));
    }
    consumer.commitSync(offsets, wait);
  }

  private Map<TopicPartition, OffsetAndMetadata> news(Collection<OwnedPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (OwnedPartition owned : partitions) {
      long known = committed.getOrDefault(owned.number(), -1L);
      owned
          .offsets()
          .watermark()
          .ifPresent(offset -> {
            if (offset > known) {
              offsets.put(partition(owned), new OffsetAndMetadata(offset));
            }
          });
    }
    return offsets;
  }

  private TopicPartition partition(OwnedPartition owned) {
    return new TopicPartition(topic, owned.number());
  }

  private void remember(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> committed.merge(partition.partition(), offset.offset(), Math::max));
  }
}
