package io.argos.runtime.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.KafkaConfig;
import io.argos.config.TlsConfig;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.kafka.NewTopics;
import io.argos.schemas.Epoch;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.ResourcePartitioner;
import io.argos.servers.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table on a real broker: transactions, poison, a restart of the broker. */
class CompactedTableIT {

  private static final String TOPIC = "table";
  private static final Duration LONG = Duration.ofSeconds(30);

  private final LocalSchemas schemas = new LocalSchemas();
  private final RecordWriter<Epoch> writer = new RecordWriter<>(schemas, TOPIC, Epoch.class);
  private final List<String> poison = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  @Test
  void holdsWhatIsCommittedAndOutlivesTheBroker() throws Exception {
    EmbeddedKafka broker = EmbeddedKafka.start(folder);
    KafkaClients clients = clients(broker);
    try (Admin admin = clients.admin()) {
      NewTopics.create(admin, List.of(new NewTopic(TOPIC, 3, (short) 1)));
    }
    try (Producer<byte[], byte[]> producer =
            clients.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "writer"));
        CompactedTable<Epoch> table =
            new CompactedTable<>(
                TOPIC,
                "test",
                clients::consumer,
                new RecordReader<>(schemas, Epoch.class),
                (record, reason) -> poison.add(reason))) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int n = 0; n < 500; n++) {
        producer.send(record("r" + n, writer.write(epoch(n))));
      }
      producer.send(record("r7", null));
      producer.send(record("r8", new byte[] {1, 2, 3}));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(record("r9", writer.write(epoch(-1))));
      producer.abortTransaction();

      table.assignAll();
      table.start();

      assertThat(table.awaitCaughtUp(LONG)).isTrue();
      assertThat(table.size()).isEqualTo(499);
      assertThat(table.find("r7")).isEmpty();
      assertThat(table.find("r8")).map(Epoch::getEpoch).contains(8L);
      assertThat(table.find("r9")).map(Epoch::getEpoch).contains(9L);
      assertThat(poison).hasSize(1);

      broker.close();
      broker = EmbeddedKafka.start(folder, broker.port(), Map.of());
      producer.beginTransaction();
      producer.send(record("r9", writer.write(epoch(10))));
      producer.commitTransaction();

      await()
          .atMost(LONG)
          .until(() -> table.find("r9").map(Epoch::getEpoch).equals(Optional.of(10L)));
      assertThat(table.refresh(LONG)).isTrue();

      table.assign(Set.of());
      await().atMost(LONG).until(() -> table.size() == 0);
      table.assign(Set.of(0, 1, 2));
      assertThat(table.awaitCaughtUp(LONG)).isTrue();
      assertThat(table.size()).isEqualTo(499);
    } finally {
      broker.close();
    }
  }

  @Test
  void readsNothingAgainOfThePartitionsItKeeps() throws Exception {
    EmbeddedKafka broker = EmbeddedKafka.start(folder);
    KafkaClients clients = clients(broker);
    try (Admin admin = clients.admin()) {
      NewTopics.create(admin, List.of(new NewTopic(TOPIC, 2, (short) 1)));
    }
    String kept = keyIn(0);
    List<String> heard = new CopyOnWriteArrayList<>();
    try (Producer<byte[], byte[]> producer = clients.producer();
        CompactedTable<Epoch> table =
            new CompactedTable<>(
                TOPIC,
                "test",
                clients::consumer,
                new RecordReader<>(schemas, Epoch.class),
                (record, reason) -> poison.add(reason))) {
      table.listen((key, _, after, _) ->
          heard.add(key + after.map(epoch -> " " + epoch.getEpoch()).orElse(" gone")));
      producer.send(record(kept, writer.write(epoch(1))));
      producer.send(record(kept, writer.write(epoch(2)))).get();
      table.assign(Set.of(0, 1));
      table.start();
      assertThat(table.awaitCaughtUp(LONG)).isTrue();

      table.assign(Set.of(0));
      assertThat(table.refresh(LONG)).isTrue();
      producer.send(record(kept, writer.write(epoch(3)))).get();
      assertThat(table.refresh(LONG)).isTrue();

      assertThat(heard).containsExactly(kept + " 1", kept + " 2", kept + " 3");
      assertThat(poison).isEmpty();
    } finally {
      broker.close();
    }
  }

  @Test
  void closesAtOnceAlsoWhileTheBrokerHoldsAFetchBack() throws Exception {
    EmbeddedKafka broker = EmbeddedKafka.start(folder);
    KafkaClients clients = clients(broker);
    try (Admin admin = clients.admin()) {
      NewTopics.create(admin, List.of(new NewTopic(TOPIC, 1, (short) 1)));
    }
    CompactedTable<Epoch> table =
        new CompactedTable<>(
            TOPIC,
            "test",
            () -> clients.consumer(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 8_000)),
            new RecordReader<>(schemas, Epoch.class),
            (record, reason) -> poison.add(reason));
    try {
      table.assignAll();
      table.start();
      assertThat(table.awaitCaughtUp(LONG)).isTrue();

      long began = System.nanoTime();
      table.close();
      Duration waited = Duration.ofNanos(System.nanoTime() - began);

      // Far below the fetch, and below the bound of the close itself.
      assertThat(waited).isLessThan(Duration.ofSeconds(4));
    } finally {
      table.close();
      broker.close();
    }
  }

  private static String keyIn(int partition) {
    int n = 0;
    while (ResourcePartitioner.partitionOf("k" + n, 2) != partition) {
      n++;
    }
    return "k" + n;
  }

  private static ProducerRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
    return new ProducerRecord<>(TOPIC, key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static Epoch epoch(long number) {
    return Epoch.newBuilder()
        .setStage("polling")
        .setEpoch(number)
        .setLeader("one")
        .setAt(Instant.EPOCH)
        .build();
  }

  private static KafkaClients clients(EmbeddedKafka broker) {
    return new KafkaClients(
        new KafkaConfig(
            List.of(broker.bootstrap()),
            new TlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), true),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(6),
            Duration.ofSeconds(30),
            Map.of()),
        "test");
  }
}
