package io.argos.polling.trap;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Event;
import io.argos.schemas.Request;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.Topics;
import java.util.concurrent.CompletableFuture;

/** Events and wishes on their topics. */
final class KafkaTrapSink implements TrapSink {
  private final ResultProducer records;
  private final RecordWriter<Event> events;
  private final RecordWriter<Request> requests;
  private final Topics topics;

  KafkaTrapSink(ResultProducer records, SchemaIds schemas, Topics topics) {
    this.records = records;
    this.events = new RecordWriter<>(schemas, topics.events(), Event.class);
    this.requests = new RecordWriter<>(schemas, topics.requests(), Request.class);
    this.topics = topics;
  }

  @Override
  public CompletableFuture<?> event(Event event) throws InterruptedException {
    return records.send(
        records.record(
            topics.events(),
            event.getResourceId(),
            events.write(event),
            event.getId(),
            "Event",
            event.getAt()));
  }

  @Override
  public void request(Request request) throws InterruptedException {
    records.send(
        records.record(
            topics.requests(),
            request.getResourceId(),
            requests.write(request),
            request.getRequestId(),
            "Request",
            request.getAt()));
  }

  @Override
  public boolean blocked() {
    return records.blocked();
  }
}
