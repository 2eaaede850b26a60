package io.argos.deploy.explain;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whose the jobs of a resource are, and whether that agent works. A pure function.
 *
 * @param of the stage and plugin whose jobs they are
 */
record AgentStep(Dossier dossier, String stage, String of, Moments moments) {

  /**
   * The step.
   *
   * @param patience silence after which an agent counts as dead
   */
  Step step(String zone, Duration patience) {
    Optional<Dossier.Place> place = Optional.ofNullable(dossier.places().get(stage));
    if (place.isEmpty()) {
      return Step.unknown("agent", of, "there is no topic for its jobs");
    }
    String where = "partition %d of %s".formatted(place.get().partition(), place.get().topic());
    String start = "start argos %s with instance.zone=%s".formatted(stage, zone);
    if (place.get().owner().isEmpty()) {
      return Step.broken(
          "agent",
          of,
          place.get().members().isEmpty()
              ? "no agent runs in zone %s: nobody owns %s".formatted(zone, where)
              : "nobody owns %s while the group %s is shared out anew"
                  .formatted(where, place.get().group()),
          place.get().members().isEmpty() ? start : "look again in a few seconds");
    }
    String client = place.get().owner().get();
    Optional<Dossier.Heard> beat =
        dossier.heartbeats().stream()
            .filter(heard -> heard.said().getStage().equals(stage))
            .filter(heard -> client.startsWith(heard.said().getInstance() + "-"))
            .max(Comparator.comparing(Dossier.Heard::at));
    if (beat.isEmpty()) {
      return Step.unknown(
          "agent", of, "%s owns %s and has sent no heartbeat".formatted(client, where));
    }
    return heard(beat.get(), where, patience);
  }

  private Step heard(Dossier.Heard beat, String where, Duration patience) {
    var said = beat.said();
    String text =
        "%s owns %s; heard %s, %d running, %d queued, %d late"
            .formatted(
                said.getInstance(),
                where,
                moments.ago(beat.at()),
                said.getRunning(),
                said.getQueued(),
                said.getLate());
    if (Duration.between(beat.at(), dossier.now()).compareTo(patience) > 0) {
      return Step.broken(
          "agent", of, text, "it is silent: is %s alive?".formatted(said.getInstance()));
    }
    if (!said.getReady()) {
      return Step.broken(
          "agent", of, text + "; not ready", "its /health/ready says what it waits for");
    }
    return said.getBlocked()
        ? Step.broken(
            "agent",
            of,
            text + "; starts nothing, since its results cannot be sent",
            "Kafka does not take its results: argos doctor")
        : Step.ok("agent", of, text);
  }
}
