package io.argos.manager.resources;

import io.argos.config.IdentityConfig;
import io.argos.manager.stream.FoldPlan;
import io.argos.manager.stream.Inlet;
import io.argos.manager.stream.LogAccess;
import io.argos.manager.stream.Outlet;
import io.argos.manager.stream.Route;
import io.argos.manager.stream.Sieve;
import io.argos.manager.stream.Taps;
import io.argos.schemas.Directive;
import io.argos.schemas.Discovery;
import io.argos.schemas.Event;
import io.argos.schemas.Resource;
import io.argos.schemas.Tick;
import io.argos.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * The topology {@code resources}: runs of discovery, confirmations and ticks in; resources and
 * events out. One task sees every claim, since discoveries have one partition.
 */
public final class ResourcesTopology {
  /** Name of the topology. */
  public static final String NAME = "resources";

  private static final String CONFIRM = "confirm";
  private static final String CONFIRMATIONS = "confirmations";

  private ResourcesTopology() {}

  /**
   * Adds the topology to a builder.
   *
   * @param applicationId id of the application, from which its one internal topic is named
   */
  public static void build(
      StreamsBuilder builder,
      LogAccess log,
      String applicationId,
      IdentityConfig identity,
      RemovalLimits limits) {
    Topics topics = log.topics();
    Outlet<Resource> resources = log.outlet("resources-sink", topics.resources(), Resource.class);
    Outlet<Event> events = log.outlet("events-sink", topics.events(), Event.class);
    Route<ResourceFold, Discovery> discoveries =
        Route.of(
            "discoveries",
            log.single(
                topics.discoveries(),
                Discovery.class,
                Discovery::getSource,
                said -> Optional.of(said.getAt())),
            ResourceFold::discovery);
    Route<ResourceFold, Directive> confirmations =
        Route.of(
            CONFIRMATIONS,
            log.single(
                applicationId + '-' + CONFIRMATIONS + "-repartition",
                Directive.class,
                directive -> directive.getResourceId() + '|' + directive.getId(),
                directive -> Optional.of(directive.getAt())),
            ResourceFold::confirm);
    Route<ResourceFold, Tick> ticks = Route.ticks(log.ticks());
    FoldPlan<ResourceFold> plan =
        new FoldPlan<>(
            NAME,
            "claims",
            () ->
                new ResourceFold(
                    new EntryCodec(log.schemas(), topics), resources, events, identity, limits),
            List.of(discoveries, confirmations, ticks),
            log.grace(),
            log.refusals());

    KStream<byte[], byte[]> confirmed = confirmations(builder, log);
    KStream<byte[], byte[]> tickStream =
        builder.stream(topics.ticks(), Taps.source(ticks.sourceName()));
    KStream<byte[], byte[]> folded =
        builder.stream(topics.discoveries(), Taps.source(discoveries.sourceName()))
            .merge(confirmed, Named.as("with-confirmations"))
            .merge(tickStream, Named.as("with-ticks"))
            .process(plan, Named.as("identities"));

    folded.to(resources.topic(), Taps.byResource(resources.sink()));
    folded.to(events.topic(), Taps.byResource(events.sink()));
    folded.to(
        Topics.deadLetters(topics.discoveries()), Taps.deadLetters(discoveries.deadLetterSink()));
    folded.to(
        Topics.deadLetters(topics.directives()), Taps.deadLetters(confirmations.deadLetterSink()));
    folded.to(Topics.deadLetters(topics.ticks()), Taps.deadLetters(ticks.deadLetterSink()));
  }

  /**
   * Confirmations, on the one partition of the discoveries: directives are spread over all of them
   * by what they are about, and the one task that knows the claims must see them.
   */
  private static KStream<byte[], byte[]> confirmations(StreamsBuilder builder, LogAccess log) {
    String directives = log.topics().directives();
    Inlet<Directive> inlet =
        log.byResource(
            directives,
            Directive.class,
            directive -> directive.getResourceId() + '|' + directive.getId(),
            directive -> Optional.of(directive.getAt()));
    String sink = "directives-dead-letters-sink";
    KStream<byte[], byte[]> sifted =
        builder.stream(directives, Taps.source("directives-source"))
            .process(
                new Sieve<>(
                    NAME,
                    inlet,
                    directive -> directive.getKind().equals(CONFIRM),
                    "confirmations-only",
                    sink,
                    log.refusals()),
                Named.as("directives-sieve"));
    sifted.to(Topics.deadLetters(directives), Taps.deadLetters(sink));
    return sifted
        .filter((_, value) -> value != null, Named.as("confirmations-only"))
        .repartition(
            Repartitioned.with(Taps.BYTES, Taps.BYTES)
                .withName(CONFIRMATIONS)
                .withNumberOfPartitions(1));
  }
}
