package io.argos.manager.metrics;

import static io.argos.manager.metrics.Polls.RESOURCE;
import static io.argos.manager.metrics.Polls.absentIn;
import static io.argos.manager.metrics.Polls.counter;
import static io.argos.manager.metrics.Polls.group;
import static io.argos.manager.metrics.Polls.part;
import static io.argos.manager.metrics.Polls.poll;
import static org.assertj.core.api.Assertions.assertThat;

import io.argos.manager.stream.LogDriver;
import io.argos.schemas.Column;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.Derived;
import io.argos.schemas.Group;
import io.argos.schemas.Metrics;
import io.argos.schemas.Point;
import io.argos.schemas.PollResult;
import io.argos.schemas.RateReason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTopologyTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> ROWS = List.of("eth0", "eth1");

  @TempDir Path data;
  private LogDriver log;

  @BeforeEach
  void start() {
    log = driver();
  }

  private LogDriver driver() {
    return new LogDriver(
        MetricsTopology.NAME,
        data,
        (builder, access) -> MetricsTopology.build(builder, access, true));
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  private void write(PollResult poll) {
    log.write(log.topics().polls(), RESOURCE, poll, poll.getCompletedAt());
  }

  private List<Metrics> metrics() {
    return log.read(log.topics().metrics(), Metrics.class).stream()
        .map(LogDriver.Written::record)
        .toList();
  }

  private Metrics last() {
    return metrics().getLast();
  }

  private static Column rate(Metrics metrics) {
    return metrics.getGroups().getFirst().getColumns().get(1);
  }

  @Test
  void followsEachCounterByItsRate() {
    write(poll("p1", at(0), 100_00L, group(at(0), ROWS, counter("in", 64, 1000L, 7L))));
    write(poll("p2", at(60), 160_00L, group(at(60), ROWS, counter("in", 64, 1601L, 7L))));

    List<Metrics> written = metrics();

    assertThat(rate(written.get(0)).getReasons())
        .containsExactly(RateReason.FIRST, RateReason.FIRST);
    assertThat(rate(written.get(0)).getAbsent()).containsExactly(0, 1);
    Group second = written.get(1).getGroups().getFirst();
    assertThat(second.getWindowMillis()).isEqualTo(60_000);
    assertThat(second.getColumns()).hasSize(2);
    Column rate = second.getColumns().get(1);
    assertThat(rate.getName()).isEqualTo("in");
    assertThat(rate.getUnit()).isEqualTo("By/s");
    assertThat(rate.getKind()).isEqualTo(ColumnKind.GAUGE);
    assertThat(rate.getDerived()).isEqualTo(Derived.RATE);
    assertThat(rate.getDoubles()).containsExactly(601 / 60.0, 0.0);
    assertThat(rate.getReasons()).containsExactly(RateReason.NONE, RateReason.NONE);
    assertThat(rate.getAbsent()).isEmpty();
  }

  @Test
  void saysWhyARowHasNoRate() {
    write(poll("p1", at(0), 100_00L, group(at(0), ROWS, counter("in", 64, 1000L, 900L))));
    write(poll("p2", at(60), 160_00L, group(at(60), ROWS, counter("in", 64, 1600L, 100L))));
    assertThat(rate(last()).getReasons()).containsExactly(RateReason.NONE, RateReason.RESET);

    write(poll("p3", at(120), 10_00L, group(at(120), ROWS, counter("in", 64, 1700L, 200L))));
    assertThat(rate(last()).getReasons()).as("restart").containsOnly(RateReason.RESET);

    write(poll("p4", at(301), 191_00L, group(at(301), ROWS, counter("in", 64, 1800L, 300L))));
    assertThat(rate(last()).getReasons()).as("gap").containsOnly(RateReason.GAP);

    PollResult stopped =
        poll("p5", at(361), 251_00L, group(at(301), ROWS, counter("in", 64, 1800L, 300L)));
    write(stopped);
    assertThat(rate(last()).getReasons()).as("time").containsOnly(RateReason.TIME);

    PollResult discontinued =
        poll("p6", at(421), 311_00L, group(at(421), ROWS, counter("in", 64, 1900L, 400L)));
    discontinued.setDiscontinuityAt(at(400));
    write(discontinued);
    assertThat(rate(last()).getReasons()).as("discontinuity").containsOnly(RateReason.RESET);

    write(poll("p7", at(481), 371_00L, group(at(481), ROWS, absentIn(counter("in", 64, 500L), 0))));
    assertThat(rate(last()).getReasons()).containsExactly(RateReason.OTHER, RateReason.NONE);
  }

  @Test
  void bridgesAPollInWhichARowWasAbsent() {
    write(poll("p1", at(0), null, group(at(0), ROWS, counter("in", 64, 0L, 0L))));
    write(poll("p2", at(60), null, group(at(60), List.of("eth1"), counter("in", 64, 60L))));
    write(poll("p3", at(120), null, group(at(120), ROWS, counter("in", 64, 240L, 180L))));

    assertThat(rate(last()).getDoubles()).containsExactly(2.0, 2.0);
  }

  @Test
  void keepsStateByRowAndNotByPart() {
    write(part("p1", at(0), null, 0, 2, group(at(0), List.of("eth0"), counter("in", 64, 0L))));
    write(part("p1", at(0), null, 1, 2, group(at(0), List.of("eth1"), counter("in", 64, 0L))));
    write(poll("p2", at(60), null, group(at(60), ROWS, counter("in", 64, 60L, 120L))));

    assertThat(rate(last()).getDoubles()).containsExactly(1.0, 2.0);
  }

  @Test
  void dropsRepeatsAndOlderPolls() {
    PollResult first = poll("p1", at(0), null, group(at(0), ROWS, counter("in", 64, 0L, 0L)));
    PollResult second = poll("p2", at(60), null, group(at(60), ROWS, counter("in", 64, 6L, 6L)));
    PollResult again = poll("p2", at(62), null, group(at(62), ROWS, counter("in", 64, 7L, 7L)));
    again.setAgent("agent-2");
    write(first);
    write(second);
    write(second);
    write(first);
    write(again);

    assertThat(metrics()).extracting(Metrics::getPollId).containsExactly("p1", "p2");
  }

  @Test
  void endsInTheSameStateInWhicheverOrderPollsArrive() {
    List<PollResult> polls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      polls.add(
          poll(
              "p" + i,
              at(i * 60L),
              null,
              group(at(i * 60L), ROWS, counter("in", 64, i * 10L, i * 20L))));
    }
    PollResult newest = polls.getLast();
    polls.forEach(p -> log.write(log.topics().polls(), RESOURCE, p, newest.getCompletedAt()));
    var inOrder = log.store("counters");

    Random random = new Random(7);
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(polls, random);
      try (LogDriver other = driver()) {
        polls.forEach(
            p -> other.write(other.topics().polls(), RESOURCE, p, newest.getCompletedAt()));

        assertThat(other.store("counters")).as("round %d", round).isEqualTo(inOrder);
      }
    }
  }

  @Test
  void givesTheSameOutputWhenTheLogIsReplayed() {
    List<PollResult> polls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      polls.add(
          poll(
              "p" + i, at(i * 60L), null, group(at(i * 60L), ROWS, counter("in", 32, 9L, i * 5L))));
    }
    polls.forEach(this::write);
    var once = log.read(log.topics().metrics(), Metrics.class);

    try (LogDriver other = driver()) {
      polls.forEach(p -> other.write(other.topics().polls(), RESOURCE, p, p.getCompletedAt()));
      var twice = other.read(other.topics().metrics(), Metrics.class);

      assertThat(twice)
          .extracting(LogDriver.Written::record)
          .isEqualTo(once.stream().map(LogDriver.Written::record).toList());
      assertThat(twice)
          .extracting(w -> w.headers().get("ce_id"))
          .isEqualTo(once.stream().map(w -> w.headers().get("ce_id")).toList())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void sendsWhatItCannotUseToDeadLettersAndGoesOn() {
    log.writeBytes(log.topics().polls(), RESOURCE, new byte[] {1, 2, 3}, at(0));
    log.writeBytes(log.topics().polls(), RESOURCE, null, at(0));
    PollResult lopsided = poll("p0", at(0), null, group(at(0), ROWS, counter("in", 64, 1L)));
    write(lopsided);
    PollResult astray = poll("p1", at(0), null, group(at(0), ROWS, counter("in", 64, 1L, 1L)));
    log.write(log.topics().polls(), RESOURCE, astray, at(0).plus(Duration.ofMinutes(6)));
    log.write(log.topics().polls(), "lab/other", astray, at(0));
    write(poll("p2", at(1), null, group(at(1), ROWS, counter("in", 64, 1L, 1L))));

    assertThat(metrics()).extracting(Metrics::getPollId).containsExactly("p2");
    var letters = log.readBytes("t.polls.v1.dlq");
    assertThat(letters)
        .extracting(w -> w.headers().get("argos-dlq-reason"))
        .satisfiesExactly(
            reason -> assertThat(reason).contains("do not begin"),
            reason -> assertThat(reason).contains("no value"),
            reason -> assertThat(reason).contains("column in of group interface has 1 values"),
            reason -> assertThat(reason).contains("clock"),
            reason -> assertThat(reason).contains("key"));
    assertThat(letters.getFirst().record()).containsExactly(1, 2, 3);
    assertThat(letters.getFirst().headers())
        .containsEntry("argos-dlq-topic", "t.polls.v1")
        .containsEntry("argos-dlq-partition", "0")
        .containsEntry("argos-dlq-offset", "0")
        .containsEntry("argos-dlq-reader", "metrics");
    assertThat(log.refusals()).isEqualTo(5);
  }

  @Test
  void writesPointsWhereTheyAreWanted() {
    write(poll("p1", at(0), null, group(at(0), ROWS, counter("in", 64, 0L, 0L))));
    write(poll("p2", at(60), null, group(at(60), ROWS, counter("in", 64, 60L, 120L))));

    List<Point> points =
        log.read(log.topics().points(), Point.class).stream()
            .map(LogDriver.Written::record)
            .toList();

    assertThat(points).hasSize(6);
    assertThat(points)
        .filteredOn(p -> p.getDerived() == Derived.RATE)
        .extracting(Point::getRowKey, Point::getDoubleValue, Point::getUnit)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("eth0", 1.0, "By/s"),
            org.assertj.core.groups.Tuple.tuple("eth1", 2.0, "By/s"));
  }

  @Test
  void forgetsWhatHasBeenSilentForADay() {
    write(poll("p1", at(0), null, group(at(0), ROWS, counter("in", 64, 0L, 0L))));
    assertThat(log.store("counters")).hasSize(2);

    PollResult other = poll("p2", at(90_000), null);
    other.setResourceId("lab/core2");
    log.write(log.topics().polls(), "lab/core2", other, at(90_000));

    assertThat(log.store("counters")).containsOnlyKeys("lab/core2|poll|interfaces");
  }

  @Test
  void isNamedThroughoutAndRepartitionsNothing() {
    String described = log.topology().describe().toString();

    assertThat(described).doesNotContain("repartition").doesNotContain("KSTREAM");
    assertThat(described)
        .isEqualToIgnoringWhitespace(
            """
            Topologies:
               Sub-topology: 0
                Source: polls-source (topics: [t.polls.v1])
                  --> rates
                Processor: rates (stores: [counters])
                  --> metrics-sink, points-sink, polls-dead-letters-sink
                  <-- polls-source
                Sink: metrics-sink (topic: t.metrics.v1)
                  <-- rates
                Sink: points-sink (topic: t.points.v1)
                  <-- rates
                Sink: polls-dead-letters-sink (topic: t.polls.v1.dlq)
                  <-- rates
            """);
  }
}
