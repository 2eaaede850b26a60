package io.argos.deploy.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.spi.Poller;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Recording;
import io.argos.testing.simulator.Simulator;
import io.argos.testing.simulator.Vendor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a poll costs a device in requests, before and after its plan is learned. */
class PollCostIT {
  private static final Path RECORDINGS = Path.of("..", "config", "profiles", "tests");

  private final StagePlugins plugins = new StagePlugins();

  @AfterEach
  void stop() {
    plugins.close();
  }

  /** What is read is the same; small tables are packed into few requests once they are known. */
  @ParameterizedTest
  @CsvSource({
    "generated, 4, 0.34",
    "generated, 48, 0.75",
    "generated, 480, 0.75",
    "juniper, 0, 0.34",
    "cisco-nxos-9000, 0, 0.34",
    "net-snmp, 0, 0.34"
  })
  void theSecondPollIsCheaper(String name, int interfaces, double share) throws Exception {
    try (Simulator simulator = Simulator.builder().add(device(name, interfaces)).start()) {
      InetSocketAddress address = simulator.device(name).address();
      plugins.enrich(address);
      List<Integer> requests = new ArrayList<>();
      List<Integer> values = new ArrayList<>();
      for (int poll = 0; poll < 3; poll++) {
        simulator.requests().clear();
        values.add(valuesOf(plugins.poll(address)));
        requests.add(simulator.requests().latest().size());
      }

      System.out.printf(
          "PollCostIT %s interfaces=%d requests=%s values=%s%n",
          name, interfaces, requests, values);
      assertThat(values.get(0)).isPositive();
      assertThat(values).containsOnly(values.get(0));
      assertThat(requests.get(1) / (double) requests.get(0)).isLessThanOrEqualTo(share);
      assertThat(requests.get(2)).isEqualTo(requests.get(1));
    }
  }

  private static DeviceSpec device(String name, int interfaces) throws IOException {
    return name.equals("generated")
        ? DeviceSpec.of(GeneratedDevice.of(Vendor.CISCO, name, interfaces))
        : DeviceSpec.of(
            name, Recording.read(RECORDINGS.resolve(name).resolve("recording.snmprec")));
  }

  private static int valuesOf(Poller.Poll poll) {
    return poll.groups().stream()
        .map(GroupBlock::columns)
        .flatMap(List::stream)
        .map(ColumnBlock::values)
        .mapToInt(values -> values.size())
        .sum();
  }
}
