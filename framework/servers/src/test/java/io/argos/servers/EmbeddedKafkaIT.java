package io.argos.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  @TempDir Path folder;

  @Test
  void keepsTopicsAndRecordsThroughARestart() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder)) {
      try (Admin admin = admin(kafka)) {
        admin.createTopics(List.of(new NewTopic("readings", 3, (short) -1))).all().get();
      }
      try (var producer =
          new KafkaProducer<>(
              Map.<String, Object>of(
                  "bootstrap.servers", kafka.bootstrap(), "transactional.id", "test"),
              new StringSerializer(),
              new StringSerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("readings", 2, "r1", "42"));
        producer.commitTransaction();
      }
    }
    long begun = System.nanoTime();

    try (var kafka = EmbeddedKafka.start(folder);
        Admin admin = admin(kafka);
        var consumer =
            new KafkaConsumer<>(
                Map.<String, Object>of(
                    "bootstrap.servers", kafka.bootstrap(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
      var partition = new TopicPartition("readings", 2);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(10));

      assertThat(records).extracting(r -> r.value()).containsExactly("42");
      assertThat(
              admin
                  .describeTopics(List.of("readings"))
                  .allTopicNames()
                  .get()
                  .get("readings")
                  .partitions())
          .hasSize(3);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void makesNoTopicByAccident() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder);
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of(
                    "bootstrap.servers", kafka.bootstrap(), "max.block.ms", 1_000),
                new StringSerializer(),
                new StringSerializer());
        Admin admin = admin(kafka)) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("absent", "x")).get())
          .isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> admin.describeTopics(List.of("absent")).allTopicNames().get())
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void takesPropertiesOfTheCaller() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder, 0, Map.of("log.cleaner.backoff.ms", "123"));
        Admin admin = admin(kafka)) {
      var resource = new ConfigResource(ConfigResource.Type.BROKER, "1");

      assertThat(
              admin
                  .describeConfigs(List.of(resource))
                  .all()
                  .get()
                  .get(resource)
                  .get("log.cleaner.backoff.ms")
                  .value())
          .isEqualTo("123");
    }
  }

  @Test
  void tellsTheClientsOfAListenerWhatItAdvertises() throws Exception {
    int told = Ports.claim(0, "Kafka", "servers.kafka-port");
    var direct = EmbeddedKafka.Listener.plain(Ports.claim(0, "Kafka", "servers.kafka-port"));
    var proxied =
        new EmbeddedKafka.Listener(
            "PROXIED",
            "PLAINTEXT",
            Ports.claim(0, "Kafka", "servers.kafka-port"),
            Optional.of("localhost:" + told));

    try (var kafka = EmbeddedKafka.start(folder, List.of(direct, proxied), Map.of());
        Admin ofDirect = admin(kafka);
        Admin ofProxied =
            Admin.create(
                Map.of(
                    "bootstrap.servers",
                    Ports.LOOPBACK + ":" + proxied.port(),
                    // Closing it waits for every call that is still under way.
                    "default.api.timeout.ms",
                    1_000,
                    "request.timeout.ms",
                    1_000))) {
      assertThat(kafka.port()).isEqualTo(direct.port());
      assertThat(ofDirect.describeCluster().nodes().get())
          .extracting(Node::port)
          .containsExactly(direct.port());
      assertThatThrownBy(() -> ofProxied.listTopics().names().get())
          .as("it turns to where nobody listens")
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK))) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> EmbeddedKafka.start(folder, port, Map.of()))
          .isInstanceOf(ServerStartException.class)
          .hasMessageStartingWith("Port " + port + " for Kafka cannot be had")
          .hasMessageContaining("servers.kafka-port");
    }
  }

  private static Admin admin(EmbeddedKafka kafka) {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
  }
}
