package io.argos.manager.nodes;

import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** How the enrichments of a node last ended, by plugin. They do not decide whether it answers. */
final class Enrichments {
  private record Last(Instant at, String jobId, String status, String why) {
    boolean isNewerThan(Last other) {
      int order = at.compareTo(other.at);
      return order > 0 || order == 0 && jobId.compareTo(other.jobId) > 0;
    }
  }

  private final TreeMap<String, Last> byPlugin = new TreeMap<>();

  /** Notes an outcome unless a newer one is known; false when nothing changed. */
  boolean note(Outcome outcome, Instant loggedAt) {
    if (Verdict.of(outcome).isEmpty()) {
      return false;
    }
    Last seen =
        new Last(
            Observation.endOf(outcome).orElse(loggedAt),
            outcome.getJobId(),
            outcome.getStatus().name(),
            Observation.why(outcome));
    Last known = byPlugin.get(outcome.getPlugin());
    if (known != null && !seen.isNewerThan(known)) {
      return false;
    }
    byPlugin.put(outcome.getPlugin(), seen);
    return true;
  }

  void forEachStatus(BiConsumer<String, String> reader) {
    byPlugin.forEach((plugin, last) -> reader.accept(plugin, last.status()));
  }

  /** What went wrong last, where it was not put right since. */
  Optional<String> failure() {
    return byPlugin.entrySet().stream()
        .filter(e -> !e.getValue().status().equals(OutcomeStatus.OK.name()))
        .findFirst()
        .map(Enrichments::told);
  }

  private static String told(Map.Entry<String, Last> entry) {
    Last last = entry.getValue();
    return "not enriched, %s %s%s"
        .formatted(entry.getKey(), last.status(), last.why().isEmpty() ? "" : ": " + last.why());
  }

  void write(StateWriter out) {
    out.count(byPlugin.size());
    byPlugin.forEach((plugin, last) ->
        out.text(plugin)
            .number(last.at().toEpochMilli())
            .text(last.jobId())
            .text(last.status())
            .text(last.why()));
  }

  static Enrichments read(StateReader in) {
    Enrichments enrichments = new Enrichments();
    int count = in.size();
    for (int i = 0; i < count; i++) {
      enrichments.byPlugin.put(
          in.text(), new Last(Instant.ofEpochMilli(in.number()), in.text(), in.text(), in.text()));
    }
    return enrichments;
  }
}
