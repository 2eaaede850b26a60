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

/** Reads the sections of a profile. */
final class GroupReader {
  private static final String DEFAULT_STATUS = "polling_status";

  private final Scopes scopes;
  private final TableReader tables;

  GroupReader(Scopes scopes, TableReader tables) {
    this.scopes = scopes;
    this.tables = tables;
  }

  GroupSpec group(String section, Tree tree, List<Problem> problems) {
    Fields fields = Fields.of(tree, "group " + section, problems);
    Optional<String> table = table(fields);
    Map<String, Type> kept =
        table.map(name -> scopes.kept.getOrDefault(name, Map.of())).orElse(Map.of());
    Optional<Expression> when = ofDevice("when", fields);
    Scope slow = new Scope(table.orElse(""), kept, scopes.kept, scopes.scalarsOfPolling(), false);
    Optional<Expression> where =
        fields.scalar("where").flatMap(text -> scopes.compile(text, slow, Type.BOOLEAN));
    GroupSpec.Grouping grouping = grouping(fields, slow, table.isPresent());
    boolean each = grouping instanceof GroupSpec.Grouping.Each;
    List<GroupSpec.Dimension> dimensions = dimensions(fields, each, grouping, slow);
    List<PolledSpec> own = new ArrayList<>();
    List<GroupSpec.Metric> metrics = new Metrics(fields, table, kept, each, own).read();
    List<String> rows = rows(fields, own, table);
    boolean known = fields.text("read").map(word -> knownRows(word, fields)).orElse(false);
    GroupSpec spec =
        new GroupSpec(
            section,
            fields.text("group").orElse(section),
            table,
            when,
            where,
            grouping,
            rows,
            fields.text("status").orElse(DEFAULT_STATUS),
            ofDevice("required", fields),
            fields.flag("optional", false),
            ofDevice("partial", fields),
            fields.flag("distinct", false),
            known,
            own,
            dimensions,
            metrics);
    fields.done("a group");
    if (spec.required().isPresent() && spec.optional()) {
      fields.problem(fields.placeOf("optional"), "a group is required or optional, not both");
    }
    if (spec.distinct() && !each) {
      fields.problem(fields.placeOf("distinct"), "rows that fold are distinct already");
    }
    if (spec.name().equals("status")) {
      fields.problem(fields.placeOf("group"), "the group 'status' belongs to the platform");
    }
    if (metrics.isEmpty()) {
      fields.problem(fields.place(), "group '" + section + "' needs at least one metric");
    }
    return spec;
  }

  /** A condition over scalars and tables. */
  private Optional<Expression> ofDevice(String name, Fields fields) {
    return fields
        .scalar(name)
        .flatMap(text -> scopes.compile(text, scopes.pollingScalarScope(), Type.BOOLEAN));
  }

  private Optional<String> table(Fields fields) {
    Optional<String> table = fields.text("table");
    table.ifPresent(name -> {
      if (!scopes.kept.containsKey(name)) {
        fields.problem(
            fields.placeOf("table"),
            "there is no table '" + name + "' that is kept; known are " + scopes.kept.keySet());
      }
    });
    return table;
  }

  private static boolean knownRows(String word, Fields fields) {
    if (!word.equals("columns") && !word.equals("rows")) {
      fields.problem(fields.placeOf("read"), "read is columns or rows, not '" + word + "'");
    }
    return word.equals("rows");
  }

  private GroupSpec.Grouping grouping(Fields fields, Scope slow, boolean hasTable) {
    Optional<Tree.Text> fold = fields.scalar("fold");
    Optional<Tree.Text> by = fields.scalar("by");
    if (!hasTable && (fold.isPresent() || by.isPresent())) {
      fields.problem(fields.place(), "only the rows of a table fold");
    }
    if (fold.isPresent() && !fold.get().value().equals("all")) {
      fields.problem(fold.get().place(), "fold is all; use by for several rows");
    }
    if (fold.isPresent() && by.isPresent()) {
      fields.problem(fold.get().place(), "rows fold by a value or all into one, not both");
    }
    if (by.isPresent()) {
      Optional<Expression> key = scopes.compile(by.get(), slow, Type.TEXT);
      return key.isPresent() ? new GroupSpec.Grouping.By(key.get()) : new GroupSpec.Grouping.All();
    }
    return fold.isPresent() ? new GroupSpec.Grouping.All() : new GroupSpec.Grouping.Each();
  }

  private List<GroupSpec.Dimension> dimensions(
      Fields fields, boolean each, GroupSpec.Grouping grouping, Scope slow) {
    List<GroupSpec.Dimension> dimensions = new ArrayList<>();
    Scope scope = slow;
    if (!each) {
      Map<String, Type> scalars = scopes.scalarsOfPolling();
      if (grouping instanceof GroupSpec.Grouping.By) {
        scalars.put("key", Type.TEXT);
      }
      scope = new Scope(slow.table(), slow.columns(), scopes.kept, scalars, true);
    }
    Scope names = scope;
    fields
        .entries("dimensions")
        .forEach((name, tree) -> {
          Fields spec =
              tree instanceof Tree.Text
                  ? new Fields(
                      new Tree.Mapping(
                          tree.place(), Map.of("value", new Tree.Field(tree.place(), tree))),
                      fields.problems())
                  : Fields.of(tree, "a dimension", fields.problems());
          Optional<Expression> value =
              spec.scalar("value").flatMap(text -> scopes.compile(text, names));
          Optional<String> fallback = spec.text("default");
          spec.done("a dimension");
          if (!spec.has("value")) {
            spec.problem(spec.place(), "a dimension needs a value");
          }
          value.ifPresent(
              expression -> dimensions.add(new GroupSpec.Dimension(name, expression, fallback)));
        });
    return dimensions;
  }

  private List<String> rows(Fields fields, List<PolledSpec> own, Optional<String> table) {
    List<String> rows = new ArrayList<>();
    for (Tree.Text text : fields.texts("rows")) {
      boolean known =
          own.stream().anyMatch(p -> p.name().equals(text.value()))
              || table
                  .map(name -> scopes.polled.getOrDefault(name, Map.of()))
                  .orElse(Map.of())
                  .containsKey(text.value());
      if (!known) {
        fields.problem(text.place(), "rows: '" + text.value() + "' is not polled here");
      }
      rows.add(text.value());
    }
    return rows;
  }

  /** Reads the metrics of one group; each may use those before it. */
  private final class Metrics {
    private final Fields fields;
    private final Optional<String> table;
    private final Map<String, Type> kept;
    private final boolean each;
    private final List<PolledSpec> own;
    private final Map<String, Type> known;

    Metrics(
        Fields fields,
        Optional<String> table,
        Map<String, Type> kept,
        boolean each,
        List<PolledSpec> own) {
      this.fields = fields;
      this.table = table;
      this.kept = kept;
      this.each = each;
      this.own = own;
      this.known = new LinkedHashMap<>(kept);
      table.ifPresent(name -> known.putAll(scopes.polled.getOrDefault(name, Map.of())));
    }

    List<GroupSpec.Metric> read() {
      fields
          .entries("polled")
          .forEach((name, tree) ->
              tables
                  .polled(name, tree, table.orElse(""), kept, fields.problems())
                  .ifPresent(column -> {
                    own.add(column);
                    if (known.put(name, column.type()) != null) {
                      fields.problem(tree.place(), "'" + name + "' is a column already");
                    }
                  }));
      List<GroupSpec.Metric> metrics = new ArrayList<>();
      fields.entries("metrics").forEach((name, tree) -> metric(name, tree).ifPresent(metrics::add));
      return metrics;
    }

    private Optional<GroupSpec.Metric> metric(String name, Tree tree) {
      Fields spec = Fields.of(tree, "metric " + name, fields.problems());
      ColumnKind kind = kind(spec);
      String unit = spec.text("unit").orElse("1");
      if (spec.has("oid") == spec.has("value")) {
        spec.problem(spec.place(), "a metric has either an oid or a value");
        return Optional.empty();
      }
      Optional<GroupSpec.Metric> metric =
          spec.has("oid") ? read(name, spec, kind, unit) : computed(name, spec, kind, unit);
      spec.done("a metric");
      return metric;
    }

    private Optional<GroupSpec.Metric> read(
        String name, Fields spec, ColumnKind kind, String unit) {
      if (!each) {
        spec.problem(
            spec.placeOf("oid"), "rows that fold are polled by the table and named in a value");
      }
      Optional<PolledSpec> polled = tables.polled(name, spec, table.orElse(""), kept);
      if (polled.isEmpty()) {
        return Optional.empty();
      }
      Type type = polled.get().type();
      numeric(type, spec, kind);
      own.add(polled.get());
      known.put(name, type);
      return Optional.of(
          new GroupSpec.Metric(
              name,
              kind,
              unit,
              new GroupSpec.Origin.Column(name),
              SourceReader.fallback(spec, type)));
    }

    private Optional<GroupSpec.Metric> computed(
        String name, Fields spec, ColumnKind kind, String unit) {
      Scope scope =
          new Scope(table.orElse(""), known, scopes.kept, scopes.scalarsOfPolling(), !each);
      Optional<Expression> expression =
          spec.scalar("value").flatMap(text -> scopes.compile(text, scope));
      if (expression.isEmpty()) {
        return Optional.empty();
      }
      Type type = expression.get().type();
      numeric(type, spec, kind);
      if (each) {
        known.put(name, type);
      }
      String source = expression.get().source().trim();
      boolean plain =
          own.stream().anyMatch(p -> p.name().equals(source))
              || table
                  .map(t -> scopes.polled.getOrDefault(t, Map.of()).containsKey(source))
                  .orElse(false);
      GroupSpec.Origin origin =
          plain && each
              ? new GroupSpec.Origin.Column(source)
              : new GroupSpec.Origin.Computed(expression.get());
      return Optional.of(
          new GroupSpec.Metric(name, kind, unit, origin, SourceReader.fallback(spec, type)));
    }

    private static void numeric(Type type, Fields spec, ColumnKind kind) {
      if (type != Type.INTEGER && type != Type.NUMBER && type != Type.BOOLEAN) {
        spec.problem(spec.place(), "a metric is a number, not " + type.word());
      }
      if (kind == ColumnKind.COUNTER && type != Type.INTEGER) {
        spec.problem(spec.place(), "a counter is an integer, not " + type.word());
      }
    }

    private static ColumnKind kind(Fields spec) {
      String word = spec.text("kind").orElse("gauge");
      if (!word.equals("gauge") && !word.equals("counter")) {
        spec.problem(spec.placeOf("kind"), "kind is gauge or counter, not '" + word + "'");
      }
      return word.equals("counter") ? ColumnKind.COUNTER : ColumnKind.GAUGE;
    }
  }
}
