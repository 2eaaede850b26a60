package io.argos.manager.metrics;

import io.argos.manager.stream.Arrival;
import io.argos.manager.stream.Effects;
import io.argos.manager.stream.Entries;
import io.argos.manager.stream.Fold;
import io.argos.manager.stream.Inlet;
import io.argos.manager.stream.NoEntries;
import io.argos.manager.stream.Outlet;
import io.argos.manager.stream.RefusedException;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.Group;
import io.argos.schemas.Metrics;
import io.argos.schemas.Point;
import io.argos.schemas.PollResult;
import io.argos.schemas.topic.HashId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Turns polls into metrics. For each plugin on a resource, polls are folded in the order in which
 * they started: a repeat, another execution of the same job, and a poll that did not start after
 * the newest one are dropped. Of each row the newest value is kept, by the time at which it was
 * read.
 */
final class RateFold implements Fold {
  /** Values of a resource, plugin or row that has been silent for so long are forgotten. */
  static final Duration FORGET_AFTER = Duration.ofDays(1);

  private static final String SECTION = "|section|";
  private static final String POLL = "|poll|";

  private final Outlet<Metrics> metrics;
  private final Optional<Outlet<Point>> points;

  private Entries entries = NoEntries.INSTANCE;

  RateFold(Outlet<Metrics> metrics, Optional<Outlet<Point>> points) {
    this.metrics = metrics;
    this.points = points;
  }

  @Override
  public void restore(Entries given, BiConsumer<String, Instant> deadlines) {
    entries = given;
    // Both kinds of entries tell when they may be forgotten in the same place.
    given.forEach((key, entry) ->
        deadlines.accept(key, Instant.ofEpochMilli(SectionState.forgetAtMillis(entry))));
  }

  @Override
  public void deadline(String key, Instant at, Effects effects) {
    effects.put(key, null);
  }

  /** Folds one poll, or one part of it. */
  void poll(Arrival.Accepted<PollResult> arrival, Effects effects) {
    PollResult poll = arrival.record();
    check(poll);
    String markKey = poll.getResourceId() + POLL + poll.getPlugin();
    Optional<PollMark> mark = entries.find(markKey).map(PollMark::fromBytes);
    if (mark.isPresent() && mark.get().standingOf(poll) != PollMark.Standing.NEW) {
      return;
    }
    Instant forgetAt = arrival.time().plus(FORGET_AFTER);
    PollMark moved = mark.isPresent() ? mark.get().with(poll) : PollMark.first(poll);
    effects.put(markKey, moved.toBytes(forgetAt.toEpochMilli()));
    effects.deadline(markKey, forgetAt);

    Metrics result = metricsOf(poll, derive(poll, forgetAt, effects));
    effects.emit(
        metrics,
        poll.getResourceId(),
        result,
        HashId.of("metrics", poll.getPollId(), Integer.toString(poll.getPart())),
        poll.getCompletedAt());
    points.ifPresent(outlet -> PointRows.emit(result, outlet, effects));
  }

  private List<Group> derive(PollResult poll, Instant forgetAt, Effects effects) {
    Map<String, SectionState> sections = new HashMap<>();
    List<Group> groups = new ArrayList<>(poll.getGroups().size());
    Long uptime = poll.getUptimeCentis();
    for (Group group : poll.getGroups()) {
      if (group.getColumns().stream().noneMatch(c -> c.getKind() == ColumnKind.COUNTER)) {
        groups.add(group);
        continue;
      }
      String key = poll.getResourceId() + SECTION + group.getSection();
      SectionState state =
          sections.computeIfAbsent(
              key, k -> entries.find(k).map(SectionState::fromBytes).orElseGet(SectionState::new));
      Sample now =
          new Sample(
              group.getSampledAt().toEpochMilli(), uptime == null ? Sample.NO_UPTIME : uptime);
      GroupRates rates =
          new GroupRates(state, now, poll.getIntervalMillis(), poll.getDiscontinuityAt());
      groups.add(rates.derive(group));
    }
    long oldest = forgetAt.minus(FORGET_AFTER.multipliedBy(2)).toEpochMilli();
    sections.forEach((key, state) -> {
      effects.put(key, state.toBytes(oldest, forgetAt.toEpochMilli()));
      effects.deadline(key, forgetAt);
    });
    return groups;
  }

  private static void check(PollResult poll) {
    if (poll.getParts() < 1 || poll.getPart() < 0 || poll.getPart() >= poll.getParts()) {
      throw new RefusedException("it is part %d of %d".formatted(poll.getPart(), poll.getParts()));
    }
    for (Group group : poll.getGroups()) {
      GroupRates.check(group);
      Duration off = Duration.between(group.getSampledAt(), poll.getCompletedAt());
      if (off.abs().compareTo(Inlet.CLOCK_TOLERANCE) > 0) {
        throw new RefusedException(
            "group %s was sampled %s off the end of its poll".formatted(group.getName(), off));
      }
    }
  }

  private static Metrics metricsOf(PollResult poll, List<Group> groups) {
    return new Metrics(
        poll.getPollId(),
        poll.getResourceId(),
        poll.getSite(),
        poll.getResourceClass(),
        poll.getSubclass(),
        poll.getType(),
        poll.getEndpoint(),
        poll.getLabels(),
        poll.getPlugin(),
        poll.getProfile(),
        poll.getProfileHash(),
        poll.getDueAt(),
        poll.getStartedAt(),
        poll.getCompletedAt(),
        poll.getIntervalMillis(),
        poll.getUptimeCentis(),
        poll.getDiscontinuityAt(),
        poll.getEnrichmentStale(),
        poll.getAgent(),
        poll.getPart(),
        poll.getParts(),
        groups);
  }
}
