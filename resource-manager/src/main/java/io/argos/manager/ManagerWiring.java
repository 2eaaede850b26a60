package io.argos.manager;

import io.argos.config.ArgosConfig;
import io.argos.manager.stream.RunningTopology;
import io.argos.runtime.health.Health;
import io.argos.runtime.kafka.DeadLetters;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.leadership.Candidate;
import io.argos.runtime.lifecycle.Lifecycle;
import io.argos.runtime.schedule.SchedulerLinks;
import io.argos.runtime.schedule.TickWriter;
import io.argos.runtime.stage.ServiceShell;
import io.argos.runtime.stage.StageLinks;
import io.argos.runtime.startup.Requirements;
import io.argos.runtime.startup.ServerWatch;
import io.argos.runtime.startup.StartupGate;
import io.argos.runtime.zookeeper.ZooKeeperClient;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.TopicSpec;
import io.argos.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** Makes and starts what the resource-manager consists of. */
public final class ManagerWiring {
  /** Name of the service, and of its leadership. */
  public static final String STAGE = "resource-manager";

  private static final Duration MARGIN = Duration.ofSeconds(2);

  private ManagerWiring() {}

  /**
   * Starts the service in a process; returns when its topologies have been started, which may be
   * before they run: readiness tells that.
   *
   * @throws InterruptedException when the process is told to stop before the servers are there
   */
  public static void start(ArgosConfig config, ServiceShell shell) throws InterruptedException {
    Health.Condition running =
        shell.health().condition(Health.Aspect.STARTED, STAGE, "waiting for the servers");
    InstantSource clock = InstantSource.system();
    Lifecycle lifecycle = shell.lifecycle();
    String instance = StageLinks.instanceOf(config, STAGE);
    MeterRegistry meters = shell.metersOf(STAGE);
    KafkaClients kafka = new KafkaClients(config.kafka(), instance);
    RegistryClient schemas =
        lifecycle.start(STAGE + " registry", () -> Requirements.registryClient(config.registry()));
    awaitServers(config, shell.health(), kafka, schemas);
    ZooKeeperClient zookeeper =
        lifecycle.start(STAGE + " zookeeper", () -> ZooKeeperClient.start(config.zookeeper()));
    watchServers(config, shell, kafka, zookeeper, schemas);

    Topologies topologies = new Topologies(config, instance, kafka, schemas, meters, clock);
    run(topologies.startResources(), shell);
    run(topologies.startMetrics(), shell);
    run(topologies.startNodes(), shell);
    startTicks(config, instance, kafka, zookeeper, schemas, meters, clock, lifecycle);
    running.met();
  }

  private static void awaitServers(
      ArgosConfig config, Health health, KafkaClients kafka, RegistryClient schemas)
      throws InterruptedException {
    List<TopicSpec> specs = StageLinks.specs(config);
    new StartupGate(health)
        .await(
            List.of(
                Requirements.kafka(kafka),
                Requirements.zookeeper(config.zookeeper()),
                Requirements.registry(config.registry(), schemas),
                Requirements.topics(kafka, specs),
                Requirements.schemas(schemas, specs)));
  }

  private static void watchServers(
      ArgosConfig config,
      ServiceShell shell,
      KafkaClients kafka,
      ZooKeeperClient zookeeper,
      RegistryClient schemas) {
    Duration session = config.kafka().sessionTimeout();
    Admin admin =
        shell.lifecycle().add(STAGE + " watch client", kafka.admin(ServerWatch.bounds(session)));
    shell
        .lifecycle()
        .add(
            STAGE + " watch",
            new ServerWatch(shell.health(), session)
                .vital(Requirements.kafka(kafka, admin))
                .useful(Requirements.zookeeper(zookeeper, config.zookeeper().connect()))
                .useful(Requirements.registry(config.registry(), schemas)));
  }

  private static void run(RunningTopology topology, ServiceShell shell) {
    String name = "topology " + topology.name();
    shell.lifecycle().add(name, RunningTopology.CLOSE.plus(MARGIN), topology);
    shell.health().check(Health.Aspect.READY, name, topology::notRunning);
    shell.health().check(Health.Aspect.LIVE, name, topology::ended);
  }

  private static void startTicks(
      ArgosConfig config,
      String instance,
      KafkaClients kafka,
      ZooKeeperClient zookeeper,
      RegistryClient schemas,
      MeterRegistry meters,
      InstantSource clock,
      Lifecycle lifecycle)
      throws InterruptedException {
    DeadLetters deadLetters =
        new DeadLetters(
            lifecycle.start(STAGE + " dead letters", () -> kafka.producer()), meters, clock);
    TickWriter ticks =
        lifecycle.start(
            STAGE + " ticks",
            () ->
                new TickWriter(
                    new Candidate(
                        config.prefix(),
                        STAGE,
                        instance,
                        config.zookeeper().sessionTimeout(),
                        config.schedule().lease()),
                    config.streams().tick(),
                    new SchedulerLinks(
                        kafka,
                        new Topics(config.prefix()),
                        schemas,
                        deadLetters,
                        zookeeper.curator(),
                        meters,
                        clock)));
    ticks.start();
  }
}
