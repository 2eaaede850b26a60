package io.argos.runtime.result;

import io.argos.schemas.Discovery;
import io.argos.schemas.DiscoveryKind;
import io.argos.schemas.Rejection;
import io.argos.schemas.ResourceClaim;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.HashId;
import io.argos.spi.Discoverer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the runs of discovery: BEGIN, one record for each resource or rejected entry, then END or
 * ABORT. Safe for use by any thread.
 */
public final class DiscoveryPublisher {
  private static final int REJECTIONS_TOLD = 3;

  private final ResultProducer records;
  private final RecordWriter<Discovery> writer;
  private final String topic;
  private final InstantSource clock;

  public DiscoveryPublisher(
      ResultProducer records, SchemaIds schemas, String topic, InstantSource clock) {
    this.records = records;
    this.writer = new RecordWriter<>(schemas, topic, Discovery.class);
    this.topic = topic;
    this.clock = clock;
  }

  /**
   * Begins a run.
   *
   * @param source name of the plugin instance
   * @param runId id of the run, unique for each execution
   * @param sink takes the records
   */
  public RunWriter begin(String source, String runId, ResultSink sink) throws InterruptedException {
    RunWriter run = new RunWriter(source, runId, sink);
    run.send(run.record(DiscoveryKind.BEGIN).build());
    return run;
  }

  /** One run. Its methods may be called by any thread, and nothing may follow an end or abort. */
  public final class RunWriter implements Discoverer.Emitter {
    private final String source;
    private final String runId;
    private final ResultSink sink;
    private final Map<String, Long> sites = new HashMap<>();
    private final List<String> firstRejections = new ArrayList<>();
    private long found;
    private long rejected;
    private long sequence;

    private RunWriter(String source, String runId, ResultSink sink) {
      this.source = source;
      this.runId = runId;
      this.sink = sink;
    }

    @Override
    public synchronized void found(ResourceClaim claim) throws InterruptedException {
      found++;
      sites.merge(claim.getSite(), 1L, Long::sum);
      send(record(DiscoveryKind.RESOURCE).setResource(claim).build());
    }

    @Override
    public synchronized void rejected(Rejection rejection) throws InterruptedException {
      rejected++;
      if (firstRejections.size() < REJECTIONS_TOLD) {
        firstRejections.add(
            "%s, %s: %s".formatted(rejection.getFile(), rejection.getPlace(), rejection.getRule()));
      }
      send(record(DiscoveryKind.REJECTED).setRejection(rejection).build());
    }

    /**
     * Ends the run.
     *
     * @param complete whether the source was read to its end
     */
    public synchronized void end(boolean complete) throws InterruptedException {
      send(
          record(DiscoveryKind.END)
              .setCount(found)
              .setRejected(rejected)
              .setComplete(complete)
              .setSites(Map.copyOf(sites))
              .build());
    }

    /** Ends the run early: what it said so far counts, and it removes nothing. */
    public synchronized void abort(String reason) throws InterruptedException {
      send(record(DiscoveryKind.ABORT).setReason(reason).build());
    }

    /** Resources found so far. */
    public synchronized long foundCount() {
      return found;
    }

    /** Entries rejected so far. */
    public synchronized long rejectedCount() {
      return rejected;
    }

    private Discovery.Builder record(DiscoveryKind kind) {
      return Discovery.newBuilder()
          .setSource(source)
          .setRunId(runId)
          .setKind(kind)
          .setAt(Instant.ofEpochMilli(clock.millis()));
    }

    /** The first few entries rejected so far: file, place and rule of each. */
    public synchronized List<String> firstRejections() {
      return List.copyOf(firstRejections);
    }

    private void send(Discovery discovery) throws InterruptedException {
      String id = HashId.of("discovery", runId, Long.toString(sequence++));
      byte @Nullable [] value = writer.write(discovery);
      sink.send(records.record(topic, source, value, id, "Discovery", discovery.getAt()));
    }
  }
}
