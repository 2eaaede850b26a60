package io.argos.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.argos.runtime.agent.Readiness;
import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableGateTest {
  private static final String TOPIC = "resources";
  private static final TopicPartition ONLY = new TopicPartition(TOPIC, 0);

  private final LocalSchemas schemas = new LocalSchemas();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final CompactedTable<Resource> resources =
      new CompactedTable<>(
          TOPIC, "test", () -> consumer, new RecordReader<>(schemas, Resource.class), (_, _) -> {});
  private final TableGate gate = new TableGate(resources, List.of(), () -> true);

  @BeforeEach
  void hold() throws InterruptedException {
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(ONLY, 0L));
    consumer.updateEndOffsets(Map.of(ONLY, 1L));
    byte[] value = new RecordWriter<>(schemas, TOPIC, Resource.class).write(resource());
    consumer.schedulePollTask(() ->
        consumer.addRecord(
            new ConsumerRecord<>(TOPIC, 0, 0, "s/a".getBytes(StandardCharsets.UTF_8), value)));
    resources.start();
    gate.assigned(Set.of(0));
    assertThat(resources.awaitCaughtUp(Duration.ofSeconds(20))).isTrue();
  }

  @AfterEach
  void close() {
    resources.close();
  }

  @Test
  void letsAJobStartWhoseResourceIsThereInItsRevision() {
    assertThat(gate.ready(0)).isTrue();
    assertThat(gate.check(job("s/a", 3))).isEqualTo(new Readiness.Ready());
  }

  @Test
  void hasAJobWaitForARevisionThatIsOnItsWay() {
    assertThat(gate.check(job("s/a", 4))).isInstanceOf(Readiness.Waiting.class);
  }

  @Test
  void doubtsAResourceThatIsNotThereAndWaitsForItNotLong() {
    assertThat(gate.check(job("s/removed", 1)))
        .asInstanceOf(type(Readiness.Doubtful.class))
        .satisfies(doubt -> {
          assertThat(doubt.patience()).isEqualTo(Duration.ofSeconds(5));
          assertThat(doubt.otherwise().status()).isEqualTo(OutcomeStatus.SUPERSEDED);
          assertThat(doubt.otherwise().cause()).isEqualTo("resource");
        });
  }

  private static Resource resource() {
    return Resource.newBuilder()
        .setId("s/a")
        .setSite("s")
        .setName("a")
        .setEndpoint("127.0.0.1")
        .setTtlSeconds(60)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(3)
        .build();
  }

  private static Job job(String resource, long revision) {
    return Job.newBuilder()
        .setJobId("1")
        .setReason(JobReason.SCHEDULED)
        .setStage("polling")
        .setZone("main")
        .setPlugin("snmp")
        .setConfigHash("c1")
        .setResourceId(resource)
        .setResourceRevision(revision)
        .setDueAt(Instant.EPOCH)
        .setExpireAt(Instant.EPOCH.plusSeconds(60))
        .setTimeoutMillis(30_000)
        .setIntervalMillis(60_000)
        .setLeaseUntil(Instant.EPOCH)
        .setEpoch(1)
        .setScheduler("test")
        .build();
  }
}
