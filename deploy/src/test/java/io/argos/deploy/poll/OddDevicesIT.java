package io.argos.deploy.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.DimensionBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enricher;
import io.argos.spi.Poller;
import io.argos.spi.ProfileRef;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.Recording;
import io.argos.testing.simulator.SimulatedDevice;
import io.argos.testing.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices whose answers are right by the protocol and wrong by their MIB. */
class OddDevicesIT {
  private static final Path RECORDINGS = Path.of("..", "config", "profiles", "tests");

  private final StagePlugins plugins = new StagePlugins();

  @AfterEach
  void stop() {
    plugins.close();
  }

  @Test
  void stringsInThePlaceOfNumbersAreValuesThatAreNotThere()
      throws IOException, InterruptedException {
    // The octets into one interface are text, and so are all of its errors.
    Recording odd =
        juniper(line ->
            line.startsWith("1.3.6.1.2.1.31.1.1.1.6.501|")
                    || line.startsWith("1.3.6.1.2.1.2.2.1.10.501|")
                    || line.startsWith("1.3.6.1.2.1.2.2.1.14.")
                ? line.replaceFirst("\\|.*", "|4|not a number")
                : line);
    try (Simulator simulator = Simulator.builder().add(DeviceSpec.of("odd", odd)).start()) {
      SimulatedDevice device = simulator.device("odd");
      assertThat(plugins.enrich(device.address())).isInstanceOf(Enricher.Outcome.Enriched.class);

      Poller.Poll poll = plugins.poll(device.address());

      GroupBlock interfaces = interfaces(poll);
      int row = Arrays.asList(interfaces.rows().rowKeys()).indexOf("xe-0/0/0");
      assertThat(row).isNotNegative();
      assertThat(column(interfaces, "bits_in").absent()).contains(row);
      assertThat(column(interfaces, "bits_in").values().size()).isPositive();
      assertThat(column(interfaces, "bits_out").absent()).doesNotContain(row);
      assertThat(interfaces.columns())
          .filteredOn(column -> column.name().equals("errors_in"))
          .allMatch(column -> column.values().size() == 0);
      assertThat(poll.status()).isIn(DeviceStatus.SUCCESS, DeviceStatus.PARTIAL_METRIC_FAILURE);
    }
  }

  @Test
  void namesThatAreNoUtf8AreStillNames() throws IOException, InterruptedException {
    Recording odd =
        juniper(line ->
            line.startsWith("1.3.6.1.2.1.31.1.1.1.1.501|")
                ? "1.3.6.1.2.1.31.1.1.1.1.501|4x|78ff2dc328"
                : line.startsWith("1.3.6.1.2.1.31.1.1.1.18.501|")
                    ? "1.3.6.1.2.1.31.1.1.1.18.501|4x|fffe00e98080"
                    : line);
    try (Simulator simulator = Simulator.builder().add(DeviceSpec.of("odd", odd)).start()) {
      SimulatedDevice device = simulator.device("odd");
      plugins.enrich(device.address());

      GroupBlock first = interfaces(plugins.poll(device.address()));
      GroupBlock second = interfaces(plugins.poll(device.address()));

      assertThat(first.rows().rowKeys()).hasSameSizeAs(second.rows().rowKeys());
      assertThat(second.rows().rowKeys()).containsExactly(first.rows().rowKeys());
      List<String> texts =
          first.rows().dimensions().stream()
              .map(DimensionBlock::values)
              .flatMap(Arrays::stream)
              .toList();
      assertThat(first.rows().rowKeys())
          .allMatch(OddDevicesIT::isEncodable)
          .anyMatch(key -> key.startsWith("x"));
      assertThat(texts).allMatch(OddDevicesIT::isEncodable);
    }
  }

  @Test
  void aDeviceThatChangesItsMakeIsEnrichedAnew() throws IOException, InterruptedException {
    try (Simulator simulator =
        Simulator.builder()
            .add(DeviceSpec.of("first", juniper(line -> line)))
            .add(DeviceSpec.of("second", recording("arista", line -> line)))
            .add(
                DeviceSpec.of("third", recording("cisco-ios", line -> line))
                    .uptime(Duration.ofSeconds(1)))
            .start()) {
      plugins.enrich(simulator.device("first").address());
      assertThat(plugins.poll(simulator.device("first").address()).wantsEnrichment()).isFalse();

      for (String next : List.of("second", "third")) {
        SimulatedDevice device = simulator.device(next);
        Poller.Poll changed = plugins.poll(device.address());
        plugins.enrich(device.address());
        Poller.Poll known = plugins.poll(device.address());

        assertThat(changed.status()).as(next).isNotEqualTo(DeviceStatus.SUCCESS);
        assertThat(changed.wantsEnrichment()).as(next).isTrue();
        assertThat(profile(known)).isNotEqualTo(profile(changed));
        assertThat(known.wantsEnrichment()).as(next).isFalse();
        assertThat(known.status())
            .as("%s %s", next, known.failure())
            .isEqualTo(DeviceStatus.SUCCESS);
      }
    }
  }

  private static String profile(Poller.Poll poll) {
    return poll.profile().map(ProfileRef::name).orElse("none");
  }

  private static boolean isEncodable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static GroupBlock interfaces(Poller.Poll poll) {
    return poll.groups().stream()
        .filter(group -> group.name().equals("interface"))
        .findFirst()
        .orElseThrow();
  }

  private static ColumnBlock column(GroupBlock group, String name) {
    return group.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Recording juniper(UnaryOperator<String> change) throws IOException {
    return recording("juniper", change);
  }

  private static Recording recording(String name, UnaryOperator<String> change) throws IOException {
    Path file = RECORDINGS.resolve(name).resolve("recording.snmprec");
    String text =
        Files.readAllLines(file).stream().map(change).collect(Collectors.joining("\n", "", "\n"));
    return Recording.parse(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
