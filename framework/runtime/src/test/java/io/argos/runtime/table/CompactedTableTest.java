package io.argos.runtime.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.schemas.Epoch;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.ResourcePartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On Kafka's own in-memory consumer; against a broker see {@code CompactedTableIT}. */
class CompactedTableTest {

  private static final String TOPIC = "t";
  private static final int PARTITIONS = 2;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final LocalSchemas schemas = new LocalSchemas();
  private final RecordWriter<Epoch> writer = new RecordWriter<>(schemas, TOPIC, Epoch.class);
  private final List<String> poison = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Map<Integer, Long> written = new HashMap<>();
  private final List<ConsumerRecord<byte[], byte[]>> backlog = new ArrayList<>();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final CompactedTable<Epoch> table =
      new CompactedTable<>(
          TOPIC,
          "test",
          () -> consumer,
          new RecordReader<>(schemas, Epoch.class),
          (record, reason) -> poison.add(record.offset() + " " + reason));

  CompactedTableTest() {
    List<PartitionInfo> partitions = new ArrayList<>();
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    for (int number = 0; number < PARTITIONS; number++) {
      partitions.add(new PartitionInfo(TOPIC, number, Node.noNode(), new Node[0], new Node[0]));
      beginnings.put(new TopicPartition(TOPIC, number), 0L);
    }
    consumer.updatePartitions(TOPIC, partitions);
    consumer.updateBeginningOffsets(beginnings);
    consumer.updateEndOffsets(beginnings);
    table.listen(
        new TableListener<>() {
          @Override
          public void changed(
              String key, Optional<Epoch> before, Optional<Epoch> after, TableEntry.Place place) {
            heard.add(key + " " + numberOf(before) + "->" + numberOf(after));
          }

          @Override
          public void dropped(int partition) {
            heard.add("dropped " + partition);
          }
        });
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void holdsTheLastValueOfEachKeyAndForgetsDeletedOnes() throws InterruptedException {
    put("a", 1);
    put("b", 1);
    put("a", 2);
    delete("b");
    start();

    assertThat(table.awaitCaughtUp(LONG)).isTrue();

    assertThat(table.find("a")).map(Epoch::getEpoch).contains(2L);
    assertThat(table.find("b")).isEmpty();
    assertThat(table.size()).isEqualTo(1);
    assertThat(heard).contains("a -->1", "a 1->2", "b -->1", "b 1->-");
  }

  @Test
  void keepsTheFormerValueWhenTheNextIsUnreadable() throws InterruptedException {
    put("a", 1);
    add("a", new byte[] {9, 9});
    add("a", new byte[] {0, 0, 0, 0, 77});
    start();

    assertThat(table.awaitCaughtUp(LONG)).isTrue();

    assertThat(table.find("a")).map(Epoch::getEpoch).contains(1L);
    assertThat(poison).hasSize(2).anyMatch(line -> line.contains("schema id"));
  }

  @Test
  void refusesRecordsOnAPartitionThatIsNotTheirs() throws InterruptedException {
    int wrong = 1 - ResourcePartitioner.partitionOf("a", PARTITIONS);
    addAt(wrong, "a", writer.write(epoch(1)));
    start();

    assertThat(table.awaitCaughtUp(LONG)).isTrue();

    assertThat(table.size()).isZero();
    assertThat(poison).singleElement().asString().contains("belongs to partition");
  }

  @Test
  void scansKeysWithAPrefixInOrder() throws InterruptedException {
    put("r1|x", 1);
    put("r1|a", 2);
    put("r10|a", 3);
    put("r2", 4);
    start();

    assertThat(table.awaitCaughtUp(LONG)).isTrue();

    assertThat(table.scan("r1|")).extracting(TableEntry::key).containsExactly("r1|a", "r1|x");
    assertThat(table.scan("")).hasSize(4);
  }

  @Test
  void forgetsTheRowsOfPartitionsItNoLongerHolds() throws InterruptedException {
    String inZero = keyIn(0);
    String inOne = keyIn(1);
    put(inZero, 1);
    put(inOne, 1);
    start();
    assertThat(table.awaitCaughtUp(LONG)).isTrue();

    table.assign(Set.of(1));

    await().until(() -> heard.contains("dropped 0"));
    assertThat(table.find(inZero)).isEmpty();
    assertThat(table.find(inOne)).isPresent();
    assertThat(table.caughtUp(0)).isFalse();
    assertThat(table.caughtUp(1)).isTrue();
  }

  @Test
  void aFailingListenerDoesNotStopTheTable() throws InterruptedException {
    table.listen((_, _, _, _) -> {
      throw new IllegalStateException("as planned");
    });
    put("a", 1);
    put("b", 2);
    start();

    assertThat(table.awaitCaughtUp(LONG)).isTrue();

    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void isNotCaughtUpBeforeItKnowsItsPartitions() throws InterruptedException {
    table.start();

    assertThat(table.caughtUp()).isFalse();
    assertThat(table.awaitCaughtUp(Duration.ofMillis(20))).isFalse();
  }

  private void start() {
    // The mock takes records only once the partitions are assigned.
    written.forEach((partition, end) ->
        consumer.updateEndOffsets(Map.of(new TopicPartition(TOPIC, partition), end)));
    consumer.schedulePollTask(() -> backlog.forEach(consumer::addRecord));
    table.assignAll();
    table.start();
  }

  private void put(String key, long epoch) {
    add(key, writer.write(epoch(epoch)));
  }

  private void delete(String key) {
    add(key, null);
  }

  private void add(String key, byte @Nullable [] value) {
    addAt(ResourcePartitioner.partitionOf(key, PARTITIONS), key, value);
  }

  private void addAt(int partition, String key, byte @Nullable [] value) {
    long offset = written.merge(partition, 1L, Long::sum) - 1;
    backlog.add(
        new ConsumerRecord<>(
            TOPIC, partition, offset, key.getBytes(StandardCharsets.UTF_8), value));
  }

  private static String keyIn(int partition) {
    int n = 0;
    while (ResourcePartitioner.partitionOf("k" + n, PARTITIONS) != partition) {
      n++;
    }
    return "k" + n;
  }

  private static Epoch epoch(long number) {
    return Epoch.newBuilder()
        .setStage("polling")
        .setEpoch(number)
        .setLeader("one")
        .setAt(Instant.EPOCH)
        .build();
  }

  private static String numberOf(Optional<Epoch> epoch) {
    return epoch.map(value -> Long.toString(value.getEpoch())).orElse("-");
  }
}
