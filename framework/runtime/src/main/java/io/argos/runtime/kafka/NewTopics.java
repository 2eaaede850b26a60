package io.argos.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Topics that may be written to at once. That the controller has made a topic, and that a broker
 * names its leaders, does not mean that these know of it yet. A producer that writes meanwhile can
 * lose its first batch of a partition: it is refused, the second one is taken, and the first comes
 * out of order for ever (KAFKA-15591).
 */
public final class NewTopics {
  private static final Duration SERVED_WITHIN = Duration.ofMinutes(1);
  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private NewTopics() {}

  /** Makes topics, and returns when all their partitions are served. */
  public static void create(Admin admin, Collection<NewTopic> topics)
      throws ExecutionException, InterruptedException {
    admin.createTopics(topics).all().get();
    awaitServed(admin, topics);
  }

  /**
   * Returns when the leaders serve all partitions of topics that have been made.
   *
   * @throws ExecutionException when they do not within a minute
   */
  public static void awaitServed(Admin admin, Collection<NewTopic> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> all =
        topics.stream()
            .flatMap(topic ->
                IntStream.range(0, topic.numPartitions())
                    .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    long since = System.nanoTime();
    while (true) {
      try {
        // The client asks a leader that does not know its partition again by itself.
        admin.listOffsets(all).all().get();
        return;
      } catch (ExecutionException e) {
        // But it takes the word of a broker that does not know the topic yet, and so no leader;
        // and it gives up sooner where a broker stood still, and has lost its leaders for a while.
        if (!(e.getCause() instanceof RetriableException)
            || System.nanoTime() - since > SERVED_WITHIN.toNanos()) {
          throw e;
        }
        Thread.sleep(ASK_AGAIN);
      }
    }
  }
}
