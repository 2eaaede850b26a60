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
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpPlan;
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
import java.util.HashMap;
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
  private final SnmpReads reads;
  private final SnmpTargets targets;
  private final Supplier<ProfileCatalog> profiles;
  private final PluginContext context;
  private final CredentialChooser chooser;
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
    this.chooser = new CredentialChooser(reads, context);
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
    return switch (reads.first(RunTime.share(run, now(), asked), SystemGroup.PROBE)) {
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
    CredentialChooser.Choice choice = chooser.choose(run, state, device, candidates);
    SnmpReply reply =
        switch (choice) {
          case CredentialChooser.Choice.Silent(SnmpReply nothing, _) -> nothing;
          case CredentialChooser.Choice.Answered(SnmpTarget target) ->
              read(run, target, state.plan().snmpPlan());
        };
    Instant at = now();
    PollPlan.Reading reading = state.plan().read(reply, at);
    DeviceState next =
        choice instanceof CredentialChooser.Choice.Answered(SnmpTarget target)
                && !SnmpReads.gaveNothing(reply)
            ? state.answered(target.credential().name(), at)
            : state.silent(at);
    states.put(resource.getId(), next, run.interval());
    Optional<Failure> failure =
        choice instanceof CredentialChooser.Choice.Silent(_, Failure why)
            ? Optional.of(why)
            : failure(reading);
    return new Poll(
        reading.status(),
        failure,
        reading.groups(),
        reading.uptimeCentis(),
        reading.discontinuityAt(),
        Optional.of(new ProfileRef(profile.name(), profile.hash())),
        at.isAfter(device.getExpiresAt()),
        reading.wantsEnrichment() || next.wantsEnrichment());
  }

  /**
   * Reads a plan. Where that took as long as the wait for an answer that does not come, the device
   * may have started anew in the midst of it: then its uptime is asked for once more, and all of it
   * where it did.
   */
  private SnmpReply read(Run run, SnmpTarget target, SnmpPlan plan) throws InterruptedException {
    Instant begun = now();
    SnmpReply reply = reads.read(share(run, target), plan);
    Duration took = Duration.between(begun, now());
    Duration timeout = target.limits().timeout();
    Duration left = Duration.between(now(), run.deadline());
    OptionalLong uptime = SystemGroup.uptime(reply);
    if (uptime.isEmpty()
        || took.compareTo(timeout) < 0
        || left.compareTo(timeout.multipliedBy(2)) < 0) {
      return reply;
    }
    if (Duration.ofMillis(uptime.getAsLong() * 10).compareTo(took) > 0) {
      SnmpReply probe = reads.read(share(run, target), SystemGroup.PROBE);
      OptionalLong later = SystemGroup.uptime(probe);
      if (later.isEmpty()) {
        Map<Oid, SnmpColumn> values = new HashMap<>(reply.values());
        values.keySet().removeAll(SystemGroup.PROBE.scalars());
        return new SnmpReply(values, reply.failure().or(probe::failure), reply.requests());
      }
      if (later.getAsLong() >= uptime.getAsLong()) {
        return reply;
      }
    }
    return reads.read(share(run, target), plan);
  }

  private SnmpTarget share(Run run, SnmpTarget target) {
    return RunTime.share(run, now(), List.of(target)).getFirst();
  }

  private static Optional<Failure> failure(PollPlan.Reading reading) {
    if (reading.status() == DeviceStatus.SUCCESS) {
      return Optional.empty();
    }
    Cause cause =
        reading.failure().map(Failures::cause).orElse(SnmpReads.causeOf(reading.status()));
    return Optional.of(new Failure(cause, reading.detail().orElse(reading.status().name())));
  }

  /** The plan of the last poll, unless what it was derived from has changed, or was torn. */
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
    Optional<DeviceState> same = known.filter(state -> state.key().equals(key));
    if (same.isPresent() && !same.get().plan().isTorn()) {
      return same.get();
    }
    PollPlan plan = PollPlan.derive(profile, resource, device, enrichments, run.interval());
    return new DeviceState(
        key,
        plan,
        plan.isTorn() || isOutdated(catalog, resource, device, profile),
        known.flatMap(DeviceState::credential),
        same.map(DeviceState::polls).orElse(0),
        known.map(DeviceState::silences).orElse(0),
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
