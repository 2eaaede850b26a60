package io.argos.deploy.faults.cluster;

import io.argos.config.ArgosConfig;
import io.argos.deploy.faults.servers.FaultServers;
import io.argos.deploy.process.ArgosProcess;
import io.argos.deploy.process.Settings;
import io.argos.deploy.process.Simulation;
import io.argos.deploy.process.Timers;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Vendor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the services stand on: devices, servers with topics and a secret, and settings.
 *
 * @param settings the services' file
 * @param reading the configuration of the test's own readers, which no harm to a network disturbs
 */
record Ground(Simulation simulation, FaultServers servers, Path settings, ArgosConfig reading)
    implements AutoCloseable {
  private static final int DEVICES = 40;
  private static final int INTERFACES = 2;
  private static final Duration TOPICS = Duration.ofSeconds(90);

  /** Starts it in a folder. */
  static Ground start(Path folder, Timers timers) throws InterruptedException {
    Simulation simulation = Simulation.start(folder, devices());
    FaultServers servers = null;
    boolean up = false;
    try {
      servers = FaultServers.start(folder.resolve("servers"));
      String common = Settings.common(simulation.resources(), timers);
      Path settings =
          Settings.write(
              folder.resolve("argos.yaml"),
              common,
              addresses(servers, servers.bootstrap()).yaml(timers));
      Path reading =
          Settings.write(
              folder.resolve("reader.yaml"),
              common,
              addresses(servers, servers.directBootstrap()).yaml(timers));
      ArgosConfig config = Settings.load(settings);
      Settings.createKey(config);
      Settings.putCredential(config);
      ensureTopics(folder, settings);
      up = true;
      return new Ground(simulation, servers, settings, Settings.load(reading));
    } finally {
      if (!up) {
        simulation.close();
        if (servers != null) {
          servers.close();
        }
      }
    }
  }

  private static List<DeviceSpec> devices() {
    return IntStream.rangeClosed(1, DEVICES)
        .mapToObj("device-%02d"::formatted)
        .map(name -> DeviceSpec.of(GeneratedDevice.of(Vendor.GENERIC, name, INTERFACES)))
        .toList();
  }

  private static Settings.Addresses addresses(FaultServers servers, String bootstrap) {
    return new Settings.Addresses(
        bootstrap, servers.connect(), servers.redisPort(), servers.registryUrl());
  }

  private static void ensureTopics(Path folder, Path settings) throws InterruptedException {
    try (ArgosProcess ensure =
        ArgosProcess.start("topics", folder, "topics", "ensure", "-c", settings.toString())) {
      if (ensure.awaitExit(TOPICS) != 0) {
        throw new IllegalStateException("topics ensure failed: " + ensure.log());
      }
    }
  }

  @Override
  public void close() {
    servers.close();
    simulation.close();
  }
}
