package io.argos.manager;

import io.argos.config.ArgosConfig;
import io.argos.manager.metrics.MetricsTopology;
import io.argos.manager.nodes.NodesTopology;
import io.argos.manager.resources.RemovalLimits;
import io.argos.manager.resources.ResourcesTopology;
import io.argos.manager.stream.LogAccess;
import io.argos.manager.stream.RunningTopology;
import io.argos.manager.stream.TopologySettings;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.Topics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;

/**
 * Builds and starts the topologies, each as an application of its own, so that one can be replaced,
 * moved or replayed without the others.
 *
 * @param config the configuration
 * @param instance name of this instance
 * @param kafka how Kafka is reached
 * @param schemas where the ids of schemas are known
 * @param meters where figures go
 * @param clock the time
 */
record Topologies(
    ArgosConfig config,
    String instance,
    KafkaClients kafka,
    SchemaIds schemas,
    MeterRegistry meters,
    InstantSource clock) {

  RunningTopology startResources() {
    RemovalLimits limits =
        new RemovalLimits(config.streams().removalShare(), config.streams().removalFloor());
    return start(
        ResourcesTopology.NAME,
        (builder, log) ->
            ResourcesTopology.build(
                builder,
                log,
                TopologySettings.applicationId(config.prefix(), ResourcesTopology.NAME),
                config.identity(),
                limits));
  }

  RunningTopology startMetrics() {
    return start(
        MetricsTopology.NAME,
        (builder, log) -> MetricsTopology.build(builder, log, config.topics().points()));
  }

  RunningTopology startNodes() {
    return start(NodesTopology.NAME, NodesTopology::build);
  }

  private RunningTopology start(String name, BiConsumer<StreamsBuilder, LogAccess> wiring) {
    LongAdder refusals = new LongAdder();
    LogAccess log =
        new LogAccess(
            new Topics(config.prefix()),
            config.topics().partitions(),
            schemas,
            config.streams().grace(),
            refusals);
    Map<String, Object> clients = new HashMap<>(kafka.common());
    clients.put("client.id", instance + '-' + name);
    Map<String, Object> properties =
        TopologySettings.properties(
            TopologySettings.applicationId(config.prefix(), name),
            clients,
            config.streams(),
            Math.toIntExact(config.kafka().sessionTimeout().toMillis()),
            config.topics().replication(),
            config.instance().data());
    Topology topology = TopologySettings.build(properties, builder -> wiring.accept(builder, log));
    RunningTopology running = RunningTopology.start(name, topology, properties, clock);
    meter(running, refusals);
    return running;
  }

  private void meter(RunningTopology running, LongAdder refusals) {
    FunctionCounter.builder("argos.topology.refused", refusals, LongAdder::sum)
        .description("Records that went to dead letters")
        .tag("topology", running.name())
        .register(meters);
    Gauge.builder("argos.topology.running", running, r -> r.notRunning().isEmpty() ? 1 : 0)
        .description("Whether the topology runs")
        .tag("topology", running.name())
        .register(meters);
    Gauge.builder("argos.topology.lag", running, RunningTopology::lag)
        .description("Records that wait to be read, in the partition with most of them")
        .tag("topology", running.name())
        .register(meters);
  }
}
