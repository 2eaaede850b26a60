package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.Term.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The values that are read by themselves: with the enrichment, or with each poll of a section. */
final class ScalarDraft {
  private final Map<String, String> slow;
  private final Set<String> taken;
  private final Map<String, String> fast = new LinkedHashMap<>();
  private final Map<String, Term> known = new HashMap<>();
  private final Set<String> delayed = new LinkedHashSet<>();

  /**
   * The scalars of a section.
   *
   * @param slow those of the profile by name
   * @param avoid names that those of the section may not have
   */
  ScalarDraft(Map<String, String> slow, Set<String> avoid) {
    this.slow = slow;
    this.taken = new HashSet<>(avoid);
  }

  /** One that is read with each poll, unless the section is about a table. */
  Term polled(String source, String oid, Kind kind, boolean inTable) {
    if (inTable) {
      delayed.add(source);
      return read(source, oid, kind);
    }
    return fast(oid, kind, source);
  }

  /** One that is read with the enrichment. */
  Term read(String source, String oid, Kind kind) {
    String spec = "{ oid: " + oid + TableDraft.as(kind, Kind.TEXT) + " }";
    String base = Yaml.name(source) + "_scalar";
    String own = base;
    int number = 2;
    while (!spec.equals(slow.getOrDefault(own, spec))) {
      own = base + "_" + number++;
    }
    slow.put(own, spec);
    return Term.of(own, kind);
  }

  private Term fast(String oid, Kind kind, String source) {
    return known.computeIfAbsent(
        kind + oid,
        _ -> {
          String base = Yaml.name(source);
          String own = base;
          int number = 2;
          while (!taken.add(own)) {
            own = base + "_" + number++;
          }
          fast.put(own, "{ oid: " + oid + TableDraft.as(kind, Kind.INTEGER) + " }");
          return Term.of(own, kind);
        });
  }

  /** Names of the document that are read with the enrichment alone. */
  Set<String> delayed() {
    return delayed;
  }

  /** Those of the section, as they stand in the profile. */
  String text() {
    StringBuilder out = new StringBuilder();
    if (!fast.isEmpty()) {
      out.append("    polled:\n");
      fast.forEach((column, spec) -> out.append("      " + column + ": " + spec + "\n"));
    }
    return out.toString();
  }
}
