package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Outcome;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FormerOutcomesTest {
  private final LocalSchemas schemas = new LocalSchemas();
  private final AtomicInteger opened = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** As when a class of the client cannot be loaded, or memory is short for a moment. */
  @Test
  void settlesPartitionsThatComeAfterAnErrorOfItsOwn() {
    OwnedPartition first = new OwnedPartition(0);
    OwnedPartition second = new OwnedPartition(1);
    try (FormerOutcomes former =
        new FormerOutcomes(
            new AgentSpec(
                "agent-1",
                "polling",
                "main",
                AgentFixture.TOPICS,
                AgentFixture.config(),
                AgentFixture.SESSION),
            links(),
            new RecordReader<>(schemas, Outcome.class),
            new JobBoard(4, 1, (_, _, _, _) -> {}))) {
      former.start();

      former.taken(first, 0);
      await().until(first::settled);
      former.taken(second, 0);

      await().until(second::settled);
    }
    assertThat(opened).hasValue(2);
  }

  private Consumer<byte[], byte[]> open() {
    if (opened.incrementAndGet() == 1) {
      throw new NoClassDefFoundError("as planned");
    }
    return new FormerAgents(List.of(), schemas, AgentFixture.TOPICS.outcomes());
  }

  private AgentLinks links() {
    return new AgentLinks(
        (_, _) -> new MockConsumer<>("earliest"),
        this::open,
        new ResultProducer(
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
            "agent-1",
            1 << 20,
            meters),
        schemas,
        (_, _, _) -> CompletableFuture.completedFuture(null),
        meters,
        InstantSource.system());
  }
}
