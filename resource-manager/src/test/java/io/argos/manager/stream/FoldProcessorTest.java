package io.argos.manager.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Tick;
import io.argos.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldProcessorTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path data;
  private LogDriver log;

  /**
   * Counts ticks by epoch; fails on epoch 13 after it has changed its memory, and on a deadline.
   */
  private static final class Counting implements Fold {
    private long count;

    @Override
    public void restore(Entries entries, BiConsumer<String, Instant> deadlines) {
      count = entries.find("count").map(bytes -> new StateReader(bytes, 1).count()).orElse(0L);
      if (count > 0) {
        deadlines.accept("count", T0.plusSeconds(60));
      }
    }

    @Override
    public void deadline(String key, Instant at, Effects effects) {
      throw new IllegalStateException("as planned");
    }

    void tick(Arrival.Accepted<Tick> arrival, Effects effects) {
      count++;
      if (arrival.record().getEpoch() == 13) {
        throw new IllegalStateException("as planned");
      }
      if (arrival.record().getEpoch() == 14) {
        count--;
        throw new RefusedException("nobody has an epoch of 14");
      }
      effects.put("count", new StateWriter(1).count(count).toBytes());
      effects.deadline("count", T0.plusSeconds(60));
    }
  }

  private static void build(StreamsBuilder builder, LogAccess access) {
    Inlet<Tick> inlet = access.ticks();
    Route<Counting, Tick> route = Route.of("ticks", inlet, Counting::tick);
    KStream<byte[], byte[]> folded =
        builder.stream(inlet.topic(), Taps.source(route.sourceName()))
            .process(
                new FoldPlan<>(
                    "counting",
                    "counts",
                    Counting::new,
                    List.of(route),
                    access.grace(),
                    access.refusals()),
                Named.as("counting"));
    folded.to(Topics.deadLetters(inlet.topic()), Taps.deadLetters(route.deadLetterSink()));
  }

  @BeforeEach
  void start() {
    log = new LogDriver("counting", data, FoldProcessorTest::build);
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private void tick(long second, long epoch) {
    Instant at = T0.plusSeconds(second);
    log.write(log.topics().ticks(), "0", new Tick(at, epoch), at);
  }

  private byte[] count() {
    List<Byte> bytes = log.store("counts").get("count");
    byte[] entry = new byte[bytes.size()];
    for (int i = 0; i < entry.length; i++) {
      entry[i] = bytes.get(i);
    }
    return entry;
  }

  @Test
  void undoesAStepThatFailsAndGoesOn() {
    tick(1, 1);
    tick(2, 13);
    tick(3, 14);
    tick(4, 1);

    assertThat(new StateReader(count(), 1).count()).isEqualTo(2);
    assertThat(log.readBytes("t.ticks.v1.dlq"))
        .extracting(w -> w.headers().get("argos-dlq-reason"))
        .containsExactly(
            "the fold failed: java.lang.IllegalStateException", "nobody has an epoch of 14");
  }

  @Test
  void goesOnPastADeadlineThatFails() {
    tick(1, 1);
    tick(61, 1);
    tick(62, 1);
    tick(63, 1);

    assertThat(new StateReader(count(), 1).count()).isEqualTo(4);
    assertThat(log.readBytes("t.ticks.v1.dlq")).isEmpty();
  }

  @Test
  void cutsADeadLetterThatWouldNotFit() {
    log.writeBytes(log.topics().ticks(), "0", new byte[1_040_000], T0);

    assertThat(log.readBytes("t.ticks.v1.dlq"))
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.record()).hasSize(1_000_000);
          assertThat(letter.headers()).containsEntry("argos-dlq-truncated", "1040000");
        });
  }
}
