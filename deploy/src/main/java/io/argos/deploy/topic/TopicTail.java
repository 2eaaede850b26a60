package io.argos.deploy.topic;

import io.argos.schemas.topic.ResourcePartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic from its beginning or from now, without a group and without leaving a trace. */
public final class TopicTail {
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * What to read.
   *
   * @param key only records with this key, or with a composite key that begins with it
   * @param keyed whether the topic is partitioned by {@link ResourcePartitioner}, so that a key
   *     names its partition
   * @param fromBeginning from the first record there is; otherwise what comes from now on
   * @param follow wait for more at the end
   * @param limit records after which it stops
   */
  public record Request(
      String topic,
      Optional<String> key,
      boolean keyed,
      boolean fromBeginning,
      boolean follow,
      OptionalLong limit) {}

  private TopicTail() {}

  /**
   * Reads until the limit, the end where it does not follow, or until the sink refuses.
   *
   * @param sink takes a record; false when it can take no more
   * @param afterBatch runs before each wait, to flush what was written
   */
  public static void read(
      Consumer<byte[], byte[]> consumer,
      Request request,
      Predicate<ConsumerRecord<byte[], byte[]>> sink,
      Runnable afterBatch) {
    var partitions = partitions(consumer, request);
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    if (request.fromBeginning()) {
      consumer.seekToBeginning(partitions);
    } else {
      ends.forEach(consumer::seek);
    }
    long left = request.limit().orElse(Long.MAX_VALUE);
    while (left > 0 && (request.follow() || !reached(consumer, ends))) {
      for (var record : consumer.poll(POLL)) {
        if (left > 0 && matches(request, record)) {
          left--;
          if (!sink.test(record)) {
            return;
          }
        }
      }
      afterBatch.run();
    }
  }

  private static List<TopicPartition> partitions(
      Consumer<byte[], byte[]> consumer, Request request) {
    int count = consumer.partitionsFor(request.topic()).size();
    if (request.keyed() && request.key().isPresent()) {
      int partition = ResourcePartitioner.partitionOf(request.key().get(), count);
      return List.of(new TopicPartition(request.topic(), partition));
    }
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(partition -> new TopicPartition(request.topic(), partition))
        .toList();
  }

  private static boolean reached(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static boolean matches(Request request, ConsumerRecord<byte[], byte[]> record) {
    if (request.key().isEmpty()) {
      return true;
    }
    if (record.key() == null) {
      return false;
    }
    var key = new String(record.key(), StandardCharsets.UTF_8);
    return key.equals(request.key().get()) || key.startsWith(request.key().get() + "|");
  }
}
