package io.argos.runtime.agent;

import static java.util.stream.Collectors.toMap;

import io.argos.schemas.Outcome;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** A consumer of the outcomes of former agents, all of which are in partition 0. */
final class FormerAgents extends MockConsumer<byte[], byte[]> {
  private final List<Outcome> past;
  private final RecordWriter<Outcome> writer;

  /**
   * A consumer.
   *
   * @param past the outcomes, in the order in which they were written
   */
  FormerAgents(List<Outcome> past, LocalSchemas schemas, String topic) {
    super("earliest");
    this.past = past;
    this.writer = new RecordWriter<>(schemas, topic, Outcome.class);
  }

  @Override
  public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> since, Duration timeout) {
    Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
    since.forEach((at, time) -> {
      for (int offset = past.size() - 1; offset >= 0 && at.partition() == 0; offset--) {
        if (endOf(past.get(offset)) >= time) {
          found.put(at, new OffsetAndTimestamp(offset, endOf(past.get(offset))));
        }
      }
    });
    return found;
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return partitions.stream().collect(toMap(at -> at, _ -> (long) past.size()));
  }

  @Override
  public synchronized void seek(TopicPartition at, long from) {
    super.seek(at, from);
    updateBeginningOffsets(Map.of(at, 0L));
    for (long offset = from; offset < past.size(); offset++) {
      byte[] value = writer.write(past.get((int) offset));
      addRecord(new ConsumerRecord<>(at.topic(), at.partition(), offset, new byte[0], value));
    }
  }

  private static long endOf(Outcome outcome) {
    return outcome.getDueAt().plusMillis(outcome.getDurationMillis()).toEpochMilli();
  }
}
