package io.argos.deploy.quickstart;

import io.argos.config.ConfigSources;
import io.argos.deploy.standalone.Standalone;
import io.argos.runtime.health.Health;
import io.argos.runtime.secret.SecretStore;
import io.argos.schemas.Reachability;
import io.argos.schemas.topic.ResourceId;
import io.argos.testing.SnmpDaemon;
import io.argos.testing.simulator.DefaultEstate;
import io.argos.testing.simulator.ResourceFile;
import io.argos.testing.simulator.SimulatedDevice;
import io.argos.testing.simulator.Simulator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs Argos on simulated devices and tells what becomes of them. */
public final class Quickstart implements AutoCloseable {
  private static final String SITE = "lab";
  private static final String CREDENTIAL = "lab-community";
  private static final String SNMPD = "this-host";
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final QuickstartFolder folder;
  private final Progress progress;
  private final int count;
  private final ConfigSources sources;
  private final List<AutoCloseable> opened = new ArrayList<>();

  /**
   * A quickstart that is not begun.
   *
   * @param devices how many devices are simulated
   * @param settings further settings of the configuration, {@code key=value}
   */
  public Quickstart(
      QuickstartFolder folder, Progress progress, int devices, List<String> settings) {
    this.folder = folder;
    this.progress = progress;
    this.count = devices;
    this.sources = ConfigSources.of(folder.config()).set(settings.toArray(String[]::new));
  }

  /**
   * Goes through all steps, each said when it is true.
   *
   * @throws QuickstartException when a step does not come true in time, with what is missing
   */
  public void run() throws InterruptedException, ExecutionException {
    Simulator simulator = simulate();
    Optional<InetSocketAddress> snmpd = startSnmpd();
    Set<String> dead = new TreeSet<>();
    Set<String> alive = new TreeSet<>();
    for (SimulatedDevice device : simulator.devices()) {
      (device.spec().isDead() ? dead : alive).add(ResourceId.of(SITE, device.name()));
    }
    Set<String> real = new TreeSet<>();
    snmpd.ifPresent(address -> real.add(ResourceId.of(SITE, SNMPD)));
    ResourceFile.write(folder.resources(), simulator, SITE);
    folder.write("snmpd.json", QuickstartConfig.snmpd(SITE, SNMPD, snmpd));
    folder.writeIfAbsent("own.json", "[]\n");
    folder.write("argos.yaml", QuickstartConfig.main(CREDENTIAL));

    Standalone standalone = start();
    EstateWatch watch = opened(new EstateWatch(standalone.config()));
    follow(watch, alive, dead, real);
    show(watch);
  }

  private Simulator simulate() {
    Simulator simulator =
        opened(
            Simulator.builder()
                .addAll(DefaultEstate.of(count))
                .ports(InetAddress.getLoopbackAddress(), 0)
                .start());
    progress.step(
        "simulated",
        "%d devices simulated, from %s on"
            .formatted(simulator.devices().size(), simulator.devices().getFirst().address()),
        Map.of("devices", simulator.devices().size()));
    return simulator;
  }

  private Optional<InetSocketAddress> startSnmpd() {
    if (SnmpDaemon.program().isEmpty()) {
      return Optional.empty();
    }
    SnmpDaemon daemon = opened(SnmpDaemon.start(folder.root().resolve("snmpd")));
    progress.step(
        "snmpd",
        "net-snmp's snmpd is installed and polled too, as " + SNMPD,
        Map.of("address", daemon.address().toString()));
    return Optional.of(daemon.address());
  }

  private Standalone start() throws InterruptedException, ExecutionException {
    Standalone standalone = opened(Standalone.open(sources));
    folder.write("conf.d/10-servers.yaml", QuickstartConfig.addresses(standalone.config()));
    progress.step(
        "servers",
        "servers up: Kafka %s, ZooKeeper %s, Redis 127.0.0.1:%d, registry %s"
            .formatted(
                standalone.servers().bootstrap(),
                standalone.servers().connect(),
                standalone.servers().redis().port(),
                standalone.servers().registryUrl()),
        Map.of(
            "kafka", standalone.servers().bootstrap(),
            "zookeeper", standalone.servers().connect(),
            "redis", "127.0.0.1:" + standalone.servers().redis().port(),
            "registry", standalone.servers().registryUrl()));
    int steps = standalone.ensureTopics().size();
    progress.step(
        "topics", "topics and schemas ensured: " + steps, Map.of("topics-and-schemas", steps));
    try (SecretStore secrets =
        new SecretStore(standalone.config().redis(), standalone.config().prefix())) {
      secrets.put(CREDENTIAL, "default", Map.of("community", SnmpDaemon.COMMUNITY));
    }
    startServices(standalone);
    progress.step(
        "services",
        "services up: discovery, enrichment, polling, resource-manager; health and metrics on http://127.0.0.1:%d"
            .formatted(standalone.shell().http().port()),
        Map.of("http", standalone.shell().http().port()));
    return standalone;
  }

  /** Services wait for what they need however long it takes; a quickstart does not. */
  private void startServices(Standalone standalone) throws InterruptedException {
    try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> started =
          starting.submit(() -> {
            standalone.startServices();
            return null;
          });
      try {
        started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        starting.shutdownNow();
        throw new QuickstartException(
            "After two minutes the services have not started: %s."
                .formatted(standalone.shell().health().status(Health.Aspect.STARTED).reasons()));
      } catch (ExecutionException e) {
        throw new QuickstartException("A service cannot start: " + e.getCause());
      }
    }
  }

  private void follow(EstateWatch watch, Set<String> alive, Set<String> dead, Set<String> real)
      throws InterruptedException {
    Set<String> answering = union(alive, real);
    String beside = real.isEmpty() ? "" : "; besides, the snmpd of this host";
    await("discovered", union(answering, dead), watch::discovered);
    int discovered = alive.size() + dead.size();
    progress.step(
        "discovered",
        "%d simulated, %d discovered%s".formatted(count, discovered, beside),
        Map.of("simulated", count, "discovered", discovered, "real", real.size()));
    await("enriched", answering, watch::enriched);
    progress.step(
        "enriched",
        "%d enriched%s".formatted(alive.size(), beside),
        Map.of("enriched", alive.size(), "real", real.size()));
    await("measured twice, so that they have rates", answering, watch::rated);
    progress.step(
        "rates",
        "first rates of %d%s".formatted(alive.size(), beside),
        Map.of("rated", alive.size(), "real", real.size()));
    await("unreachable", dead, () -> watch.in(Reachability.UNREACHABLE));
    progress.step(
        "round",
        "%d simulated, %d discovered, %d enriched, %d unreachable%s"
            .formatted(
                count,
                discovered,
                alive.size(),
                dead.size(),
                dead.isEmpty() ? "" : " (expected: " + names(dead) + ")"),
        Map.of(
            "simulated", count,
            "discovered", discovered,
            "enriched", alive.size(),
            "unreachable", dead.size(),
            "expected-unreachable", names(dead)));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }

  private void await(String what, Set<String> wanted, Supplier<Set<String>> seen)
      throws InterruptedException {
    while (true) {
      Set<String> missing = new TreeSet<>(wanted);
      missing.removeAll(seen.get());
      if (missing.isEmpty()) {
        return;
      }
      if (progress.seconds() > PATIENCE.toSeconds()) {
        throw new QuickstartException(
            "After two minutes these are not %s: %s.".formatted(what, String.join(", ", missing)));
      }
      Thread.sleep(LOOK);
    }
  }

  private void show(EstateWatch watch) {
    List<EstateWatch.Device> devices = watch.devices();
    progress.text("");
    progress.text(DeviceTable.text(devices));
    Path config = folder.config();
    progress.step(
        "ready",
        "this is Argos, live. Try in another terminal:",
        Map.of("devices", DeviceTable.json(devices), "config", config.toString()));
    progress.text("  deploy/bin/argos nodes list -c " + config);
    progress.text(
        "  deploy/bin/argos resources show " + ResourceId.of(SITE, "core-1") + " -c " + config);
    progress.text("  deploy/bin/argos topics tail metrics -n 1 -c " + config);
  }

  private static String names(Set<String> ids) {
    return String.join(", ", ids.stream().map(ResourceId::nameOf).toList());
  }

  private <T extends AutoCloseable> T opened(T resource) {
    synchronized (opened) {
      opened.add(resource);
    }
    return resource;
  }

  /** Ends everything, the services first; idempotent. */
  @Override
  public void close() {
    List<AutoCloseable> closing;
    synchronized (opened) {
      closing = List.copyOf(opened).reversed();
      opened.clear();
    }
    for (AutoCloseable resource : closing) {
      try {
        resource.close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(Quickstart.class)
            .warn("close failed resource={}", resource.getClass().getSimpleName(), e);
      }
    }
  }
}
