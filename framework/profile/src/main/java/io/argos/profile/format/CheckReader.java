package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Scope;
import io.argos.profile.expression.Type;
import io.argos.schemas.ColumnKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the checks that a profile proposes. */
final class CheckReader {
  private static final List<String> KEYS =
      List.of("where", "warning", "critical", "value", "unit", "above", "below", "hysteresis");
  private static final int DEFAULT_ATTEMPTS = 3;
  private static final int MOST_ATTEMPTS = 100;

  private final Scopes scopes;
  private final Map<String, GroupSpec> sections = new LinkedHashMap<>();

  CheckReader(Scopes scopes, List<GroupSpec> groups) {
    this.scopes = scopes;
    groups.forEach(group -> sections.put(group.section(), group));
  }

  /** A check, once for each section that it is about. */
  List<CheckSpec> check(String name, Tree tree, List<Problem> problems) {
    Fields fields = Fields.of(tree, "check " + name, problems);
    List<CheckSpec> checks = new ArrayList<>();
    List<Tree.Text> groups = fields.texts("group");
    if (groups.isEmpty()) {
      fields.problem(fields.place(), "a check names the group whose rows it judges");
    }
    // A check without a known section is read all the same, for its other mistakes.
    List<String> about = new ArrayList<>();
    for (Tree.Text group : groups) {
      if (sections.containsKey(group.value())) {
        about.add(group.value());
      } else {
        fields.problem(
            group.place(),
            "there is no group '" + group.value() + "'; known are " + sections.keySet());
      }
    }
    String description = fields.text("description").orElse("");
    int attempts = attempts(fields);
    for (String section : about) {
      Scope scope = scope(section);
      Optional<Expression> where =
          fields.scalar("where").flatMap(text -> scopes.compile(text, scope, Type.BOOLEAN));
      judgement(fields, scope)
          .ifPresent(judgement ->
              checks.add(new CheckSpec(name, section, description, where, judgement, attempts)));
    }
    if (about.isEmpty()) {
      KEYS.forEach(fields::tree);
    }
    fields.done("a check");
    return checks;
  }

  /** Metrics and dimensions of a section; where both bear a name, it is the metric's. */
  private Scope scope(String section) {
    GroupSpec group = sections.get(section);
    Map<String, Type> names = new LinkedHashMap<>();
    if (group != null) {
      group.dimensions().forEach(dimension -> names.put(dimension.name(), Type.TEXT));
      group.metrics().forEach(metric -> names.put(metric.name(), typeOf(metric)));
    }
    return new Scope(section, names, Map.of(), Map.of(), false);
  }

  private static Type typeOf(GroupSpec.Metric metric) {
    if (metric.kind() == ColumnKind.COUNTER) {
      return Type.NUMBER;
    }
    Type type =
        metric.origin() instanceof GroupSpec.Origin.Computed(Expression expression)
            ? expression.type()
            : Type.NUMBER;
    return type == Type.BOOLEAN ? Type.INTEGER : type;
  }

  private Optional<CheckSpec.Judgement> judgement(Fields fields, Scope scope) {
    KEYS.forEach(fields::tree);
    if (!fields.has("value")) {
      for (String key : List.of("unit", "above", "below", "hysteresis")) {
        if (fields.has(key)) {
          fields.problem(fields.placeOf(key), key + " goes with a value");
        }
      }
      if (!fields.has("warning") && !fields.has("critical")) {
        fields.problem(
            fields.place(), "a check has a value, or a condition 'critical' or 'warning'");
      }
      return Optional.of(
          new CheckSpec.Judgement.Conditions(
              condition(fields, "warning", scope), condition(fields, "critical", scope)));
    }
    for (String key : List.of("warning", "critical")) {
      if (fields.has(key)) {
        fields.problem(
            fields.placeOf(key), "the thresholds of a value stand under 'above' or 'below'");
      }
    }
    Optional<Expression> value =
        fields.scalar("value").flatMap(text -> scopes.compile(text, scope, Type.NUMBER));
    if (fields.has("above") == fields.has("below")) {
      fields.problem(fields.place(), "a value is bad either above or below its thresholds");
      return Optional.empty();
    }
    boolean above = fields.has("above");
    String side = above ? "above" : "below";
    Fields thresholds =
        Fields.of(fields.tree(side).orElseThrow(), "the thresholds", fields.problems());
    OptionalDouble warning = number(thresholds, "warning");
    OptionalDouble critical = number(thresholds, "critical");
    thresholds.done("the thresholds");
    double hysteresis = number(fields, "hysteresis").orElse(0);
    if (warning.isEmpty() && critical.isEmpty()) {
      fields.problem(thresholds.place(), side + " needs 'warning' or 'critical'");
    }
    if (hysteresis < 0) {
      fields.problem(fields.placeOf("hysteresis"), "hysteresis is not below 0");
    }
    if (warning.isPresent()
        && critical.isPresent()
        && above != warning.getAsDouble() < critical.getAsDouble()) {
      fields.problem(
          thresholds.placeOf("critical"), "critical is further " + side + " than warning");
    }
    String unit = fields.text("unit").orElse("1");
    return value.map(expression ->
        new CheckSpec.Judgement.Thresholds(expression, unit, above, warning, critical, hysteresis));
  }

  private Optional<Expression> condition(Fields fields, String key, Scope scope) {
    return fields.scalar(key).flatMap(text -> scopes.compile(text, scope, Type.BOOLEAN));
  }

  private static OptionalDouble number(Fields fields, String key) {
    Optional<Tree.Text> text = fields.scalar(key);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text.get().value());
      if (Double.isFinite(value)) {
        return OptionalDouble.of(value);
      }
    } catch (NumberFormatException e) {
      // reported below, as infinity is
    }
    fields.problem(text.get().place(), key + " is a number, not '" + text.get().value() + "'");
    return OptionalDouble.empty();
  }

  private static int attempts(Fields fields) {
    OptionalDouble number = number(fields, "attempts");
    if (number.isEmpty()) {
      return DEFAULT_ATTEMPTS;
    }
    double value = number.getAsDouble();
    if (value < 1 || value > MOST_ATTEMPTS || value != Math.rint(value)) {
      fields.problem(
          fields.placeOf("attempts"), "attempts is a whole number from 1 to " + MOST_ATTEMPTS);
      return DEFAULT_ATTEMPTS;
    }
    return (int) value;
  }
}
