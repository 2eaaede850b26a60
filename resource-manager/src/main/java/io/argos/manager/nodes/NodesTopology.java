package io.argos.manager.nodes;

import io.argos.manager.stream.FoldPlan;
import io.argos.manager.stream.LogAccess;
import io.argos.manager.stream.Outlet;
import io.argos.manager.stream.Route;
import io.argos.manager.stream.Taps;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Event;
import io.argos.schemas.NodeState;
import io.argos.schemas.Outcome;
import io.argos.schemas.Resource;
import io.argos.schemas.Tick;
import io.argos.schemas.topic.Topics;
import java.util.List;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * The topology {@code nodes}: outcomes, resources, enrichments and ticks in; states of nodes and
 * events out.
 */
public final class NodesTopology {
  /** Name of the topology. */
  public static final String NAME = "nodes";

  private NodesTopology() {}

  /** Adds the topology to a builder. */
  public static void build(StreamsBuilder builder, LogAccess log) {
    Topics topics = log.topics();
    Outlet<NodeState> nodes = log.outlet("nodes-sink", topics.nodes(), NodeState.class);
    Outlet<Event> events = log.outlet("events-sink", topics.events(), Event.class);
    Route<NodeFold, Outcome> outcomes =
        Route.of(
            "outcomes",
            log.byResource(
                topics.outcomes(), Outcome.class, Outcome::getResourceId, Observation::endOf),
            NodeFold::outcome);
    Route<NodeFold, Resource> resources =
        Route.table(
            "resources",
            log.table(topics.resources(), Resource.class, Resource::getId),
            NodeFold::resource,
            NodeFold::removed);
    Route<NodeFold, Enrichment> enrichments =
        Route.table(
            "enrichments",
            log.table(topics.enrichments(), Enrichment.class, NodesTopology::keyOf),
            NodeFold::enrichment,
            NodeFold::enrichmentRemoved);
    Route<NodeFold, Tick> ticks = Route.ticks(log.ticks());
    FoldPlan<NodeFold> plan =
        new FoldPlan<>(
            NAME,
            "node-entries",
            () -> new NodeFold(nodes, events, log.grace()),
            List.of(outcomes, resources, enrichments, ticks),
            log.grace(),
            log.refusals());

    KStream<byte[], byte[]> resourceStream =
        builder.stream(topics.resources(), Taps.source(resources.sourceName()));
    KStream<byte[], byte[]> enrichmentStream =
        builder.stream(topics.enrichments(), Taps.source(enrichments.sourceName()));
    KStream<byte[], byte[]> tickStream =
        builder.stream(topics.ticks(), Taps.source(ticks.sourceName()));
    KStream<byte[], byte[]> folded =
        builder.stream(topics.outcomes(), Taps.source(outcomes.sourceName()))
            .merge(resourceStream, Named.as("with-resources"))
            .merge(enrichmentStream, Named.as("with-enrichments"))
            .merge(tickStream, Named.as("with-ticks"))
            .process(plan, Named.as("node-states"));

    folded.to(nodes.topic(), Taps.byResource(nodes.sink()));
    folded.to(events.topic(), Taps.byResource(events.sink()));
    for (Route<NodeFold, ?> route : plan.routes()) {
      folded.to(
          Topics.deadLetters(route.inlet().topic()), Taps.deadLetters(route.deadLetterSink()));
    }
  }

  private static String keyOf(Enrichment enrichment) {
    String key = enrichment.getResourceId() + '|' + enrichment.getNamespace();
    return enrichment.getPart() == 0 ? key : key + '#' + enrichment.getPart();
  }
}
