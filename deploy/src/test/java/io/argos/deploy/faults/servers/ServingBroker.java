package io.argos.deploy.faults.servers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * When a broker is there again for its clients: after a kill it listens seconds before it leads its
 * partitions.
 */
final class ServingBroker {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 50;

  private ServingBroker() {}

  /** Waits until it answers for every partition that it has. */
  static void await(String bootstrap) throws InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "default.api.timeout.ms",
                1_000,
                "request.timeout.ms",
                1_000))) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      for (String missing = missing(admin); !missing.isEmpty(); missing = missing(admin)) {
        if (System.nanoTime() - end > 0) {
          throw new IllegalStateException("the broker does not serve its partitions: " + missing);
        }
        var _ = new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static String missing(Admin admin) throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (TopicDescription topic :
          admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(partition ->
                asked.put(
                    new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
      }
      var _ = admin.listOffsets(asked).all().get();
      return "";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    }
  }
}
