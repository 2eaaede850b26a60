package io.argos.manager.metrics;

import static io.argos.manager.metrics.Polls.RESOURCE;
import static io.argos.manager.metrics.Polls.group;
import static io.argos.manager.metrics.Polls.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.argos.manager.stream.LogDriver;
import io.argos.schemas.Column;
import io.argos.schemas.Metrics;
import io.argos.schemas.PollResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steps of one series with the rates that they must give. Joins in where the conformance data is
 * found: in the folder that ARGOS_CONFORMANCE names, or beside the checkout.
 */
class RateConformanceTest {
  private static final double PRECISION = 1e-5;

  @TempDir Path data;

  private static Path sequence() {
    return Stream.concat(
            Stream.ofNullable(System.getenv("ARGOS_CONFORMANCE")).map(Path::of),
            Stream.of(
                Path.of("../../shared/conformance"),
                Path.of("../shared/conformance"),
                Path.of("../../../shared/conformance")))
        .map(folder -> folder.resolve("rates/sequence.json"))
        .filter(Files::isReadable)
        .findFirst()
        .orElse(Path.of("absent"));
  }

  @Test
  void givesTheRatesOfTheSequence() throws IOException {
    Path file = sequence();
    assumeTrue(Files.isReadable(file), "no conformance data: set ARGOS_CONFORMANCE to its folder");
    JsonNode steps = new ObjectMapper().readTree(file.toFile()).get("steps");
    try (LogDriver log =
        new LogDriver(
            MetricsTopology.NAME, data, (b, access) -> MetricsTopology.build(b, access, false))) {
      int number = 0;
      for (JsonNode step : steps) {
        Instant at =
            Instant.ofEpochMilli(Math.round(step.get("timestamp_seconds").asDouble() * 1000));
        log.write(log.topics().polls(), RESOURCE, pollOf(step, number, at), at);
        check(step, number, log.read(log.topics().metrics(), Metrics.class));
        number++;
      }
      assertThat(number).isGreaterThan(1);
    }
  }

  private static PollResult pollOf(JsonNode step, int number, Instant at) {
    List<Column> columns =
        step.get("counters").properties().stream()
            .map(entry -> Polls.counter(entry.getKey(), 0, entry.getValue().asLong()))
            .toList();
    return poll("p" + number, at, null, group(at, List.of("row"), columns.toArray(Column[]::new)));
  }

  private static void check(JsonNode step, int number, List<LogDriver.Written<Metrics>> written) {
    List<Column> rates =
        written.stream()
            .flatMap(w -> w.record().getGroups().stream())
            .flatMap(g -> g.getColumns().stream())
            .filter(
                c -> c.getDerived() == io.argos.schemas.Derived.RATE && !c.getDoubles().isEmpty())
            .toList();
    if (!step.get("rate_expected").asBoolean()) {
      assertThat(rates).as("step %d", number).isEmpty();
      return;
    }
    JsonNode expected = step.get("rates_per_second");
    assertThat(rates).as("step %d", number).hasSize(expected.size());
    for (Column rate : rates) {
      assertThat(rate.getDoubles().getFirst())
          .as("step %d %s", number, rate.getName())
          .isEqualTo(expected.get(rate.getName()).asDouble(), within(PRECISION));
    }
  }
}
