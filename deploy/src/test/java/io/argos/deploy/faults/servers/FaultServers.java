package io.argos.deploy.faults.servers;

import static java.util.stream.Collectors.toSet;

import io.argos.servers.EmbeddedRedis;
import io.argos.servers.Ports;
import io.argos.testing.ChaosProxy;
import io.argos.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Kafka, ZooKeeper, Redis and the schema registry as processes of their own, each with a proxy
 * before it. Kafka has a second listener that no proxy disturbs: for the test's own readers and for
 * the registry. For one thread.
 */
public final class FaultServers implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final String direct;
  private final FaultServer kafka;
  private final FaultServer zookeeper;
  private final FaultServer redis;
  private final FaultServer registry;

  private FaultServers(Path folder) {
    List<Integer> ports = FreePorts.several(5);
    int proxied = ports.get(1);
    this.direct = Ports.LOOPBACK + ":" + ports.get(0);
    ChaosProxy kafkaProxy = proxy(proxied);
    String advertised = Ports.LOOPBACK + ":" + kafkaProxy.address().getPort();
    Path kafkaData = data(folder, "kafka");
    FaultServer.Launch launch =
        process(
            folder,
            "320m",
            "kafka",
            kafkaData.toString(),
            ports.get(0).toString(),
            Integer.toString(proxied),
            advertised);
    this.kafka =
        new FaultServer(
            "kafka",
            kafkaData,
            kafkaProxy,
            () -> {
              FaultServer.Running broker = launch.start();
              ServingBroker.await(direct);
              return broker;
            });
    Path zookeeperData = data(folder, "zookeeper");
    this.zookeeper =
        new FaultServer(
            "zookeeper",
            zookeeperData,
            proxy(ports.get(2)),
            process(folder, "64m", "zookeeper", zookeeperData.toString(), ports.get(2).toString()));
    Path redisData = data(folder, "redis");
    this.redis =
        new FaultServer(
            "redis",
            redisData,
            proxy(ports.get(3)),
            () -> RunningRedis.start(redisData, ports.get(3)));
    this.registry =
        new FaultServer(
            "registry",
            data(folder, "registry"),
            proxy(ports.get(4)),
            process(folder, "96m", "registry", ports.get(4).toString(), direct));
  }

  private static ChaosProxy proxy(int port) {
    return ChaosProxy.to(new InetSocketAddress(LOOPBACK, port));
  }

  private static FaultServer.Launch process(Path folder, String heap, String... arguments) {
    Path log = folder.resolve(arguments[0] + ".log");
    return () -> ServerProcess.start(log, heap, List.of(arguments));
  }

  /** Starts all four with their data and logs in the folder; returns when all answer. */
  public static FaultServers start(Path folder) throws InterruptedException {
    FaultServers servers = new FaultServers(folder);
    boolean up = false;
    try {
      servers.kafka.start();
      servers.zookeeper.start();
      servers.redis.start();
      servers.registry.start();
      up = true;
      return servers;
    } finally {
      if (!up) {
        servers.close();
      }
    }
  }

  public FaultServer kafka() {
    return kafka;
  }

  public FaultServer zookeeper() {
    return zookeeper;
  }

  public FaultServer redis() {
    return redis;
  }

  public FaultServer registry() {
    return registry;
  }

  /** Bootstrap servers of the estate's processes: Kafka behind its proxy. */
  public String bootstrap() {
    return place(kafka);
  }

  /** Bootstrap servers of the test's own clients: Kafka without a proxy. */
  public String directBootstrap() {
    return direct;
  }

  /** Connect string of ZooKeeper. */
  public String connect() {
    return place(zookeeper);
  }

  /** Port of Redis. */
  public int redisPort() {
    return redis.address().getPort();
  }

  /** Address of the schema registry. */
  public String registryUrl() {
    return "http://" + place(registry);
  }

  private static String place(FaultServer server) {
    return Ports.LOOPBACK + ":" + server.address().getPort();
  }

  private static Path data(Path folder, String server) {
    try {
      return Files.createDirectories(folder.resolve(server));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for " + server, e);
    }
  }

  /** Ends all at once; their data stay. */
  @Override
  public void close() {
    for (FaultServer server : List.of(registry, redis, zookeeper, kafka)) {
      server.close();
    }
  }

  /** Redis is a process of its own already; what has come with it is its process. */
  private record RunningRedis(EmbeddedRedis redis, List<ProcessHandle> processes)
      implements FaultServer.Running {

    static RunningRedis start(Path data, int port) {
      Set<Long> before =
          ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(toSet());
      EmbeddedRedis redis = EmbeddedRedis.start(data, port, Optional.empty());
      List<ProcessHandle> processes =
          ProcessHandle.current()
              .descendants()
              .filter(process -> !before.contains(process.pid()))
              // Debian's redis-server is a link to redis-check-rdb.
              .filter(process -> process.info().command().orElse("").contains("redis"))
              .toList();
      return new RunningRedis(redis, processes);
    }

    @Override
    public void close() {
      redis.close();
    }
  }
}
