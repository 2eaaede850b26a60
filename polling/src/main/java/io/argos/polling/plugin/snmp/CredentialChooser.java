package io.argos.polling.plugin.snmp;

import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.profile.SystemGroup;
import io.argos.schemas.Enrichment;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import io.argos.spi.PluginContext;
import io.argos.spi.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the credential to poll a device with: the one that was answered last, or that the
 * enrichment found. Where neither is sure, or the device was silent, the device is asked for its
 * uptime first. A silent one may have come to accept another credential: it is asked with all, but
 * ever more seldom, since it would report wrong ones as attacks.
 */
final class CredentialChooser {
  private static final String CREDENTIAL = "credential";

  private final SnmpReads reads;
  private final PluginContext context;

  CredentialChooser(SnmpReads reads, PluginContext context) {
    this.reads = reads;
    this.context = context;
  }

  /** Which credential to poll with. */
  sealed interface Choice {
    /** The device answers to this one, or did when it was asked last. */
    record Answered(SnmpTarget target) implements Choice {}

    /**
     * The device answers to none.
     *
     * @param reply without anything in it, for the plan to say what that means for its sections
     */
    record Silent(SnmpReply reply, Failure failure) implements Choice {}
  }

  /** Takes one of at least one candidate. */
  Choice choose(Run run, DeviceState state, Enrichment device, List<SnmpTarget> candidates)
      throws InterruptedException {
    List<SnmpTarget> ordered = ordered(state, device, candidates);
    boolean known = isKnown(state, device, ordered.getFirst());
    if (!state.dead() && (known || ordered.size() == 1)) {
      return new Choice.Answered(ordered.getFirst());
    }
    List<SnmpTarget> asked = ordered;
    if (state.dead()) {
      context.count("probes", 1);
      asked =
          SnmpTargets.hasty(
              known && !state.isDoubtful()
                  ? ordered.stream().filter(target -> isKnown(state, device, target)).toList()
                  : ordered);
    }
    return switch (reads.first(
        RunTime.share(run, context.clock().instant(), asked), SystemGroup.PROBE)) {
      case SnmpReads.Asked.Answered(SnmpTarget answered, _) ->
          new Choice.Answered(named(nameOf(answered), ordered));
      case SnmpReads.Asked.Silent(Failure failure, DeviceStatus status) ->
          new Choice.Silent(silence(failure, status), failure);
    };
  }

  /** First the credential that was answered last, then the one of the enrichment. */
  private static List<SnmpTarget> ordered(
      DeviceState state, Enrichment device, List<SnmpTarget> candidates) {
    String enriched = device.getAttributes().getOrDefault(CREDENTIAL, "");
    String wanted = state.credential().orElse(enriched);
    List<SnmpTarget> ordered = new ArrayList<>(candidates);
    ordered.sort(Comparator.comparing(target -> nameOf(target).equals(wanted) ? 0 : 1));
    return ordered;
  }

  private static boolean isKnown(DeviceState state, Enrichment device, SnmpTarget target) {
    String name = nameOf(target);
    return state.credential().map(name::equals).orElse(false)
        || name.equals(device.getAttributes().get(CREDENTIAL));
  }

  /** What was asked was in haste; this has the device's own limits. */
  private static SnmpTarget named(String name, List<SnmpTarget> targets) {
    return targets.stream().filter(target -> nameOf(target).equals(name)).findFirst().orElseThrow();
  }

  private static String nameOf(SnmpTarget target) {
    return target.credential().name();
  }

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
}
