package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.PanoptesDocument.Cast;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Source;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Target;
import io.argos.deploy.profile.panoptes.Term.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A section of the profile while its dimensions and metrics are said in its language. */
final class SectionDraft {
  private final String name;
  private final String group;
  private final Names names;
  private final Set<String> left;
  private final Map<String, String> dimensions = new LinkedHashMap<>();
  private final Map<String, String> metrics = new LinkedHashMap<>();
  private Optional<String> where = Optional.empty();

  /**
   * A section.
   *
   * @param names what names stand for in its metrics
   * @param left takes what could not be carried over
   */
  SectionDraft(String name, String group, Names names, Set<String> left) {
    this.name = name;
    this.group = group;
    this.names = names;
    this.left = left;
  }

  void dimension(ParsedTarget parsed, Optional<String> guard) {
    Target target = parsed.target();
    try {
      Term term = result(parsed, new Translation(names.slowly()), Kind.TEXT);
      String value =
          guard.isPresent() ? guard.get() + " ? " + term.within(Term.OR) + " : none" : term.text();
      dimensions.put(own(target), Yaml.lines(value));
    } catch (UntranslatableException e) {
      e.tell(target.path(), left);
    }
  }

  void metric(ParsedTarget parsed, Optional<String> guard) {
    Target target = parsed.target();
    try {
      Optional<String> plain = guard.isEmpty() ? plain(parsed) : Optional.empty();
      String value = plain.isPresent() ? plain.get() : computed(parsed, guard);
      metrics.put(own(target), "{ " + value + (target.counter() ? ", kind: counter" : "") + " }");
    } catch (UntranslatableException e) {
      e.tell(target.path(), left);
    }
  }

  /** A column as it is needs no expression. */
  private Optional<String> plain(ParsedTarget parsed) throws UntranslatableException {
    Target target = parsed.target();
    Kind kind = target.type() == Cast.NUMBER && !target.counter() ? Kind.NUMBER : Kind.INTEGER;
    if (parsed.transform().isPresent() || names.folds() || target.type() == Cast.TEXT) {
      return Optional.empty();
    }
    if (parsed.value() instanceof Python.Item(Python.Name(String source), Python.Index _)
        && names.sources().get(source) instanceof Source.Walk walk
        && names.fixed().isEmpty()
        && names.table().isPresent()) {
      String at = names.table().get().at(walk);
      return Optional.of("oid: " + walk.oid() + TableDraft.as(kind, Kind.INTEGER) + at);
    }
    if (parsed.value() instanceof Python.Name(String source)
        && names.sources().get(source) instanceof Source.Get(String oid)
        && names.table().isEmpty()) {
      return Optional.of("oid: " + oid + TableDraft.as(kind, Kind.INTEGER));
    }
    return Optional.empty();
  }

  private String computed(ParsedTarget parsed, Optional<String> guard)
      throws UntranslatableException {
    Target target = parsed.target();
    Kind wanted =
        switch (target.type()) {
          case INTEGER -> Kind.INTEGER;
          case NUMBER -> Kind.NUMBER;
          case TEXT -> Kind.TEXT;
        };
    Term term = result(parsed, new Translation(names), wanted);
    if (term.kind() == Kind.TEXT) {
      throw new UntranslatableException("it yields a text, and a metric is a number");
    }
    if (term.kind() == Kind.BOOLEAN || (target.counter() && term.kind() != Kind.INTEGER)) {
      term = Term.call("int", Kind.INTEGER, term.text());
    }
    String value =
        guard.isPresent() ? guard.get() + " ? " + term.within(Term.OR) + " : none" : term.text();
    return "value: " + Yaml.lines(value);
  }

  /** The value, its type, and what the transform makes of it, as Panoptes has them in turn. */
  private static Term result(ParsedTarget parsed, Translation translation, Kind wanted)
      throws UntranslatableException {
    Term term = translation.term(parsed.value(), wanted).as(wanted);
    return parsed.transform().isPresent()
        ? translation.transformed(parsed.transform().get(), term)
        : term;
  }

  private String own(Target target) {
    String own = Yaml.name(target.name());
    if (!own.equals(target.name())) {
      left.add(target.path() + ": its name, which is " + own + " now");
    }
    return own;
  }

  void where(String condition) {
    where = Optional.of(condition);
  }

  /** Names of the document that it reads with the enrichment alone. */
  Set<String> delayed() {
    return names.scalars().delayed();
  }

  boolean isEmpty() {
    return metrics.isEmpty();
  }

  /** Names that columns may not have, since metrics have them. */
  static Set<String> names(List<ParsedTarget> metrics) {
    Set<String> names = new LinkedHashSet<>();
    metrics.forEach(metric -> names.add(Yaml.name(metric.target().name())));
    return names;
  }

  /** The section as it stands in the profile. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("  " + name + ":");
    lines.add("    group: " + Yaml.quoted(group));
    names
        .table()
        .ifPresent(table -> {
          lines.add("    table: " + table.name());
          lines.add("    required: true");
          if (names.folds()) {
            lines.add("    fold: all");
          }
        });
    where.ifPresent(condition -> lines.add("    where: " + Yaml.quoted(condition)));
    if (!dimensions.isEmpty()) {
      lines.add("    dimensions:");
      dimensions.forEach(
          (dimension, value) -> lines.add("      " + dimension + ": { value: " + value + " }"));
    }
    String polled = names.scalars().text();
    if (!polled.isEmpty()) {
      lines.add(polled.stripTrailing());
    }
    lines.add("    metrics:");
    metrics.forEach((metric, spec) -> lines.add("      " + metric + ": " + spec));
    return String.join("\n", lines) + "\n";
  }
}
