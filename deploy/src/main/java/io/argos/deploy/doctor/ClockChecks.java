package io.argos.deploy.doctor;

import io.argos.schemas.Heartbeat;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far clocks are apart, by the heartbeats: each holds its writer's time and is dated by the
 * broker, and one that arrives while we listen tells of this machine. Nothing is written.
 */
final class ClockChecks {
  private static final String GROUP = "clocks";
  private static final String HERE = "this machine";
  private static final Duration WARN = Duration.ofSeconds(2);

  /** Instances beat every five seconds, and a check has no longer. */
  private static final Duration LISTEN = Duration.ofMillis(4_200);

  private static final long LATEST = 200;

  private final Links links;

  ClockChecks(Links links) {
    this.links = links;
  }

  List<Check> all() {
    return List.of(new Check(GROUP, "clocks", Set.of("kafka", "registry"), this::look));
  }

  private List<Result> look() {
    long end = System.nanoTime() + LISTEN.toNanos();
    Map<String, Duration> ahead = new TreeMap<>();
    List<Result> results = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = links.consumer()) {
      String topic = links.topics().heartbeats();
      if (!consumer.listTopics().containsKey(topic)) {
        return List.of(Result.warn(GROUP, HERE, "cannot be told before the topics are there"));
      }
      var reader = new RecordReader<>(links.registry(), Heartbeat.class);
      TopicPartition place = new TopicPartition(topic, 0);
      consumer.assign(List.of(place));
      long last = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
      consumer.seek(place, Math.max(0, last - LATEST));
      boolean heard = false;
      while (!heard && System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (!(reader.read(record.value()) instanceof Decoded.Value<Heartbeat>(var beat))) {
            continue;
          }
          Instant appended = Instant.ofEpochMilli(record.timestamp());
          ahead.put(beat.getInstance(), Duration.between(appended, beat.getAt()));
          if (record.offset() >= last && !heard) {
            heard = true;
            results.add(
                judge(
                    HERE,
                    Duration.between(appended, InstantSource.system().instant()),
                    links.config().agent().clockSkew()));
          }
        }
      }
      if (!heard) {
        results.add(
            Result.warn(
                GROUP, HERE, "cannot be told: no heartbeat arrived while it was looked at"));
      }
    }
    ahead.forEach(
        (instance, by) -> results.add(judge(instance, by, links.config().agent().clockSkew())));
    return results;
  }

  /**
   * One clock.
   *
   * @param ahead how far it is ahead of the broker's
   * @param limit from which on an agent takes no jobs
   */
  static Result judge(String whose, Duration ahead, Duration limit) {
    String text =
        String.format(
            Locale.ROOT,
            "%.1f s %s the broker's clock",
            ahead.abs().toMillis() / 1_000.0,
            ahead.isNegative() ? "behind" : "ahead of");
    if (ahead.abs().compareTo(limit) > 0) {
      return Result.fail(GROUP, whose, text + ": its agents take no jobs; set it right");
    }
    return ahead.abs().compareTo(WARN) > 0
        ? Result.warn(GROUP, whose, text + ": slots are wall-clock time; set it right")
        : Result.ok(GROUP, whose, text);
  }
}
