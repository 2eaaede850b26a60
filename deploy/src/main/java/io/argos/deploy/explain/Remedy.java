package io.argos.deploy.explain;

import io.argos.schemas.Outcome;

/** What a person does about an outcome that is none to be glad of. */
final class Remedy {
  private Remedy() {}

  static String of(Outcome outcome) {
    return switch (outcome.getStatus()) {
      case OK, DUPLICATE, SUPERSEDED, UNKNOWN -> "nothing, unless it goes on";
      case FAILED -> ofCause(outcome);
      case TIMEOUT ->
          "the device is slow or its tables are large: raise timeout, and the interval with it, of "
              + outcome.getPlugin();
      case EXPIRED ->
          "too few agents or permits, or one that was away: argos workers says which, agent.permits and"
              + " agent.site-share bound them";
      case FENCED -> "leadership changed at that moment: nothing, unless it goes on";
      case QUARANTINED -> "the plugin misbehaved: read the log of " + outcome.getAgent();
      case MISSED -> ofMiss(outcome);
    };
  }

  private static String ofCause(Outcome outcome) {
    return switch (outcome.getCause()) {
      case "ping" -> "the device is off or cannot be reached: its power, its network, its address";
      case "no-answer", "timeout" ->
          "check address, route, filters on the way and the community (a wrong one is answered with"
              + " silence); from the agent's host: argos poll";
      case "authentication" -> "check user, passwords, protocols and the device's clock";
      case "network" -> "check the name's resolution and the route from " + outcome.getAgent();
      case "secret" ->
          "argos secrets list, then argos secrets put; or correct the name in credentials";
      case "enrichment" -> "it answers and nothing is known of it: see the steps of enrichment";
      case "missing-metrics" ->
          "the profile reads nothing that this device has: argos poll says why it was chosen";
      case "malformed" -> "the device breaks the protocol: its firmware";
      case "plugin" ->
          "the agent has another configuration: give all processes the same and restart them";
      case "resource" -> "it was removed meanwhile: see the claims";
      default -> "read the log of " + outcome.getAgent();
    };
  }

  private static String ofMiss(Outcome outcome) {
    return switch (outcome.getCause()) {
      case "no agent" -> "start argos %s in its zone".formatted(outcome.getStage());
      case "no topic" -> "argos topics ensure";
      case "scheduler" -> "nobody led %s then: argos doctor".formatted(outcome.getStage());
      default -> "argos doctor";
    };
  }
}
