package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.argos.schemas.Heartbeat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CapacityWatchTest {

  private static final long NOW = 1_000_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CapacityWatch watch =
      new CapacityWatch(
          "polling", Duration.ofSeconds(15), new SchedulerMeters(registry, "polling"));
  private final Logger logger = (Logger) LoggerFactory.getLogger(CapacityWatch.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Level former = logger.getLevel();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    said.start();
    logger.addAppender(said);
  }

  @AfterEach
  void hush() {
    logger.detachAppender(said);
    logger.setLevel(former);
  }

  @Test
  void saysOnceByHowMuchCapacityIsShortAndOnceThatItIsNotAnyMore() {
    // 100 jobs a second of 300 ms each are 30 at a time.
    watch.heard(agent("a", "main", 10).setMeanRunMillis(200).setRanLately(100).build());
    watch.heard(agent("b", "main", 10).setMeanRunMillis(400).setRanLately(100).build());

    watch.judge(Map.of("main", 100.0), NOW);
    watch.judge(Map.of("main", 100.0), NOW + 1_000);

    assertThat(messages())
        .containsExactly(
            "capacity is short of demand stage=polling zone=main demand=30.0 capacity=20"
                + " short=10.0 agents=2 meanRunMillis=300");
    assertThat(shortfall("main")).isCloseTo(10, within(1e-9));

    watch.heard(agent("c", "main", 12).build());
    watch.judge(Map.of("main", 100.0), NOW + 2_000);
    assertThat(shortfall("main")).isZero();
    assertThat(messages()).as("30 of 32 are too close to call").hasSize(1);

    watch.heard(agent("d", "main", 10).build());
    watch.judge(Map.of("main", 100.0), NOW + 3_000);
    assertThat(messages())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("capacity meets the demand again");
  }

  @Test
  void countsOnlyAgentsThatAreAliveAndReadyAndOfTheZoneAndStage() {
    watch.heard(agent("a", "main", 10).setMeanRunMillis(1_000).setRanLately(1).build());
    watch.heard(agent("b", "main", 10).setReady(false).build());
    watch.heard(agent("c", "far", 10).build());
    watch.heard(agent("d", "main", 10).setStage("enrichment").build());
    watch.heard(agent("e", "main", 10).setAt(Instant.ofEpochMilli(NOW - 15_000)).build());

    watch.judge(Map.of("main", 25.0, "far", 25.0), NOW);

    assertThat(shortfall("main")).isCloseTo(15, within(1e-9));
    assertThat(shortfall("far")).isZero();
  }

  @Test
  void saysOnceThatLateJobsPileUp() {
    watch.heard(agent("a", "main", 100).setLate(40).build());
    watch.judge(Map.of("main", 10.0), NOW);
    assertThat(messages()).as("five seconds' worth is no pile").isEmpty();

    watch.heard(agent("a", "main", 100).setLate(60).build());
    watch.judge(Map.of("main", 10.0), NOW);
    watch.heard(agent("a", "main", 100).setLate(30).build());
    watch.judge(Map.of("main", 10.0), NOW);
    assertThat(messages()).singleElement().asString().startsWith("late jobs pile up stage=polling");

    watch.heard(agent("a", "main", 100).setLate(10).build());
    watch.judge(Map.of("main", 10.0), NOW);
    assertThat(messages()).hasSize(2).last().asString().startsWith("late jobs are worked off");
  }

  @Test
  void anotherTermBeginsWithoutShortages() {
    watch.heard(agent("a", "main", 1).setMeanRunMillis(1_000).setRanLately(1).build());
    watch.judge(Map.of("main", 25.0), NOW);

    watch.forget();

    assertThat(shortfall("main")).isZero();
  }

  private double shortfall(String zone) {
    return registry.get("argos.scheduler.capacity.shortfall").tag("zone", zone).gauge().value();
  }

  private List<String> messages() {
    return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static Heartbeat.Builder agent(String instance, String zone, int capacity) {
    return Heartbeat.newBuilder()
        .setInstance(instance)
        .setStage("polling")
        .setZone(zone)
        .setAt(Instant.ofEpochMilli(NOW))
        .setStartedAt(Instant.ofEpochMilli(0))
        .setReady(true)
        .setCapacity(capacity);
  }
}
