package io.argos.runtime.schedule;

import io.argos.runtime.leadership.Candidate;
import io.argos.runtime.leadership.KafkaEpochLog;
import io.argos.runtime.leadership.LeaderTerm;
import io.argos.runtime.leadership.Leadership;
import io.argos.runtime.leadership.LeadershipListener;
import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.Epoch;
import io.argos.schemas.Tick;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.topic.EventHeaders;
import io.argos.schemas.topic.HashId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the time to each partition of {@code ticks}, once a period, while it leads: the clock of
 * whatever folds the log. The time in the ticks of one leader never goes back; readers drop ticks
 * of an older epoch. Safe for use by any thread.
 */
public final class TickWriter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TickWriter.class);

  private final SchedulerLinks links;
  private final String instance;
  private final String topic;
  private final List<CompactedTable<?>> tables;
  private final Producer<byte[], byte[]> producer;
  private final RecordWriter<Tick> writer;
  private final TickClock clock;
  private final Leadership leadership;
  private final AtomicLong latest = new AtomicLong();

  private volatile @Nullable LeaderTerm term;
  private volatile boolean troubled;

  /**
   * A writer that does not run for the leadership yet.
   *
   * @param candidate the stage whose leader writes, and who this is
   * @param period how often
   * @param links what it is connected to
   */
  public TickWriter(Candidate candidate, Duration period, SchedulerLinks links) {
    String stage = candidate.stage();
    this.links = links;
    this.instance = candidate.instance();
    this.topic = links.topics().ticks();
    this.producer = links.kafka().producer(KafkaJobSink.producerProperties(candidate.session()));
    this.writer = new RecordWriter<>(links.schemas(), topic, Tick.class);
    CompactedTable<Epoch> epochs = table(stage, links.topics().epochs(), Epoch.class);
    CompactedTable<Checkpoint> checkpoints =
        table(stage, links.topics().checkpoints(), Checkpoint.class);
    this.tables = List.of(epochs, checkpoints);
    epochs.listen((key, _, after, _) -> {
      if (key.equals(stage)) {
        after.ifPresent(epoch -> heard(epoch.getEpoch()));
      }
    });
    this.clock =
        new TickClock(stage + "-clock-" + candidate.instance(), period, links.clock(), this::write);
    this.leadership =
        new Leadership(
            links.zooKeeper(),
            candidate,
            new KafkaEpochLog(
                links.topics(), epochs, checkpoints, producer, links.schemas(), links.clock()),
            new LeadershipListener() {
              @Override
              public void elected(LeaderTerm next) {
                term = next;
                clock.start();
              }

              @Override
              public void lost() {
                term = null;
                clock.stop();
              }
            });
  }

  /** Runs for the leadership. */
  public void start() {
    for (CompactedTable<?> table : tables) {
      table.assignAll();
      table.start();
    }
    leadership.start();
  }

  /** True while this instance leads and writes, and has a young proof that nobody follows. */
  public boolean leading() {
    LeaderTerm present = term;
    return present != null && present.fresh();
  }

  private void heard(long epoch) {
    leadership.heard(epoch);
  }

  @Override
  public void close() {
    clock.stop();
    leadership.close();
    clock.close();
    tables.forEach(CompactedTable::close);
    producer.close(Duration.ofSeconds(5));
  }

  private <T extends SpecificRecord> CompactedTable<T> table(
      String stage, String name, Class<T> type) {
    return new CompactedTable<>(
        name,
        stage + "-ticks",
        () -> links.kafka().consumer(),
        new RecordReader<>(links.schemas(), type),
        (record, reason) -> links.deadLetters().send(record, stage + "-ticks", reason));
  }

  /** One tick for all partitions, on Quartz' thread. */
  private void write() {
    LeaderTerm present = term;
    try {
      if (present == null || !present.mayAct()) {
        return;
      }
      long millis = latest.accumulateAndGet(links.clock().millis(), Math::max);
      Instant at = Instant.ofEpochMilli(millis);
      byte[] value = writer.write(new Tick(at, present.epoch()));
      int partitions = producer.partitionsFor(topic).size();
      for (int partition = 0; partition < partitions; partition++) {
        String key = Integer.toString(partition);
        var record =
            new ProducerRecord<>(
                topic, partition, millis, key.getBytes(StandardCharsets.UTF_8), value);
        String id = HashId.of("tick", key, Long.toString(millis), Long.toString(present.epoch()));
        EventHeaders.set(record.headers(), id, "io.argos.Tick", instance, at);
        producer.send(record, (_, failure) -> note(failure));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException | SchemaException e) {
      note(e);
    }
  }

  /** A tick that is lost is made good by the next. */
  private void note(@Nullable Exception failure) {
    if (failure != null && !troubled) {
      troubled = true;
      log.warn("ticks cannot be written, trying on topic={} cause={}", topic, failure.toString());
    } else if (failure == null && troubled) {
      troubled = false;
      log.info("ticks are written again topic={}", topic);
    }
  }
}
