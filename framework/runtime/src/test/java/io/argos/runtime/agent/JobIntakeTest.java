package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Job;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class JobIntakeTest {
  private final LocalSchemas schemas = new LocalSchemas();
  private final AtomicInteger tries = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void buriesWhatCannotBeReadAlsoAfterAFaultOfItsOwn() {
    AgentLinks.DeadLetterSink sink =
        (_, _, _) -> {
          if (tries.incrementAndGet() == 1) {
            throw new IllegalStateException("as planned");
          }
          return CompletableFuture.completedFuture(null);
        };
    OwnedPartition partition = new OwnedPartition(0);
    JobIntake intake =
        new JobIntake(
            new AgentSpec(
                "agent-1",
                "polling",
                "main",
                AgentFixture.TOPICS,
                AgentFixture.config(),
                AgentFixture.SESSION),
            new JobBoard(4, 1, (_, _, _, _) -> {}),
            new RecordReader<>(schemas, Job.class),
            links(sink));

    intake.take(
        partition, new ConsumerRecord<>(AgentFixture.JOBS, 0, 0, new byte[1], new byte[1]), 1);

    await().until(() -> partition.open() == 0 && tries.get() == 2);
    assertThat(partition.offsets().watermark()).hasValue(1);
  }

  private AgentLinks links(AgentLinks.DeadLetterSink sink) {
    return new AgentLinks(
        (_, _) -> new MockConsumer<>("earliest"),
        () -> new MockConsumer<>("earliest"),
        new ResultProducer(
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
            "agent-1",
            1 << 20,
            meters),
        schemas,
        sink,
        meters,
        InstantSource.system());
  }
}
