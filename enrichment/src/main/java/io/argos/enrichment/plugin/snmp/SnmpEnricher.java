package io.argos.enrichment.plugin.snmp;

import io.argos.profile.DeviceFacts;
import io.argos.profile.EnrichmentPlan;
import io.argos.profile.Failures;
import io.argos.profile.Matching;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.profile.SystemGroup;
import io.argos.profile.format.Profile;
import io.argos.schemas.Resource;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enricher;
import io.argos.spi.EnrichmentContent;
import io.argos.spi.Failure;
import io.argos.spi.PluginContext;
import io.argos.spi.Run;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks a device what it is, matches the profile, and reads its slow tables: one namespace each, and
 * {@code device} last.
 */
final class SnmpEnricher implements Enricher {
  /** Attribute of {@code device} with the name of the credential that it answers. */
  static final String CREDENTIAL = "credential";

  private final SnmpReads reads;
  private final SnmpTargets targets;
  private final Supplier<ProfileCatalog> profiles;
  private final PluginContext context;
  private final AnsweredCredentials answered = new AnsweredCredentials();
  private final HalfAnswers halves = new HalfAnswers();

  SnmpEnricher(
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
  public Outcome run(Run run, Resource resource, Emitter emitter) throws InterruptedException {
    Outcome outcome = attempt(resource, emitter);
    boolean refused =
        outcome instanceof Outcome.Failed(Failure failure, _)
            && failure.cause() == Cause.AUTHENTICATION;
    return refused && targets.renew(resource) ? attempt(resource, emitter) : outcome;
  }

  private Outcome attempt(Resource resource, Emitter emitter) throws InterruptedException {
    return switch (targets.of(resource)) {
      case SnmpTargets.Targets.NotFound(Failure failure, DeviceStatus status) ->
          new Outcome.Failed(failure, status);
      case SnmpTargets.Targets.Found(var candidates) ->
          switch (reads.first(answered.ordered(resource.getId(), candidates), SystemGroup.PLAN)) {
            case SnmpReads.Asked.Silent(Failure failure, DeviceStatus status) ->
                new Outcome.Failed(failure, status);
            case SnmpReads.Asked.Answered(SnmpTarget target, SnmpReply reply) -> {
              if (candidates.size() > 1) {
                answered.put(resource.getId(), target);
              }
              SystemGroup system = SystemGroup.of(reply);
              boolean half = SnmpReads.isCutShort(reply);
              // Without its sysObjectID it would be taken for something else.
              if (half
                  && (!halves.isAgain(resource.getId()) || system.text("sysObjectID").isEmpty())) {
                halves.put(resource.getId(), true);
                yield failed(reply);
              }
              yield match(resource, target, system, half, emitter);
            }
          };
    };
  }

  private Outcome match(
      Resource resource, SnmpTarget target, SystemGroup system, boolean half, Emitter emitter)
      throws InterruptedException {
    DeviceFacts facts =
        DeviceFacts.of(resource, system.text("sysObjectID"), system.text("sysDescr"));
    return switch (profiles.get().match(facts)) {
      case Matching.None _ ->
          refused(
              "no profile fits sysObjectID "
                  + facts.sysObjectId().orElse("(none)")
                  + ", type "
                  + facts.type());
      case Matching.Ambiguous(_, String reason) -> refused(reason);
      case Matching.Match(Profile profile, String reason) -> {
        context.log().log(
            System.Logger.Level.DEBUG,
            "profile matched resource={0} profile={1} because={2}",
            resource.getId(),
            profile.name(),
            reason);
        yield read(profile, resource, target, system, half, emitter);
      }
    };
  }

  private static Outcome refused(String detail) {
    return new Outcome.Failed(
        new Failure(Cause.ENRICHMENT, detail), DeviceStatus.ENRICHMENT_FAILURE);
  }

  private Outcome read(
      Profile profile,
      Resource resource,
      SnmpTarget found,
      SystemGroup system,
      boolean halfSystem,
      Emitter emitter)
      throws InterruptedException {
    SnmpTarget target = bounded(profile, resource, found);
    EnrichmentPlan plan = new EnrichmentPlan(profile, resource, system);
    SnmpPlan scalars = plan.scalars();
    SnmpReply single =
        scalars.scalars().isEmpty()
            ? new SnmpReply(Map.of(), Optional.empty(), 0)
            : reads.read(target, scalars);
    boolean half = halfSystem || SnmpReads.isCutShort(single);
    boolean again = halves.isAgain(resource.getId());
    halves.put(resource.getId(), half);
    // What was not read looks as if the device lacked it, and on that hangs which tables it has.
    if (SnmpReads.gaveNothing(single) || (SnmpReads.isCutShort(single) && !again)) {
      return failed(single);
    }
    SnmpReply tables = reads.read(target, plan.tables(single));
    if (SnmpReads.gaveNothing(tables)) {
      return failed(tables);
    }
    EnrichmentPlan.Enriched enriched =
        plan.evaluate(tables, Instant.ofEpochMilli(context.clock().millis()));
    for (EnrichmentContent content : enriched.contents()) {
      emitter.emit(
          content.namespace().equals(EnrichmentPlan.DEVICE)
              ? with(content, CREDENTIAL, target.credential().name())
              : content);
    }
    return new Outcome.Enriched(half ? DeviceStatus.PARTIAL_METRIC_FAILURE : enriched.status());
  }

  /** The same address and credential with the bounds of the profile. */
  private SnmpTarget bounded(Profile profile, Resource resource, SnmpTarget found) {
    if (targets.of(resource, Optional.of(profile))
        instanceof SnmpTargets.Targets.Found(var candidates)) {
      for (SnmpTarget candidate : candidates) {
        if (candidate.credential().name().equals(found.credential().name())) {
          return candidate;
        }
      }
    }
    return found;
  }

  private static Outcome failed(SnmpReply reply) {
    return reply
        .failure()
        .<Outcome>map(failure ->
            new Outcome.Failed(
                new Failure(Failures.cause(failure), failure.detail()), Failures.status(failure)))
        .orElseThrow();
  }

  private static EnrichmentContent with(EnrichmentContent content, String name, String value) {
    Map<String, String> attributes = new HashMap<>(content.attributes());
    attributes.put(name, value);
    return content.with(attributes);
  }

  @Override
  public void close() {
    // The client is shared; whoever opened it closes it.
  }
}
