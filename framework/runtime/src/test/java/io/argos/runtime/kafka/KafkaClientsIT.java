package io.argos.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.KafkaConfig;
import io.argos.config.TlsConfig;
import io.argos.schemas.topic.ResourcePartitioner;
import io.argos.servers.EmbeddedKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClientsIT {
  private static final String TOPIC = "argos.polls.v1";

  @TempDir Path folder;

  @Test
  void placesByResourceHidesWhatIsNotCommittedAndBuriesTheDead() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder)) {
      var clients =
          new KafkaClients(
              new KafkaConfig(
                  List.of(kafka.bootstrap()),
                  new TlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), true),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Duration.ofSeconds(6),
                  Duration.ofMinutes(2),
                  Map.of()),
              "test");
      try (var admin = clients.admin()) {
        NewTopics.create(
            admin,
            List.of(
                new NewTopic(TOPIC, 4, (short) -1), new NewTopic(TOPIC + ".dlq", 1, (short) -1)));
      }
      try (var producer = clients.producer();
          var aborting = clients.producer(Map.of("transactional.id", "t"));
          var consumer = clients.consumer("group", Map.of("group.instance.id", "one"));
          var graves = clients.consumer("graves", Map.of())) {
        aborting.initTransactions();
        aborting.beginTransaction();
        aborting.send(record("site/r1|aborted")).get();
        aborting.abortTransaction();
        producer.send(record("site/r1|a")).get();
        producer.send(record("site/r1|b")).get();

        consumer.subscribe(List.of(TOPIC));
        List<ConsumerRecord<byte[], byte[]>> read = read(consumer, 2);

        assertThat(read)
            .extracting(r -> new String(r.key(), UTF_8))
            .containsExactly("site/r1|a", "site/r1|b");
        assertThat(read)
            .allMatch(r -> r.partition() == ResourcePartitioner.partitionOf("site/r1", 4));

        new DeadLetters(producer, new SimpleMeterRegistry(), InstantSource.system())
            .send(read.getFirst(), "test", "no reason")
            .get();
        graves.subscribe(List.of(TOPIC + ".dlq"));

        assertThat(read(graves, 1))
            .singleElement()
            .satisfies(grave -> {
              assertThat(grave.key()).isEqualTo("site/r1|a".getBytes(UTF_8));
              assertThat(grave.headers().lastHeader("argos-dlq-offset").value())
                  .isEqualTo(Long.toString(read.getFirst().offset()).getBytes(UTF_8));
            });
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String key) {
    return new ProducerRecord<>(TOPIC, key.getBytes(UTF_8), "value".getBytes(UTF_8));
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      Consumer<byte[], byte[]> consumer, int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (records.size() < count && System.nanoTime() < deadline) {
      consumer.poll(Duration.ofMillis(200)).forEach(records::add);
    }
    return records;
  }
}
