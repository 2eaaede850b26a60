package io.argos.deploy.doctor;

import io.argos.runtime.kafka.DeadLetters;
import io.argos.schemas.topic.TopicSpec;
import io.argos.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** What could not be read within the last day. */
final class DeadLetterChecks {
  private static final String GROUP = "dead letters";
  private static final Duration DAY = Duration.ofHours(24);

  private final Links links;

  DeadLetterChecks(Links links) {
    this.links = links;
  }

  List<Check> all() {
    return List.of(new Check(GROUP, "last 24 h", Set.of("kafka"), this::look));
  }

  private List<Result> look() {
    Instant now = InstantSource.system().instant();
    List<Result> results = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = links.consumer()) {
      Set<String> existing = consumer.listTopics().keySet();
      Map<TopicPartition, Long> since = new HashMap<>();
      links.specs().stream()
          .map(TopicSpec::name)
          .filter(name -> name.endsWith(Topics.DEAD_LETTERS) && existing.contains(name))
          .forEach(name -> since.put(new TopicPartition(name, 0), now.minus(DAY).toEpochMilli()));
      if (since.isEmpty()) {
        return List.of(Result.warn(GROUP, "last 24 h", "there are no topics of dead letters yet"));
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(since.keySet());
      for (Map.Entry<TopicPartition, OffsetAndTimestamp> begin :
          consumer.offsetsForTimes(since).entrySet()) {
        if (begin.getValue() != null) {
          long end = ends.getOrDefault(begin.getKey(), 0L);
          results.add(
              judge(
                  begin.getKey().topic(),
                  end - begin.getValue().offset(),
                  reason(consumer, begin.getKey(), end)));
        }
      }
    }
    return results.isEmpty() ? List.of(Result.ok(GROUP, "last 24 h", "none")) : results;
  }

  static Result judge(String topic, long count, String reason) {
    return Result.warn(
        GROUP,
        topic,
        "%d within 24 h, the last because %s: argos topics tail %s --from-beginning --no-follow"
            .formatted(count, reason, topic));
  }

  private static String reason(Consumer<byte[], byte[]> consumer, TopicPartition place, long end) {
    consumer.assign(List.of(place));
    consumer.seek(place, Math.max(0, end - 1));
    String reason = "of what cannot be told";
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
      Header header = record.headers().lastHeader(DeadLetters.HEADER_PREFIX + "reason");
      if (header != null) {
        reason = new String(header.value(), StandardCharsets.UTF_8);
      }
    }
    return reason;
  }
}
