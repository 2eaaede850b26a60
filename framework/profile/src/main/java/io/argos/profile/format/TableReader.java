package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Scope;
import io.argos.profile.expression.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads tables, scalars and fast columns. */
final class TableReader {
  private final Scopes scopes;
  private final SourceReader sources;

  TableReader(Scopes scopes) {
    this.scopes = scopes;
    this.sources = new SourceReader(scopes);
  }

  /** Scalars; each may use those before it. */
  List<ColumnSpec> scalars(Map<String, Tree> entries, List<Problem> problems) {
    List<ColumnSpec> scalars = new ArrayList<>();
    entries.forEach((name, tree) ->
        column(name, tree, scopes.scalarScope(), "a scalar", problems)
            .ifPresent(column -> {
              scalars.add(column);
              if (scopes.scalars.putIfAbsent(name, column.type()) != null) {
                problems.add(
                    new Problem(tree.place(), "'" + name + "' is a scalar of every profile"));
              }
            }));
    return scalars;
  }

  TableSpec table(String name, Tree tree, List<Problem> problems) {
    Fields fields = Fields.of(tree, "table " + name, problems);
    if (name.equals("device")) {
      problems.add(new Problem(fields.place(), "the namespace 'device' belongs to the platform"));
    }
    Optional<Expression> when =
        fields
            .scalar("when")
            .flatMap(text -> scopes.compile(text, scopes.scalarScope(), Type.BOOLEAN));
    boolean keep = fields.flag("keep", true);
    Map<String, Type> types = new LinkedHashMap<>();
    types.put(Builtin.INDEX, Type.TEXT);
    List<ColumnSpec> columns = new ArrayList<>();
    fields
        .entries("columns")
        .forEach((column, spec) -> {
          if (column.equals(Builtin.INDEX)) {
            problems.add(new Problem(spec.place(), "every table has a column 'index' already"));
          }
          Scope scope = new Scope(name, types, scopes.tables, scopes.scalars, false);
          column(column, spec, scope, "a column", problems)
              .ifPresent(read -> {
                columns.add(read);
                types.put(column, read.type());
              });
        });
    Scope whole = new Scope(name, types, scopes.tables, scopes.scalars, false);
    Optional<Expression> where =
        fields.scalar("where").flatMap(text -> scopes.compile(text, whole, Type.BOOLEAN));
    Optional<Expression> key =
        fields.scalar("key").flatMap(text -> scopes.compile(text, whole, Type.TEXT));
    List<String> rows = readColumns(fields, "rows", columns);
    List<String> presence = readColumns(fields, "presence", columns);
    scopes.tables.put(name, types);
    Map<String, Type> kept = new LinkedHashMap<>();
    kept.put(Builtin.INDEX, Type.TEXT);
    columns.stream().filter(ColumnSpec::keep).forEach(c -> kept.put(c.name(), c.type()));
    if (keep) {
      scopes.kept.put(name, kept);
    }
    Map<String, Type> polledTypes = new LinkedHashMap<>();
    List<PolledSpec> polled = new ArrayList<>();
    fields
        .entries("polled")
        .forEach((column, spec) ->
            polled(column, spec, name, kept, problems)
                .ifPresent(read -> {
                  polled.add(read);
                  polledTypes.put(column, read.type());
                  if (kept.containsKey(column)) {
                    problems.add(
                        new Problem(spec.place(), "'" + column + "' is a slow column already"));
                  }
                }));
    scopes.polled.put(name, polledTypes);
    TableSpec spec =
        new TableSpec(
            name,
            when,
            keep,
            columns,
            rows,
            presence,
            where,
            key,
            polled,
            fields.oid("last-change"),
            fields.oid("discontinuity"));
    fields.done("a table");
    if (columns.stream().noneMatch(c -> c.origin() instanceof ColumnSpec.Origin.Read)) {
      problems.add(
          new Problem(
              fields.place(), "table '" + name + "' needs a column that is read, for its rows"));
    }
    return spec;
  }

  private static List<String> readColumns(Fields fields, String key, List<ColumnSpec> columns) {
    List<String> names = new ArrayList<>();
    for (Tree.Text text : fields.texts(key)) {
      boolean read =
          columns.stream()
              .anyMatch(c ->
                  c.name().equals(text.value()) && c.origin() instanceof ColumnSpec.Origin.Read);
      if (!read) {
        fields.problem(
            text.place(), key + ": '" + text.value() + "' is not a column that is read here");
      }
      names.add(text.value());
    }
    return names;
  }

  private Optional<ColumnSpec> column(
      String name, Tree tree, Scope scope, String what, List<Problem> problems) {
    Fields fields = fieldsOf(tree, what, problems);
    boolean keep = fields.flag("keep", true);
    if (fields.has("oid") == fields.has("value")) {
      fields.tree("oid");
      fields.tree("value");
      problems.add(new Problem(fields.place(), what + " has either an oid or a value"));
      return Optional.empty();
    }
    if (fields.has("value")) {
      Optional<Expression> expression =
          fields
              .scalar("value")
              .flatMap(text ->
                  fields.has("type")
                      ? scopes.compile(text, scope, type(fields))
                      : scopes.compile(text, scope));
      if (expression.isEmpty()) {
        return Optional.empty();
      }
      Type type = expression.get().type() == Type.NONE ? Type.TEXT : expression.get().type();
      Optional<Constant> fallback = SourceReader.fallback(fields, type);
      fields.done(what + " with a value");
      return Optional.of(
          new ColumnSpec(
              name, type, new ColumnSpec.Origin.Computed(expression.get()), fallback, keep));
    }
    List<SourceSpec> read = sources.sources(fields, scopes.scalarScope());
    Conversion conversion = sources.conversion(fields, Conversion.Kind.TEXT);
    Type type = typeOf(conversion, read);
    Optional<Constant> fallback = SourceReader.fallback(fields, type);
    fields.done(what + " with an oid");
    return Optional.of(
        new ColumnSpec(name, type, new ColumnSpec.Origin.Read(read, conversion), fallback, keep));
  }

  private static Type type(Fields fields) {
    String word = fields.text("type").orElse("");
    for (Type type : Type.values()) {
      if (type != Type.NONE && type.word().equals(word)) {
        return type;
      }
    }
    fields.problem(
        fields.placeOf("type"), "'" + word + "' is not one of boolean, integer, number, text");
    return Type.TEXT;
  }

  /** A text is short for an oid, and any other key of a column keeps its default. */
  private static Fields fieldsOf(Tree tree, String what, List<Problem> problems) {
    if (tree instanceof Tree.Text || tree instanceof Tree.Items) {
      return new Fields(
          new Tree.Mapping(tree.place(), Map.of("oid", new Tree.Field(tree.place(), tree))),
          problems);
    }
    return Fields.of(tree, what, problems);
  }

  private static Type typeOf(Conversion conversion, List<SourceSpec> sources) {
    Type type = conversion.type();
    boolean fractional = sources.stream().anyMatch(source -> !source.isIntegral());
    return type == Type.INTEGER && fractional ? Type.NUMBER : type;
  }

  /** A fast column of a table, or of a group without one when the table is empty. */
  Optional<PolledSpec> polled(
      String name, Tree tree, String table, Map<String, Type> kept, List<Problem> problems) {
    Fields fields = fieldsOf(tree, "a polled column", problems);
    Optional<PolledSpec> spec = polled(name, fields, table, kept);
    fields.done("a polled column");
    return spec;
  }

  private static boolean takesLast(Fields fields) {
    String word = fields.text("take").orElse("first");
    if (!word.equals("first") && !word.equals("last")) {
      fields.problem(fields.placeOf("take"), "take is first or last, not '" + word + "'");
    }
    return word.equals("last");
  }

  /** Reads the keys of a fast column, leaving further keys to the caller. */
  Optional<PolledSpec> polled(String name, Fields fields, String table, Map<String, Type> kept) {
    List<SourceSpec> read = sources.sources(fields, scopes.pollingScalarScope());
    Conversion conversion = sources.conversion(fields, Conversion.Kind.INTEGER);
    if (!Set.of(Type.INTEGER, Type.NUMBER, Type.TEXT).contains(conversion.type())
        || read.isEmpty()) {
      if (!fields.has("oid")) {
        fields.problem(fields.place(), "a polled column needs an oid");
      }
      return Optional.empty();
    }
    Scope scope = new Scope(table, kept, scopes.kept, scopes.scalarsOfPolling(), false);
    Optional<Expression> at =
        fields.scalar("at").flatMap(text -> scopes.compile(text, scope, Type.TEXT));
    Optional<Expression> under =
        fields.scalar("under").flatMap(text -> scopes.compile(text, scope, Type.TEXT));
    if (at.isPresent() && under.isPresent()) {
      fields.problem(fields.place(), "a column is joined by 'at' or by 'under', not by both");
    }
    boolean last = takesLast(fields);
    if (last && !fields.has("under")) {
      fields.problem(fields.placeOf("take"), "only a column joined by 'under' takes first or last");
    }
    PolledSpec.Join join =
        at.isPresent()
            ? new PolledSpec.Join.At(at.get())
            : under.isPresent()
                ? new PolledSpec.Join.Under(under.get(), last)
                : new PolledSpec.Join.Same();
    return Optional.of(
        new PolledSpec(
            name,
            typeOf(conversion, read),
            read,
            conversion,
            fields.flag("required", false),
            join));
  }
}
