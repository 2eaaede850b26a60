package io.argos.deploy.explain;

import io.argos.schemas.Enrichment;
import io.argos.schemas.NodeState;
import java.util.Optional;

/** What is known of a resource and of its state. Pure functions. */
final class StateSteps {
  private final Dossier dossier;
  private final Moments moments;

  StateSteps(Dossier dossier) {
    this.dossier = dossier;
    this.moments = new Moments(dossier.now());
  }

  /**
   * The enrichment that says what the device is.
   *
   * @param enriched whether any plugin of enrichment runs on it
   */
  Step profile(boolean enriched) {
    Optional<Enrichment> device = dossier.device();
    if (device.isEmpty()) {
      return enriched
          ? Step.broken(
              "profile",
              "",
              "enrichment has not found out what it is",
              "see the outcome of enrichment; argos poll asks the device now")
          : Step.broken(
              "profile",
              "",
              "no plugin of enrichment runs on it, so that nobody says what it is",
              "widen the filter of a plugin of enrichment");
    }
    Enrichment found = device.get();
    String profile = found.getProfile() == null ? "no profile" : "profile " + found.getProfile();
    String text =
        "%s, found by %s %s, valid until %s"
            .formatted(
                profile,
                found.getPlugin(),
                moments.away(found.getCollectedAt()),
                moments.of(found.getExpiresAt()));
    if (found.getProfile() == null) {
      return Step.broken("profile", "", text, "argos poll says which profiles there are");
    }
    return found.getExpiresAt().isBefore(dossier.now())
        ? Step.broken(
            "profile",
            "",
            text + ": stale, its last rows are still used",
            "see the outcome of enrichment")
        : Step.ok("profile", "", text);
  }

  /**
   * The live state.
   *
   * @param polled whether an outcome of polling is known
   */
  Step state(boolean polled) {
    if (dossier.node().isEmpty()) {
      return polled
          ? Step.broken(
              "state",
              "",
              "polls end, and no state is written",
              "the topology of nodes writes it: does resource-manager run and follow (argos doctor)?")
          : Step.unknown("state", "", "none yet");
    }
    NodeState node = dossier.node().get();
    String text =
        "%s since %s%s%s"
            .formatted(
                node.getReachability(),
                moments.of(node.getSince()),
                node.getReason().isEmpty() ? "" : ": " + node.getReason(),
                node.getMaintenance() ? ", under maintenance" : "");
    return switch (node.getReachability()) {
      case REACHABLE -> Step.ok("state", "", text);
      case PENDING, UNKNOWN -> Step.unknown("state", "", text);
      case DEGRADED ->
          Step.broken(
              "state",
              "",
              text,
              "it answers, and part of what its profile reads is missing: argos poll shows what");
      case UNREACHABLE ->
          Step.broken("state", "", text, "see the outcomes; argos poll asks the device now");
      case STALE -> Step.broken("state", "", text, "no outcome came in time: see job and agent");
    };
  }
}
