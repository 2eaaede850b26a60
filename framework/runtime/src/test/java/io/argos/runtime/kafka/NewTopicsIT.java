package io.argos.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.argos.servers.EmbeddedKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewTopicsIT {
  private static final int PARTITIONS = 500;

  @TempDir Path folder;

  @Test
  void canBeWrittenToAtOnce() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
        // One that does not try again finds every leader that does not know yet.
        Producer<byte[], byte[]> once =
            new KafkaProducer<>(
                Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    broker.bootstrap(),
                    ProducerConfig.RETRIES_CONFIG,
                    0,
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    false),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      NewTopics.create(admin, List.of(new NewTopic("wide", PARTITIONS, (short) 1)));

      List<Future<?>> sent = new ArrayList<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        sent.add(once.send(new ProducerRecord<>("wide", partition, null, new byte[1])));
      }
      for (Future<?> one : sent) {
        assertThatCode(one::get).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void isAwaitedWhileTheBrokerAskedDoesNotKnowOfIt() throws Exception {
    var later = List.of(new NewTopic("later", 3, (short) 1));
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        Admin waiting = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
        Admin making = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> served =
          threads.submit(() -> {
            NewTopics.awaitServed(waiting, later);
            return null;
          });
      await().until(() -> answers(waiting) > 3);
      assertThat(served).isNotDone();

      making.createTopics(later).all().get();

      assertThatCode(served::get).doesNotThrowAnyException();
    }
  }

  private static double answers(Admin admin) {
    return admin.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("response-total"))
        .filter(metric -> metric.metricName().group().equals("admin-client-metrics"))
        .mapToDouble(metric -> (double) metric.metricValue())
        .sum();
  }
}
