package io.argos.polling.plugin.snmp;

import io.argos.profile.DeviceFacts;
import io.argos.profile.EnrichmentPlan;
import io.argos.profile.Failures;
import io.argos.profile.Matching;
import io.argos.profile.PollPlan;
import io.argos.profile.PollStatus;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.profile.SystemGroup;
import io.argos.profile.format.Profile;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enrichments;
import io.argos.spi.Failure;
import io.argos.spi.PluginContext;
import io.argos.spi.Poller;
import io.argos.spi.ProfileRef;
import io.argos.spi.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Reads the fast columns of a device and makes metric groups of them. A device that was silent last
 * time is first asked for its uptime alone, so that a dead one costs a packet. What was read when
 * the time is nearly over is given for a part, before the platform would throw it away.
 */
final class SnmpPoller implements Poller {
  private static final String CREDENTIAL = "credential";

  /** Kept free before the deadline, to make groups of what was read and to hand them over. */
  private static final Duration LONGEST_FINISH = Duration.ofMillis(500);

  private final SnmpReads reads;
  private final SnmpTargets targets;
  private final Supplier<ProfileCatalog> profiles;
  private final PluginContext context;
  private final DeviceStates states = new DeviceStates();

  SnmpPoller(
      SnmpReads reads,
      SnmpTargets targets,
      Supplier<ProfileCatalog> profiles,
      PluginContext context) {
    this.reads = reads;
    this.targets = targets;
    this.profiles = profiles;
    this.context = context;
  }

  @Override
  public Poll run(Run run, Resource resource, Enrichments enrichments) throws InterruptedException {
    Poll poll = attempt(run, resource, enrichments);
    boolean refused =
        poll.failure().filter(failure -> failure.cause() == Cause.AUTHENTICATION).isPresent();
    return refused && targets.renew(resource) ? attempt(run, resource, enrichments) : poll;
  }

  private Poll attempt(Run run, Resource resource, Enrichments enrichments)
      throws InterruptedException {
    List<Enrichment> device = enrichments.find(resource.getId(), EnrichmentPlan.DEVICE);
    Optional<Profile> profile =
        device.stream()
            .findFirst()
            .flatMap(facts -> Optional.ofNullable(facts.getProfile()))
            .flatMap(name -> profiles.get().find(name));
    return switch (targets.of(resource, profile)) {
      case SnmpTargets.Targets.NotFound(Failure failure, DeviceStatus status) ->
          without(status, failure, OptionalLong.empty(), false);
      case SnmpTargets.Targets.Found(var candidates) ->
          profile.isEmpty()
              ? unenriched(run, resource, candidates)
              : poll(run, resource, enrichments, device.getFirst(), profile.get(), candidates);
    };
  }

  /** Nobody knows what the device is: only whether it is there. */
  private Poll unenriched(Run run, Resource resource, List<SnmpTarget> candidates)
      throws InterruptedException {
    boolean silent = states.isSilentStranger(resource.getId());
    if (silent) {
      context.count("probes", 1);
    }
    List<SnmpTarget> asked =
        silent || candidates.size() > 1 ? SnmpTargets.hasty(candidates) : candidates;
    return switch (reads.first(within(run, asked), SystemGroup.PROBE)) {
      case SnmpReads.Asked.Silent(Failure failure, DeviceStatus status) -> {
        states.putSilentStranger(resource.getId(), now(), run.interval());
        yield without(status, failure, OptionalLong.empty(), false);
      }
      case SnmpReads.Asked.Answered(_, SnmpReply reply) -> {
        states.removeStranger(resource.getId());
        yield without(
            DeviceStatus.ENRICHMENT_FAILURE,
            new Failure(Cause.ENRICHMENT, "it answers, but is not enriched"),
            SystemGroup.uptime(reply),
            true);
      }
    };
  }

  private Poll without(
      DeviceStatus status, Failure failure, OptionalLong uptime, boolean wantsEnrichment) {
    return new Poll(
        status,
        Optional.of(failure),
        List.of(PollStatus.group(PollStatus.DEFAULT_METRIC, status, now())),
        uptime,
        Optional.empty(),
        Optional.empty(),
        false,
        wantsEnrichment);
  }

  private Poll poll(
      Run run,
      Resource resource,
      Enrichments enrichments,
      Enrichment device,
      Profile profile,
      List<SnmpTarget> candidates)
      throws InterruptedException {
    DeviceState state = state(run, resource, enrichments, device, profile);
    Choice choice = choose(run, state, device, candidates);
    Instant at;
    PollPlan.Reading reading;
    Optional<Failure> failure;
    if (choice.target().isEmpty()) {
      at = now();
      reading = state.plan().read(choice.silence(), at);
      states.put(resource.getId(), state.silent(at), run.interval());
      failure = Optional.of(choice.failure().orElseThrow());
    } else {
      SnmpTarget target = choice.target().get();
      SnmpTarget inTime = within(run, List.of(target)).getFirst();
      SnmpReply reply = reads.read(inTime, state.plan().snmpPlan());
      at = now();
      reading = state.plan().read(reply, at);
      DeviceState next =
          SnmpReads.gaveNothing(reply)
              ? state.silent(at)
              : state.answered(target.credential().name(), at);
      states.put(resource.getId(), next, run.interval());
      failure = failure(reading);
    }
    return new Poll(
        reading.status(),
        failure,
        reading.groups(),
        reading.uptimeCentis(),
        reading.discontinuityAt(),
        Optional.of(new ProfileRef(profile.name(), profile.hash())),
        at.isAfter(device.getExpiresAt()),
        reading.wantsEnrichment() || state.outdated());
  }

  private static Optional<Failure> failure(PollPlan.Reading reading) {
    if (reading.status() == DeviceStatus.SUCCESS) {
      return Optional.empty();
    }
    Cause cause =
        reading.failure().map(Failures::cause).orElse(SnmpReads.causeOf(reading.status()));
    return Optional.of(new Failure(cause, reading.detail().orElse(reading.status().name())));
  }

  /** The plan of the last poll, unless what it was derived from has changed. */
  private DeviceState state(
      Run run, Resource resource, Enrichments enrichments, Enrichment device, Profile profile) {
    ProfileCatalog catalog = profiles.get();
    String key =
        String.join(
            " ",
            catalog.hash(),
            profile.hash(),
            String.valueOf(device.getProfileHash()),
            device.getContentHash(),
            Long.toString(device.getCollectedAt().toEpochMilli()),
            Long.toString(resource.getRevision()),
            run.interval().toString());
    Optional<DeviceState> known = states.find(resource.getId());
    if (known.isPresent() && known.get().key().equals(key)) {
      return known.get();
    }
    PollPlan plan = PollPlan.derive(profile, resource, device, enrichments, run.interval());
    return new DeviceState(
        key,
        plan,
        isOutdated(catalog, resource, device, profile),
        known.flatMap(DeviceState::credential),
        known.map(DeviceState::dead).orElse(false),
        now());
  }

  /** Whether the profile is not what it was at enrichment, or another one now fits better. */
  private static boolean isOutdated(
      ProfileCatalog catalog, Resource resource, Enrichment device, Profile profile) {
    if (!profile.hash().equals(device.getProfileHash())) {
      return true;
    }
    Map<String, String> facts = device.getAttributes();
    return catalog.match(
                DeviceFacts.of(
                    resource,
                    Optional.ofNullable(facts.get("sysObjectID")),
                    Optional.ofNullable(facts.get("sysDescr"))))
            instanceof Matching.Match(Profile best, _)
        && !best.name().equals(profile.name());
  }

  /**
   * Which credential to poll with.
   *
   * @param target empty when none is answered
   * @param silence the reply of a device that does not answer
   * @param failure why none is answered
   */
  private record Choice(
      Optional<SnmpTarget> target, SnmpReply silence, Optional<Failure> failure) {}

  private Choice choose(Run run, DeviceState state, Enrichment device, List<SnmpTarget> candidates)
      throws InterruptedException {
    SnmpReply none = new SnmpReply(Map.of(), Optional.empty(), 0);
    List<SnmpTarget> ordered = ordered(state, device, candidates);
    boolean known = isKnown(state, device, ordered.getFirst());
    boolean sure = ordered.size() == 1 || known;
    if (sure && !state.dead()) {
      return new Choice(Optional.of(ordered.getFirst()), none, Optional.empty());
    }
    List<SnmpTarget> asked = ordered;
    if (state.dead()) {
      context.count("probes", 1);
      asked =
          SnmpTargets.hasty(
              known
                  ? ordered.stream().filter(target -> isKnown(state, device, target)).toList()
                  : ordered);
    }
    return switch (reads.first(within(run, asked), SystemGroup.PROBE)) {
      case SnmpReads.Asked.Answered(SnmpTarget answered, _) ->
          new Choice(
              ordered.stream()
                  .filter(t -> t.credential().name().equals(answered.credential().name()))
                  .findFirst(),
              none,
              Optional.empty());
      case SnmpReads.Asked.Silent(Failure failure, DeviceStatus status) ->
          new Choice(Optional.empty(), silence(failure, status), Optional.of(failure));
    };
  }

  /** A reply without anything in it, for the plan to say what that means for its sections. */
  private static SnmpReply silence(Failure failure, DeviceStatus status) {
    SnmpFailure cause =
        switch (status) {
          case AUTHENTICATION_FAILURE -> new SnmpFailure.Refused(failure.detail());
          case NETWORK_FAILURE -> new SnmpFailure.Unsendable(failure.detail());
          case INTERNAL_FAILURE -> new SnmpFailure.Broken(failure.detail());
          case SUCCESS,
              TIMEOUT,
              PARTIAL_METRIC_FAILURE,
              MISSING_METRICS,
              PING_FAILURE,
              ENRICHMENT_FAILURE ->
              new SnmpFailure.NoAnswer(false, 1, failure.detail());
        };
    return new SnmpReply(Map.of(), Optional.of(cause), 0);
  }

  private static boolean isKnown(DeviceState state, Enrichment device, SnmpTarget target) {
    String name = target.credential().name();
    return state.credential().map(name::equals).orElse(false)
        || name.equals(device.getAttributes().get(CREDENTIAL));
  }

  /** First the credential that was answered last, then the one of the enrichment. */
  private static List<SnmpTarget> ordered(
      DeviceState state, Enrichment device, List<SnmpTarget> candidates) {
    String enriched = device.getAttributes().getOrDefault(CREDENTIAL, "");
    String wanted = state.credential().orElse(enriched);
    List<SnmpTarget> ordered = new ArrayList<>(candidates);
    ordered.sort(Comparator.comparing(target -> target.credential().name().equals(wanted) ? 0 : 1));
    return ordered;
  }

  /** The targets, one after the other, as far as the time of the run goes. */
  private List<SnmpTarget> within(Run run, List<SnmpTarget> asked) {
    Duration left = Duration.between(now(), run.deadline());
    Duration tenth = left.dividedBy(10);
    Duration finish = tenth.compareTo(LONGEST_FINISH) < 0 ? tenth : LONGEST_FINISH;
    Duration each = left.minus(finish).dividedBy(asked.size());
    return asked.stream().map(target -> target.within(each)).toList();
  }

  private Instant now() {
    return Instant.ofEpochMilli(context.clock().millis());
  }

  /** Count of devices that it remembers. */
  int remembered() {
    return states.size();
  }

  @Override
  public void close() {
    // The client is shared; whoever opened it closes it.
  }
}
