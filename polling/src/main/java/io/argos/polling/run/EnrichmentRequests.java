package io.argos.polling.run;

import io.argos.runtime.result.ResultProducer;
import io.argos.runtime.result.ResultSink;
import io.argos.schemas.JobReason;
import io.argos.schemas.Request;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.HashId;
import io.argos.spi.Run;

/**
 * Asks for the enrichment of resources out of turn. The id of a request names the resource and the
 * slot of the poll that asks, so that one interval asks once, whoever polls. Safe for use by any
 * thread.
 */
public final class EnrichmentRequests {
  private final ResultProducer records;
  private final RecordWriter<Request> writer;
  private final String topic;

  public EnrichmentRequests(ResultProducer records, SchemaIds schemas, String topic) {
    this.records = records;
    this.writer = new RecordWriter<>(schemas, topic, Request.class);
    this.topic = topic;
  }

  /** Asks for the enrichment of a resource on behalf of a poll. */
  void ask(String resourceId, Run poll, ResultSink sink) throws InterruptedException {
    String id = HashId.of("enrichment wanted", resourceId, poll.dueAt().toString());
    Request request =
        Request.newBuilder()
            .setRequestId(id)
            .setReason(JobReason.FORCED)
            .setStage("enrichment")
            .setResourceId(resourceId)
            .setAt(poll.startedAt())
            .setRequester(records.source())
            .build();
    sink.send(
        records.record(topic, resourceId, writer.write(request), id, "Request", poll.startedAt()));
  }
}
