package io.argos.runtime.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On Kafka's own in-memory consumer; against a broker see {@code CompactedTableIT}. */
class CompactedTableTest {

  /** A mock whose polls wait, like those of a real one, when there is nothing to be had. */
  private static final class PatientConsumer extends MockConsumer<byte[], byte[]> {
    private final Semaphore woken = new Semaphore(0);

    PatientConsumer() {
      super("earliest");
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = super.poll(Duration.ZERO);
      try {
        if (records.isEmpty() && woken.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
          woken.drainPermits();
          return super.poll(Duration.ZERO);
        }
        return records;
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }

    @Override
    public void wakeup() {
      super.wakeup();
      woken.release();
    }
  }

  private static final String TOPIC = "t";
  private static final int PARTITIONS = 2;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final LocalSchemas schemas = new LocalSchemas();
  private final RecordWriter<Epoch> writer = new RecordWriter<>(schemas, TOPIC, Epoch.class);
  private final List<String> poison = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Map<Integer, Long> written = new HashMap<>();
  private final List<ConsumerRecord<byte[], byte[]>> backlog = new ArrayList<>();
  private final MockConsumer<byte[], byte[]> consumer = new PatientConsumer();
  private final MockConsumer<byte[], byte[]> second = new PatientConsumer();
  private final Queue<MockConsumer<byte[], byte[]>> consumers =
      new ConcurrentLinkedQueue<>(List.of(consumer, second));
  private final CompactedTable<Epoch> table =
      new CompactedTable<>(
          TOPIC,
          "test",
          consumers::remove,
          new RecordReader<>(schemas, Epoch.class),
          (record, reason) -> poison.add(record.offset() + " " + reason));

  CompactedTableTest() {
    List<PartitionInfo> partitions = new ArrayList<>();
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    for (int number = 0; number < PARTITIONS; number++) {
      partitions.add(new PartitionInfo(TOPIC, number, Node.noNode(), new Node[0], new Node[0]));
      beginnings.put(new TopicPartition(TOPIC, number), 0L);
    }
    for (MockConsumer<byte[], byte[]> each : consumers) {
      each.updatePartitions(TOPIC, partitions);
      each.updateBeginningOffsets(beginnings);
      each.updateEndOffsets(beginnings);
    }
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
  void holdsAndTellsOnlyOfTheKeysChosen() throws InterruptedException {
    table.only(key -> key.endsWith("|device"));
    put("r1|device", 1);
    put("r1|ports", 2);
    add("r2|ports", new byte[] {9, 9});
    delete("r1|device");
    put("r3|device", 3);
    start();

    assertThat(table.awaitCaughtUp(LONG)).isTrue();

    assertThat(table.scan("")).extracting(TableEntry::key).containsExactly("r3|device");
    assertThat(heard)
        .containsExactlyInAnyOrder("r1|device -->1", "r1|device 1->-", "r3|device -->3");
    assertThat(poison).isEmpty();
  }

  @Test
  void tellsOfEverythingAndHoldsNothingWhenToldSo() throws InterruptedException {
    table.holdNothing();
    put("a", 1);
    put("a", 2);
    delete("a");
    start();

    assertThat(table.awaitCaughtUp(LONG)).isTrue();

    assertThat(heard).containsExactly("a -->1", "a -->2", "a -->-");
    assertThat(table.size()).isZero();
    assertThatThrownBy(() -> table.only(_ -> true)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void goesOnWhereItWasWithANewConsumer() throws InterruptedException {
    put("a", 1);
    put("a", 2);
    start();
    assertThat(table.awaitCaughtUp(LONG)).isTrue();
    int home = ResourcePartitioner.partitionOf("a", PARTITIONS);
    second.schedulePollTask(() -> {
      backlog.forEach(second::addRecord);
      second.addRecord(
          new ConsumerRecord<>(
              TOPIC, home, 2, "a".getBytes(StandardCharsets.UTF_8), writer.write(epoch(3))));
    });

    consumer.setPollException(new KafkaException("as planned"));

    await().until(() -> heard.contains("a 2->3"));
    assertThat(heard).containsExactly("a -->1", "a 1->2", "a 2->3");
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
