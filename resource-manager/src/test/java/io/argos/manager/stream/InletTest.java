package io.argos.manager.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Resource;
import io.argos.schemas.Tick;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.ResourcePartitioner;
import io.argos.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InletTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PARTITIONS = 8;

  private final LocalSchemas schemas = new LocalSchemas();
  private final LogAccess log =
      new LogAccess(new Topics("t"), PARTITIONS, schemas, Duration.ofSeconds(2), new LongAdder());
  private final Inlet<Resource> resources =
      log.table(log.topics().resources(), Resource.class, Resource::getId);

  private static Record<byte[], byte[]> raw(byte @Nullable [] key, byte @Nullable [] value) {
    return new Record<>(key, value, T0.toEpochMilli());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void refusesARecordOnAPartitionThatIsNotItsOwn() {
    int own = ResourcePartitioner.partitionOf("lab/core1", PARTITIONS);

    var there = resources.read(raw(utf8("lab/core1"), null), own);
    var astray = resources.read(raw(utf8("lab/core1"), null), (own + 1) % PARTITIONS);

    assertThat(there).isEqualTo(new Arrival.Tombstone<Resource>("lab/core1", T0));
    assertThat(astray)
        .isInstanceOfSatisfying(
            Arrival.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo(
                        "its key belongs to partition %d of 8 and it lies on %d"
                            .formatted(own, (own + 1) % PARTITIONS)));
  }

  @Test
  void refusesARecordWithoutAReadableKey() {
    assertThat(resources.read(raw(null, null), 0)).isInstanceOf(Arrival.Refused.class);
    assertThat(resources.read(raw(new byte[0], null), 0)).isInstanceOf(Arrival.Refused.class);
    assertThat(resources.read(raw(new byte[] {(byte) 0xC3}, null), 0))
        .isInstanceOf(Arrival.Refused.class);
  }

  @Test
  void refusesARecordWhoseWritersClockIsMoreThanFiveMinutesOff() {
    Inlet<Tick> ticks = log.ticks();
    RecordWriter<Tick> writer = new RecordWriter<>(schemas, ticks.topic(), Tick.class);

    var near = ticks.read(raw(utf8("3"), writer.write(new Tick(T0.plusSeconds(300), 1L))), 3);
    var far = ticks.read(raw(utf8("3"), writer.write(new Tick(T0.minusSeconds(301), 1L))), 3);

    assertThat(near).isInstanceOf(Arrival.Accepted.class);
    assertThat(far)
        .isInstanceOfSatisfying(
            Arrival.Refused.class,
            refused -> assertThat(refused.reason()).contains("PT-5M-1S off the log's"));
  }
}
