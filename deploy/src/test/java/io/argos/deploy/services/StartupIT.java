package io.argos.deploy.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.ArgosConfig;
import io.argos.deploy.process.ArgosProcess;
import io.argos.deploy.process.Settings;
import io.argos.servers.EmbeddedKafka;
import io.argos.servers.EmbeddedRedis;
import io.argos.servers.EmbeddedZooKeeper;
import io.argos.servers.registry.SchemaRegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the commands begin and end: without their servers, with a bad configuration, by SIGTERM. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StartupIT {
  private static final Duration START = Duration.ofSeconds(60);

  /** Supervisors grant thirty seconds between SIGTERM and SIGKILL. */
  private static final Duration END = Duration.ofSeconds(25);

  /** 128 and the number of SIGTERM: how a JVM ends that was asked to. */
  private static final int TERMINATED = 143;

  private static final List<String> STAGES =
      List.of("discovery", "enrichment", "polling", "resource-manager");

  @TempDir Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void waitsForItsServersSaysSoOnceAndEndsWhenAsked() throws Exception {
    Settings.Addresses addresses = Settings.Addresses.free();
    Path file =
        Settings.write(
            folder.resolve("argos.yaml"),
            Settings.common(Settings.write(folder.resolve("devices.json"), "[]")),
            addresses.yaml());
    ArgosConfig config = Settings.load(file);
    Settings.createKey(config);
    List<ArgosProcess> stages = STAGES.stream().map(stage -> service(stage, file)).toList();
    for (ArgosProcess stage : stages) {
      stage.awaitHealth(
          "it names the servers that it waits for",
          START,
          health ->
              health.status() == 503
                  && health.of("kafka").startsWith("unreachable")
                  && health.of("zookeeper").startsWith("unreachable")
                  && health.of("registry").startsWith("unreachable"));
    }
    for (ArgosProcess stage : stages.subList(1, 3)) {
      stage.awaitHealth(
          "it names Redis too", START, health -> health.of("redis").startsWith("unreachable"));
    }

    ArgosProcess impatient = service("impatient", file, "polling");
    impatient.awaitHealth("it waits", START, health -> health.status() == 503);
    end(impatient);

    EmbeddedKafka kafka =
        opened(
            EmbeddedKafka.start(
                folder.resolve("kafka"), addresses.kafkaPort(), java.util.Map.of()));
    opened(
        EmbeddedZooKeeper.start(
            folder.resolve("zookeeper"),
            addresses.zookeeperPort(),
            EmbeddedZooKeeper.DEFAULT_TICK));
    opened(SchemaRegistryServer.start(addresses.registryPort(), kafka.bootstrap()));
    ArgosProcess ensure = service("ensure", file, "topics", "ensure");
    assertThat(ensure.awaitExit(START)).as(ensure.log()).isZero();
    for (ArgosProcess stage : stages.subList(1, 3)) {
      stage.awaitHealth(
          "only Redis is missing",
          START,
          health ->
              health.status() == 503
                  && health.of("kafka").equals("ok")
                  && health.of("zookeeper").equals("ok")
                  && health.of("topics").equals("ok")
                  && health.of("schemas").equals("ok")
                  && health.of("redis").startsWith("unreachable"));
    }
    opened(EmbeddedRedis.start(folder.resolve("redis"), addresses.redis(), Optional.empty()));
    for (ArgosProcess stage : stages) {
      stage.awaitReady(START);
      saysEachChangeOnce(stage);
    }

    stages.forEach(ArgosProcess::terminate);
    for (ArgosProcess stage : stages) {
      end(stage);
    }
  }

  /** A line for each state, none twice in a row, and one when the server is there. */
  private static void saysEachChangeOnce(ArgosProcess stage) {
    for (String server : List.of("kafka", "zookeeper", "redis", "registry", "topics", "schemas")) {
      List<String> said =
          stage.lines(server + " not ready").stream()
              .map(line -> line.substring(line.indexOf(server + " not ready")))
              .toList();
      for (int i = 1; i < said.size(); i++) {
        assertThat(said.get(i)).as("%s: said again", stage.name()).isNotEqualTo(said.get(i - 1));
      }
      assertThat(stage.lines(server + " ready")).as(stage.name()).hasSizeLessThanOrEqualTo(1);
    }
    // Nor do libraries complain, attempt by attempt.
    assertThat(
            stage
                .log()
                .lines()
                .takeWhile(line -> !line.contains("kafka ready"))
                .filter(line -> line.contains(" WARN ")))
        .as(stage.name())
        .allSatisfy(line -> assertThat(line).contains(" not ready"));
    assertThat(stage.lines("kafka not ready")).as(stage.name()).isNotEmpty();
    assertThat(stage.lines("kafka ready")).as(stage.name()).hasSize(1);
  }

  @Test
  void serversAndStandaloneTakeTheirChildrenAndPortsWithThem() throws Exception {
    Settings.Addresses addresses = Settings.Addresses.free();
    List<ArgosProcess> all = new ArrayList<>();
    for (String command : List.of("servers", "standalone")) {
      Path file =
          Settings.write(
              folder.resolve(command).resolve("argos.yaml"),
              Settings.common(Settings.write(folder.resolve("devices.json"), "[]")),
              "redis: {key-file: secrets.key}",
              Settings.SHORT_SESSIONS,
              command.equals("servers") ? ports(addresses) : ports(0, 0, 0, 0));
      all.add(service(command, file));
    }
    ArgosProcess servers = all.get(0);
    ArgosProcess standalone = all.get(1);
    servers.awaitLine("servers up", START);
    standalone.awaitReady(START);
    assertThat(servers.children()).as("its Redis").isNotEmpty();
    assertThat(standalone.children()).as("its Redis").isNotEmpty();
    List<ProcessHandle> children = new ArrayList<>(servers.children());
    children.addAll(standalone.children());
    int http = standalone.httpPort().orElseThrow();

    all.forEach(ArgosProcess::terminate);

    for (ArgosProcess process : all) {
      end(process);
    }
    await().atMost(END).untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    for (int port :
        List.of(
            http,
            addresses.kafkaPort(),
            addresses.zookeeperPort(),
            addresses.redis(),
            addresses.registryPort())) {
      assertThat(listens(port)).as("port %d", port).isFalse();
    }
  }

  @Test
  void refusesABadConfigurationWithAllProblemsBeforeItOpensASocket() throws Exception {
    try (ServerSocketChannel trap = ServerSocketChannel.open();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      trap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      trap.configureBlocking(false);
      int port = ((InetSocketAddress) trap.getLocalAddress()).getPort();
      Path resources = Settings.write(folder.resolve("devices.json"), "[]");
      Settings.Addresses traps =
          new Settings.Addresses(
              "127.0.0.1:" + port, "127.0.0.1:" + port, port, "http://127.0.0.1:" + port);
      Path file =
          Settings.write(
              folder.resolve("bad.yaml"),
              Settings.common(resources)
                  .replace("  port: 0", "  port: " + taken.getLocalPort())
                  .replace("credentials: [lab-community]", "credential: [lab-community]")
                  .replace(
                      "interval: 10s\n    timeout",
                      "interval: 10s\n    filter: site =\n    timeout")
                  .replace("lookahead: 5s", "lookahed: 5s"),
              traps.yaml());
      List<ArgosProcess> stages = new ArrayList<>();
      for (String command : STAGES.subList(1, 3)) {
        stages.add(service(command, file));
      }
      stages.add(service("standalone", file));
      stages.add(service("check", file, "config", "check"));

      for (ArgosProcess stage : stages) {
        assertThat(stage.awaitExit(START)).as("%s: %s", stage.name(), stage.log()).isEqualTo(4);
        assertThat(stage.log())
            .as(stage.name())
            .contains("schedule.lookahed: unknown key")
            .doesNotContain("\tat ", "http listening");
        for (String problem : problems(stage.name())) {
          assertThat(stage.log()).as(stage.name()).containsPattern("bad.yaml:\\d+.*" + problem);
        }
      }
      assertThat(trap.accept()).as("a connection to a server").isNull();
    }
  }

  /** What each has to find beside what is wrong for all. */
  private static List<String> problems(String command) {
    String credential = "settings: credential is not a key of this kind";
    String filter = "filter: column 7";
    return switch (command) {
      case "enrichment" -> List.of(credential);
      case "polling" -> List.of(credential, filter);
      case "standalone", "check" -> List.of("snmp-device." + credential, filter);
      default -> List.of();
    };
  }

  private static String ports(Settings.Addresses addresses) {
    return ports(
        addresses.kafkaPort(),
        addresses.zookeeperPort(),
        addresses.redis(),
        addresses.registryPort());
  }

  private static String ports(int kafka, int zookeeper, int redis, int registry) {
    return """
    servers:
      kafka-port: %d
      zookeeper-port: %d
      redis-port: %d
      registry-port: %d
    """
        .formatted(kafka, zookeeper, redis, registry);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void end(ArgosProcess process) throws InterruptedException {
    long begun = System.nanoTime();
    process.terminate();
    int code = process.awaitExit(END);
    System.out.printf(
        "%s ended with %d after %.1f s%n", process.name(), code, (System.nanoTime() - begun) / 1e9);
    assertThat(code).as(process.log()).isIn(0, TERMINATED);
    assertThat(process.lines("overran")).isEmpty();
    assertThat(process.lines("close failed")).isEmpty();
    assertThat(process.children()).isEmpty();
  }

  private ArgosProcess service(String command, Path file) {
    return service(command, file, command);
  }

  private ArgosProcess service(String name, Path file, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("-c", file.toString()));
    return opened(ArgosProcess.start(name, folder, arguments.toArray(String[]::new)));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }
}
