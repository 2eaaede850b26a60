package io.argos.profile;

import io.argos.config.SnmpConfig;
import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpEngine;
import io.argos.snmp.SnmpLimits;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.Secret;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.Recording;
import io.argos.testing.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recordings of real devices, served by the simulator and read over UDP. */
class ConformanceIT {
  private final List<AutoCloseable> open = new ArrayList<>();
  private final ConformanceCases cases = new ConformanceCases(this::overUdp);

  static Stream<String> interfaces() {
    return ConformanceCases.names("interfaces");
  }

  static Stream<String> devices() {
    return ConformanceCases.names("devices");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private Function<SnmpPlan, SnmpReply> overUdp(Path recording) {
    Simulator simulator =
        Simulator.builder().add(DeviceSpec.of("device", Recording.read(recording))).start();
    open.add(simulator);
    SnmpEngine engine =
        SnmpEngine.open(new SnmpConfig(Duration.ofSeconds(1), 2, 48, 4, 100_000, 0, 1));
    open.addFirst(engine);
    SnmpTarget target =
        new SnmpTarget(
            simulator.device("device").address(),
            new SnmpCredential.V2c(new Secret("test", Map.of("community", "public"))),
            new SnmpLimits(Duration.ofSeconds(1), 2, 48, 4, 100_000));
    return plan -> engine.read(target, plan).join();
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void enrichesInterfaces(String name) {
    cases.enrichesInterfaces(name);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void pollsDevices(String name) {
    cases.pollsDevices(name);
  }
}
