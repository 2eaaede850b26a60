package io.argos.deploy.faults;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.deploy.faults.ledger.Figures;
import io.argos.deploy.faults.ledger.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a scenario.
 *
 * @param parts figures of parts of it, by their names
 * @param violations what broke a rule
 */
record Verdict(
    String scenario,
    long seed,
    Figures figures,
    Map<String, Figures> parts,
    long elections,
    List<Violation> violations) {
  Verdict {
    parts = new LinkedHashMap<>(parts);
    violations = List.copyOf(violations);
  }

  boolean ok() {
    return violations.isEmpty();
  }

  /** One line for a reader. */
  String line() {
    StringBuilder line =
        new StringBuilder(
            "%-16s %s seed=%d slots=%d polled=%d missed=%d doubled=%d shared=%d late p50/p99/max=%s elections=%d"
                .formatted(
                    scenario,
                    ok() ? "ok" : "FAILED",
                    seed,
                    figures.slots(),
                    figures.polled(),
                    figures.missed(),
                    figures.doubled(),
                    figures.shared(),
                    late(figures),
                    elections));
    parts.forEach((name, part) ->
        line.append(" [%s: slots=%d late %s]".formatted(name, part.slots(), late(part))));
    return line.toString();
  }

  private static String late(Figures figures) {
    return "%d/%d/%d ms"
        .formatted(
            figures.late(0.5).toMillis(),
            figures.late(0.99).toMillis(),
            figures.late(1).toMillis());
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scenario", scenario);
    json.put("ok", ok());
    json.put("seed", seed);
    write(json, figures);
    json.put("elections", elections);
    json.put("violations", violations.size());
    parts.forEach((name, part) -> write(json.putObject(name), part));
    return json;
  }

  private static void write(ObjectNode json, Figures figures) {
    json.put("slots", figures.slots());
    json.put("polled", figures.polled());
    json.put("missed", figures.missed());
    json.put("doubled", figures.doubled());
    json.put("shared", figures.shared());
    json.put("lateP50Millis", figures.late(0.5).toMillis());
    json.put("lateP99Millis", figures.late(0.99).toMillis());
    json.put("lateMaxMillis", figures.late(1).toMillis());
  }
}
