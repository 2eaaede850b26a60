package io.argos.runtime.stage;

import io.argos.config.ArgosConfig;
import io.argos.runtime.agent.AgentLinks;
import io.argos.runtime.agent.AgentSpec;
import io.argos.runtime.health.Health;
import io.argos.runtime.kafka.DeadLetters;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.lifecycle.Lifecycle;
import io.argos.runtime.plugin.StagePluginContext;
import io.argos.runtime.result.ResultProducer;
import io.argos.runtime.secret.RedisSecrets;
import io.argos.runtime.startup.Requirements;
import io.argos.runtime.startup.ServerWatch;
import io.argos.runtime.startup.StartupGate;
import io.argos.runtime.table.CompactedTable;
import io.argos.runtime.zookeeper.ZooKeeperClient;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.TopicSpec;
import io.argos.schemas.topic.Topics;
import io.argos.spi.PluginContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stage is linked to: the servers, and the way of its results. Opened when all servers have
 * answered and the topics and schemas are there; closed with the process.
 *
 * @param config the configuration
 * @param stage name of the stage
 * @param instance name of this instance
 * @param topics names of the topics
 * @param kafka makes clients of Kafka
 * @param schemas the schema registry
 * @param zookeeper client of ZooKeeper
 * @param secrets the secrets
 * @param results producer of all results
 * @param deadLetters takes what cannot be read
 * @param meters metrics of the stage
 * @param health health of the process
 * @param lifecycle closes everything of the process
 * @param clock time of day
 */
public record StageLinks(
    ArgosConfig config,
    String stage,
    String instance,
    Topics topics,
    KafkaClients kafka,
    RegistryClient schemas,
    ZooKeeperClient zookeeper,
    RedisSecrets secrets,
    ResultProducer results,
    DeadLetters deadLetters,
    MeterRegistry meters,
    Health health,
    Lifecycle lifecycle,
    InstantSource clock) {

  /** Memory for results that are not acknowledged yet. */
  private static final long RESULT_MEMORY = 64L << 20;

  /** A poll of a switch takes ten kilobytes: Kafka's own default would hold but one of them. */
  private static final int RESULT_BATCH = 128 << 10;

  private static final Logger log = LoggerFactory.getLogger(StageLinks.class);
  private static final Duration LOAD_LOOK = Duration.ofSeconds(10);
  private static final Duration RESULTS_CLOSE = Duration.ofSeconds(12);

  /**
   * Waits for the servers, however long that takes, and links to them.
   *
   * @throws InterruptedException when the process is told to stop before all are there
   */
  public static StageLinks open(ArgosConfig config, String stage, ServiceShell shell)
      throws InterruptedException {
    InstantSource clock = InstantSource.system();
    Lifecycle lifecycle = shell.lifecycle();
    String instance = instanceOf(config, stage);
    Topics topics = new Topics(config.prefix());
    MeterRegistry meters = shell.metersOf(stage);
    KafkaClients kafka = new KafkaClients(config.kafka(), instance);
    RegistryClient schemas =
        lifecycle.start(stage + " registry", () -> Requirements.registryClient(config.registry()));
    RedisSecrets secrets =
        lifecycle.start(
            stage + " secrets", () -> new RedisSecrets(config.redis(), config.prefix(), clock));
    List<TopicSpec> specs = specs(config);
    new StartupGate(shell.health())
        .await(
            List.of(
                Requirements.kafka(kafka),
                Requirements.zookeeper(config.zookeeper()),
                Requirements.redis(secrets),
                Requirements.registry(config.registry(), schemas),
                Requirements.topics(kafka, specs),
                Requirements.schemas(schemas, specs)));
    ZooKeeperClient zookeeper =
        lifecycle.start(stage + " zookeeper", () -> ZooKeeperClient.start(config.zookeeper()));
    Duration session = config.kafka().sessionTimeout();
    Admin admin = lifecycle.add(stage + " watch client", kafka.admin(ServerWatch.bounds(session)));
    lifecycle.add(
        stage + " watch",
        new ServerWatch(shell.health(), session)
            .vital(Requirements.kafka(kafka, admin))
            .useful(Requirements.zookeeper(zookeeper, config.zookeeper().connect()))
            .useful(Requirements.redis(secrets))
            .useful(Requirements.registry(config.registry(), schemas)));
    ResultProducer results =
        new ResultProducer(
            kafka.producer(
                Map.of(
                    ProducerConfig.CLIENT_ID_CONFIG,
                    instance + "-results",
                    ProducerConfig.BUFFER_MEMORY_CONFIG,
                    RESULT_MEMORY,
                    ProducerConfig.BATCH_SIZE_CONFIG,
                    RESULT_BATCH)),
            instance,
            RESULT_MEMORY,
            meters);
    lifecycle.add(stage + " results", RESULTS_CLOSE, results);
    DeadLetters deadLetters =
        new DeadLetters(
            lifecycle.add(
                stage + " dead letters",
                kafka.producer(
                    Map.of(ProducerConfig.CLIENT_ID_CONFIG, instance + "-dead-letters"))),
            meters,
            clock);
    return new StageLinks(
        config,
        stage,
        instance,
        topics,
        kafka,
        schemas,
        zookeeper,
        secrets,
        results,
        deadLetters,
        meters,
        shell.health(),
        lifecycle,
        clock);
  }

  /** The topics that must exist under a configuration. */
  public static List<TopicSpec> specs(ArgosConfig config) {
    Topics topics = new Topics(config.prefix());
    Set<String> points = Set.of(topics.points(), Topics.deadLetters(topics.points()));
    return topics.specs(config.topics().partitions(), zonesOf(config)).stream()
        .filter(spec -> config.topics().points() || !points.contains(spec.name()))
        .toList();
  }

  /** The zones that are configured, and {@code main}. */
  public static Set<String> zonesOf(ArgosConfig config) {
    Set<String> zones = new TreeSet<>(config.zones().keySet());
    zones.add("main");
    zones.add(config.instance().zone());
    return zones;
  }

  /** Name of an instance of a stage: as configured, or of host and process. */
  public static String instanceOf(ArgosConfig config, String stage) {
    if (!config.instance().id().equals("auto")) {
      return config.instance().id() + "-" + stage;
    }
    return "%s-%s-%d".formatted(hostName(), stage, ProcessHandle.current().pid());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A host without a name still has one process of each number.
      return "host";
    }
  }

  /**
   * A table of a compacted topic, not started yet and closed with the process.
   *
   * @param reader who reads, such as {@code scheduler}
   */
  public <T extends SpecificRecord> CompactedTable<T> table(
      String topic, Class<T> type, String reader) {
    String name = instance + "-" + reader;
    CompactedTable<T> table =
        new CompactedTable<>(
            topic,
            name,
            kafka::consumer,
            new RecordReader<>(schemas, type),
            (record, reason) -> deadLetters.send(record, name, reason));
    return lifecycle.add(name + " table " + topic, table);
  }

  /**
   * Starts tables of all partitions and waits until they have been read, however long that takes.
   */
  public void load(CompactedTable<?>... tables) throws InterruptedException {
    for (CompactedTable<?> table : tables) {
      table.assignAll();
      table.start();
    }
    for (CompactedTable<?> table : tables) {
      while (!table.awaitCaughtUp(LOAD_LOOK)) {
        log.info("a table is still being read stage={}", stage);
      }
    }
  }

  /** What an agent of this stage is linked to. */
  public AgentLinks agentLinks() {
    return new AgentLinks(
        kafka::consumer, kafka::consumer, results, schemas, deadLetters::send, meters, clock);
  }

  /** The agent of this stage and process. */
  public AgentSpec agentSpec() {
    return new AgentSpec(
        instance,
        stage,
        config.instance().zone(),
        topics,
        config.agent(),
        config.kafka().sessionTimeout());
  }

  /** The context of a plugin instance of this stage. */
  public PluginContext pluginContext(String plugin) {
    return new StagePluginContext(stage, plugin, clock, secrets, meters);
  }
}
