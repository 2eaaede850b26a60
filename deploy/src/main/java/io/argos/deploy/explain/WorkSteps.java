package io.argos.deploy.explain;

import io.argos.deploy.audit.PlannedTargets.Planned;
import io.argos.deploy.explain.Dossier.LoggedJob;
import io.argos.deploy.explain.Dossier.LoggedOutcome;
import io.argos.runtime.schedule.JobId;
import io.argos.runtime.schedule.SlotTimes;
import io.argos.runtime.schedule.Suspensions;
import io.argos.runtime.schedule.TargetKey;
import io.argos.schemas.Directive;
import io.argos.schemas.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What becomes of the slots of one plugin on a resource. Pure functions. */
final class WorkSteps {
  /** What a scheduler may take for what is due, beyond its lookahead. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** Jobs are kept for an hour; what is older may be gone from the log. */
  private static final Duration KEPT = Duration.ofMinutes(55);

  private final Dossier dossier;
  private final Planned plugin;
  private final Resource resource;
  private final Instant since;
  private final String stage;
  private final String of;
  private final TargetKey key;
  private final SlotTimes slots;
  private final Moments moments;

  /**
   * Steps of one plugin.
   *
   * @param known the resource
   */
  WorkSteps(Dossier dossier, Planned plugin, Dossier.Known known) {
    this.dossier = dossier;
    this.plugin = plugin;
    this.resource = known.resource();
    this.since = known.since();
    this.stage = plugin.stage();
    this.of = stage + "/" + plugin.entry().name();
    this.key = TargetKey.of(stage, plugin.entry().name(), dossier.id());
    this.slots = plugin.timing().slotsOf(key);
    this.moments = new Moments(dossier.now());
  }

  /** Whether the plugin runs on it at all. */
  boolean selected() {
    return plugin.filter().test(resource);
  }

  Step filter() {
    String text = plugin.filter().toString();
    if (text.isEmpty()) {
      return Step.ok("filter", of, "runs on every resource");
    }
    List<String> seen =
        plugin.filter().seen(resource).entrySet().stream()
            .map(field ->
                field.getKey()
                    + field.getValue().map(value -> " is \"" + value + "\"").orElse(" is absent"))
            .toList();
    return Step.ok(
        "filter",
        of,
        "%s: %s; %s"
            .formatted(selected() ? "matches" : "not for it", text, String.join(", ", seen)));
  }

  Optional<Step> suspension() {
    Suspensions suspensions = new Suspensions();
    dossier
        .directives()
        .forEach((name, directive) -> {
          var _ = suspensions.read(name, Optional.of(directive));
        });
    String name = plugin.entry().name();
    if (!suspensions.covers(dossier.id(), name, dossier.now().toEpochMilli())) {
      return Optional.empty();
    }
    Optional<Directive> last =
        dossier.directives().values().stream()
            .filter(one -> one.getKind().equals(Suspensions.SUSPEND))
            .filter(one -> {
              String only = one.getAttributes().getOrDefault(Suspensions.PLUGIN, "");
              return only.isEmpty() || only.equals(name);
            })
            .max(Comparator.comparing(Directive::getAt));
    String who =
        last.map(directive ->
                " by %s since %s%s%s"
                    .formatted(
                        directive.getAuthor(),
                        moments.of(directive.getAt()),
                        directive.getEndAt() == null
                            ? ""
                            : " until " + moments.of(directive.getEndAt()),
                        directive.getComment().isEmpty() ? "" : ": " + directive.getComment()))
            .orElse("");
    return Optional.of(
        Step.broken(
            "suspension",
            of,
            "suspended" + who,
            "argos jobs resume %s, when it shall run again".formatted(dossier.id())));
  }

  Step slot() {
    long now = dossier.now().toEpochMilli();
    long last = slots.previous(now);
    long next = slots.next(now);
    return Step.ok(
        "slot",
        of,
        "due %s; last %s; next %s"
            .formatted(
                plugin
                    .entry()
                    .interval()
                    .map(interval -> "every " + Moments.span(interval))
                    .orElseGet(() -> "at " + plugin.timing().describe()),
                last == SlotTimes.NONE_BEFORE ? "never" : moments.of(Instant.ofEpochMilli(last)),
                next == SlotTimes.NEVER ? "never" : moments.of(Instant.ofEpochMilli(next))));
  }

  Step job() {
    Optional<LoggedJob> latest =
        jobs().max(Comparator.comparing(logged -> logged.job().getDueAt()));
    long last = slots.previous(dossier.now().minus(MARGIN).toEpochMilli());
    if (last == SlotTimes.NONE_BEFORE) {
      return latest
          .map(this::emitted)
          .orElseGet(() -> Step.unknown("job", of, "no slot has been due yet"));
    }
    Instant due = Instant.ofEpochMilli(last);
    String id = JobId.scheduled(key, last);
    Optional<LoggedJob> ofSlot =
        jobs().filter(logged -> logged.job().getJobId().equals(id)).reduce((_, later) -> later);
    if (ofSlot.isPresent()) {
      return emitted(latest.orElse(ofSlot.get()));
    }
    if (Duration.between(due, dossier.now()).compareTo(KEPT) > 0) {
      return latest
          .map(this::emitted)
          .orElseGet(() ->
              Step.unknown(
                  "job",
                  of,
                  "its last slot, %s, is older than jobs are kept".formatted(moments.of(due))));
    }
    boolean told = outcomes().anyMatch(logged -> logged.outcome().getJobId().equals(id));
    if (!since.isBefore(due) || told) {
      return latest
          .map(this::emitted)
          .orElseGet(() ->
              Step.unknown(
                  "job",
                  of,
                  told
                      ? "no job of its last slot: see the outcome"
                      : "the resource changed after its last slot; the next is yet to come"));
    }
    return Step.broken(
        "job",
        of,
        "no job was emitted for the slot of %s%s"
            .formatted(
                moments.of(due),
                latest
                    .map(one -> "; the latest was due " + moments.of(one.job().getDueAt()))
                    .orElse("")),
        leader()
            .map(who ->
                "%s leads %s: does its configuration have this plugin and filter? read its log"
                    .formatted(who, stage))
            .orElse(
                "nobody leads %s: start argos %s, and see argos doctor".formatted(stage, stage)));
  }

  private Step emitted(LoggedJob logged) {
    return Step.ok(
        "job",
        of,
        "%s of %s, due %s, emitted by %s under epoch %d, partition %d offset %d%s"
            .formatted(
                logged.job().getJobId(),
                logged.job().getReason(),
                moments.of(logged.job().getDueAt()),
                logged.job().getScheduler(),
                logged.job().getEpoch(),
                logged.partition(),
                logged.offset(),
                place()
                    .filter(place -> place.committed() > logged.offset())
                    .map(_ -> ", done and committed")
                    .orElse("")));
  }

  private Optional<String> leader() {
    return dossier.heartbeats().stream()
        .map(Dossier.Heard::said)
        .filter(beat -> beat.getStage().equals(stage) && beat.getLeader())
        .map(beat -> beat.getInstance())
        .findFirst();
  }

  /** Silence of all agents after which a zone counts as without one is the caller's. */
  Step agent(String zone, Duration patience) {
    return new AgentStep(dossier, stage, of, moments).step(zone, patience);
  }

  Step outcome() {
    Optional<LoggedOutcome> latest = OutcomeChoice.latest(outcomes().toList());
    if (latest.isEmpty()) {
      return jobs()
              .anyMatch(
                  logged -> overdue(logged.job().getExpireAt(), logged.job().getTimeoutMillis()))
          ? Step.broken(
              "outcome",
              of,
              "jobs were emitted, and none has ended",
              "its agent runs none: see the agent, and its log")
          : Step.unknown("outcome", of, "none yet");
    }
    var outcome = latest.get().outcome();
    String text = OutcomeChoice.described(outcome, moments);
    if (OutcomeChoice.bad(outcome)) {
      return Step.broken("outcome", of, text, Remedy.of(outcome));
    }
    long next = slots.next(outcome.getDueAt().toEpochMilli());
    boolean stale =
        next != SlotTimes.NEVER
            && overdue(
                Instant.ofEpochMilli(slots.next(next)),
                plugin.entry().timeout().map(Duration::toMillis).orElse(0L));
    return stale
        ? Step.broken(
            "outcome", of, "nothing since: " + text, "see the job and the agent; argos jobs audit")
        : Step.ok("outcome", of, text);
  }

  private boolean overdue(Instant expiry, long timeoutMillis) {
    return dossier.now().isAfter(expiry.plusMillis(timeoutMillis).plus(MARGIN));
  }

  private Optional<Dossier.Place> place() {
    return Optional.ofNullable(dossier.places().get(stage));
  }

  private java.util.stream.Stream<LoggedJob> jobs() {
    return dossier.jobs().stream()
        .filter(logged ->
            logged.job().getStage().equals(stage)
                && logged.job().getPlugin().equals(plugin.entry().name())
                && logged.job().getSubject() == null);
  }

  private java.util.stream.Stream<LoggedOutcome> outcomes() {
    return dossier.outcomes().stream()
        .filter(logged ->
            logged.outcome().getStage().equals(stage)
                && logged.outcome().getPlugin().equals(plugin.entry().name())
                && logged.outcome().getSubject() == null);
  }
}
