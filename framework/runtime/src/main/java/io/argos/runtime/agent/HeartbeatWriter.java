package io.argos.runtime.agent;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.HashId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every few seconds that this instance is there and how it stands, and learns from the
 * broker's answer how far the clocks are apart. Runs on a platform thread of its own.
 */
public final class HeartbeatWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HeartbeatWriter.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

  /**
   * Whose heart it is.
   *
   * @param instance name of the instance
   * @param stage its stage
   * @param zone zone whose jobs it takes
   * @param topic topic of the heartbeats
   * @param every how often it beats
   * @param version version of Argos
   */
  public record Self(
      String instance, String stage, String zone, String topic, Duration every, String version) {}

  private final Self self;
  private final ResultProducer results;
  private final RecordWriter<Heartbeat> writer;
  private final Supplier<AgentStatus> status;
  private final BooleanSupplier leader;
  private final BooleanSupplier ready;
  private final ClockSkew skew;
  private final InstantSource clock;
  private final Instant startedAt;
  private final Thread thread;

  /**
   * A heart that does not beat before {@link #start}.
   *
   * @param status how the agent stands, such as {@code agent::status}
   * @param leader whether this instance leads its stage
   * @param ready whether it is ready
   * @param skew takes the measurements of the clock
   */
  public HeartbeatWriter(
      Self self,
      ResultProducer results,
      SchemaIds schemas,
      Supplier<AgentStatus> status,
      BooleanSupplier leader,
      BooleanSupplier ready,
      ClockSkew skew,
      InstantSource clock) {
    this.self = self;
    this.results = results;
    this.writer = new RecordWriter<>(schemas, self.topic(), Heartbeat.class);
    this.status = status;
    this.leader = leader;
    this.ready = ready;
    this.skew = skew;
    this.clock = clock;
    this.startedAt = Instant.ofEpochMilli(clock.millis());
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("argos-" + self.stage() + "-heartbeat")
            .unstarted(this::run);
  }

  /** Beats once now, and then as often as it should. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        beat();
        Thread.sleep(self.every());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() throws InterruptedException {
    try {
      ProducerRecord<byte[], byte[]> record = record();
      long sent = clock.millis();
      var _ =
          results
              .send(record)
              .whenComplete((metadata, error) -> {
                if (error == null) {
                  measure(record, sent, metadata);
                } else {
                  log.debug("heartbeat not written why=\"{}\"", error.toString());
                }
              });
    } catch (SchemaException e) {
      log.debug("heartbeat not written why=\"{}\"", e.toString());
    } catch (RuntimeException | Error e) {
      // The edge of the loop: silence would have this agent taken for dead.
      log.warn("heartbeat not written, trying on stage={}", self.stage(), e);
    }
  }

  /** A topic that keeps our own time has nothing to tell. */
  private void measure(ProducerRecord<byte[], byte[]> record, long sent, RecordMetadata metadata) {
    Long own = record.timestamp();
    if (metadata.hasTimestamp() && (own == null || metadata.timestamp() != own)) {
      skew.measure(sent, metadata.timestamp(), clock.millis());
    } else {
      skew.untold();
    }
  }

  private ProducerRecord<byte[], byte[]> record() {
    Instant now = Instant.ofEpochMilli(clock.millis());
    AgentStatus stands = status.get();
    Runtime machine = Runtime.getRuntime();
    Heartbeat heartbeat =
        Heartbeat.newBuilder()
            .setInstance(self.instance())
            .setStage(self.stage())
            .setZone(self.zone())
            .setAt(now)
            .setStartedAt(startedAt)
            .setLeader(leader.getAsBoolean())
            .setReady(ready.getAsBoolean())
            .setCapacity(stands.capacity())
            .setRunning(stands.running())
            .setQueued(stands.queued())
            .setLate(stands.late())
            .setUsedMemory(machine.totalMemory() - machine.freeMemory())
            .setMaxMemory(machine.maxMemory())
            .setVersion(self.version())
            .setPartitions(stands.partitions())
            .setLeaked(stands.leaked())
            .setRanLately(stands.ranLately())
            .setMeanRunMillis(stands.meanRunMillis())
            .setBlocked(stands.blocked())
            .setQuarantined(stands.quarantined())
            .build();
    String id = HashId.of("heartbeat", self.instance(), self.stage(), now.toString());
    ProducerRecord<byte[], byte[]> plain =
        results.record(
            self.topic(), self.instance(), writer.write(heartbeat), id, "Heartbeat", now);
    // Our own time goes along, so that the broker's can be told from it.
    return new ProducerRecord<>(
        plain.topic(), null, now.toEpochMilli(), plain.key(), plain.value(), plain.headers());
  }

  /** Beats no more. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      var _ = thread.join(CLOSE_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
