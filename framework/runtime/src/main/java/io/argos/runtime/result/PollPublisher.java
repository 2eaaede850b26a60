package io.argos.runtime.result;

import io.argos.schemas.Resource;
import io.argos.schemas.columnar.PollHeader;
import io.argos.schemas.columnar.PollRecordEncoder;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.HashId;
import io.argos.spi.Poller;
import io.argos.spi.ProfileRef;
import io.argos.spi.Run;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Writes polls, one record each, or several parts of a large one. Safe for use by any thread. */
public final class PollPublisher {
  private final ResultProducer records;
  private final PollRecordEncoder encoder;
  private final String topic;
  private final InstantSource clock;

  public PollPublisher(
      ResultProducer records, SchemaIds schemas, String topic, InstantSource clock) {
    this.records = records;
    this.encoder = new PollRecordEncoder(schemas, topic);
    this.topic = topic;
    this.clock = clock;
  }

  /** Publishes what a poll read; it has just ended. */
  public void publish(Poller.Poll poll, Resource resource, String plugin, Run run, ResultSink sink)
      throws InterruptedException {
    Instant completedAt = Instant.ofEpochMilli(clock.millis());
    PollHeader header =
        new PollHeader(
            run.jobId(),
            resource.getId(),
            resource.getSite(),
            resource.getResourceClass(),
            resource.getSubclass(),
            resource.getType(),
            resource.getEndpoint(),
            resource.getLabels(),
            plugin,
            poll.profile().map(ProfileRef::name),
            poll.profile().map(ProfileRef::hash),
            run.dueAt(),
            run.startedAt(),
            completedAt,
            run.interval().toMillis(),
            poll.uptimeCentis(),
            poll.discontinuityAt(),
            poll.enrichmentStale(),
            records.source());
    List<byte[]> parts = encoder.encode(header, poll.groups());
    for (int part = 0; part < parts.size(); part++) {
      String id = part == 0 ? run.jobId() : HashId.of(run.jobId(), Integer.toString(part));
      sink.send(
          records.record(topic, resource.getId(), parts.get(part), id, "PollResult", completedAt));
    }
  }
}
