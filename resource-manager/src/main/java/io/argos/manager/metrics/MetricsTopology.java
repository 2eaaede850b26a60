package io.argos.manager.metrics;

import io.argos.manager.stream.FoldPlan;
import io.argos.manager.stream.LogAccess;
import io.argos.manager.stream.Outlet;
import io.argos.manager.stream.Route;
import io.argos.manager.stream.Taps;
import io.argos.schemas.Metrics;
import io.argos.schemas.Point;
import io.argos.schemas.PollResult;
import io.argos.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * The topology {@code metrics}: polls in; polls with rates out, and value by value where points are
 * wanted.
 */
public final class MetricsTopology {
  /** Name of the topology. */
  public static final String NAME = "metrics";

  private MetricsTopology() {}

  /** Adds the topology to a builder. */
  public static void build(StreamsBuilder builder, LogAccess log, boolean withPoints) {
    Topics topics = log.topics();
    Outlet<Metrics> metrics = log.outlet("metrics-sink", topics.metrics(), Metrics.class);
    Optional<Outlet<Point>> points =
        withPoints
            ? Optional.of(log.outlet("points-sink", topics.points(), Point.class))
            : Optional.empty();
    Route<RateFold, PollResult> polls =
        Route.of(
            "polls",
            log.byResource(
                topics.polls(),
                PollResult.class,
                PollResult::getResourceId,
                poll -> Optional.of(poll.getCompletedAt())),
            RateFold::poll);
    FoldPlan<RateFold> plan =
        new FoldPlan<>(
            NAME,
            "counters",
            () -> new RateFold(metrics, points),
            List.of(polls),
            log.grace(),
            log.refusals());

    KStream<byte[], byte[]> folded =
        builder.stream(topics.polls(), Taps.source(polls.sourceName()))
            .process(plan, Named.as("rates"));

    folded.to(metrics.topic(), Taps.byResource(metrics.sink()));
    points.ifPresent(outlet -> folded.to(outlet.topic(), Taps.byResource(outlet.sink())));
    folded.to(Topics.deadLetters(topics.polls()), Taps.deadLetters(polls.deadLetterSink()));
  }
}
