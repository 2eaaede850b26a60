package io.argos.deploy.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.ConfigSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of metrics in the operating guide, held against a running process. */
class MetricsPageIT {
  private static final Path PAGE = Path.of("../docs/operating.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(argos_\\w+)` \\| (\\w+) \\|");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (argos_\\w+) (\\w+)$");

  /** These are there from their first event on, which a process without plugins never sees. */
  private static final Pattern LATE =
      Pattern.compile(
          "argos_(scheduler_missed|dead_letters|plugin_\\w+)_total counter"
              + "|argos_scheduler_capacity_shortfall gauge");

  @TempDir Path folder;

  @Test
  void listsEveryMetricOfARunningProcessAndNoOther() throws Exception {
    Files.writeString(
        folder.resolve("argos.yaml"),
        """
        instance: {data: data}
        http: {port: 0}
        snmp: {traps: {enabled: true, port: 0, credentials: [traps]}}
        servers: {kafka-port: 0, zookeeper-port: 0, redis-port: 0, registry-port: 0}
        """);

    try (Standalone standalone = Standalone.open(ConfigSources.of(folder.resolve("argos.yaml")))) {
      standalone.ensureTopics();
      standalone.startServices();

      // Counters by topic begin with the first record, such as a heartbeat.
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(exposed(standalone)).isEqualTo(documented()));
    }
  }

  private static Set<String> documented() throws IOException {
    return ROW.matcher(Files.readString(PAGE))
        .results()
        .map(row -> row.group(1) + " " + row.group(2))
        .filter(row -> !LATE.matcher(row).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> exposed(Standalone standalone) {
    return TYPE.matcher(standalone.shell().meters().scrape())
        .results()
        .filter(type -> !type.group(1).endsWith("_max"))
        .map(type -> type.group(1) + " " + type.group(2))
        .filter(type -> !LATE.matcher(type).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
