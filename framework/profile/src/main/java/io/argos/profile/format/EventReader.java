package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Scope;
import io.argos.profile.expression.Type;
import io.argos.schemas.Severity;
import io.argos.snmp.Oid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the events that a profile makes of traps. */
final class EventReader {
  private final Scopes scopes;
  private final SourceReader sources;
  private final Set<String> tables;

  /**
   * @param tables names of the tables whose rows events may be about
   */
  EventReader(Scopes scopes, Set<String> tables) {
    this.scopes = scopes;
    this.sources = new SourceReader(scopes);
    this.tables = tables;
  }

  /**
   * An event; empty when it cannot be understood.
   *
   * @param all names of all events of the profile
   */
  Optional<EventSpec> event(String name, Tree tree, Set<String> all, List<Problem> problems) {
    Fields fields = Fields.of(tree, "event " + name, problems);
    String description = fields.text("description").orElse("");
    List<Oid> traps = new ArrayList<>();
    fields.texts("trap").forEach(text -> fields.oid(text).ifPresent(traps::add));
    if (!fields.has("trap")) {
      fields.problem(fields.place(), "an event names its trap, the value of snmpTrapOID");
    }
    List<EventSpec.Varbind> varbinds = new ArrayList<>();
    Map<String, Type> names = new LinkedHashMap<>(Builtin.scalars());
    fields
        .entries("varbinds")
        .forEach((varbind, spec) ->
            varbind(varbind, spec, names, problems)
                .ifPresent(read -> {
                  varbinds.add(read);
                  names.put(varbind, read.type());
                }));
    Scope bare = Scope.ofScalars(names, Map.of());
    Optional<EventSpec.Row> row = row(fields, bare);
    names.putIfAbsent(EventSpec.ROW, Type.TEXT);
    Scope scope = Scope.ofScalars(names, Map.of());
    Optional<Expression> when =
        fields.scalar("when").flatMap(text -> scopes.compile(text, scope, Type.BOOLEAN));
    Optional<Expression> key =
        fields.scalar("key").flatMap(text -> scopes.compile(text, bare, Type.TEXT));
    List<String> clears = clears(fields, name, all);
    EventSpec.Rating rating = rating(fields, scope, !clears.isEmpty());
    Optional<EventTemplate> summary =
        fields.scalar("summary").flatMap(text -> template(text, scope, problems));
    if (!fields.has("summary")) {
      fields.problem(fields.place(), "an event has a summary, one sentence for a reader");
    }
    fields.done("an event");
    return summary
        .filter(_ -> !traps.isEmpty())
        .map(sentence ->
            new EventSpec(
                name, description, traps, varbinds, when, rating, row, key, sentence, clears));
  }

  private Optional<EventSpec.Varbind> varbind(
      String name, Tree tree, Map<String, Type> names, List<Problem> problems) {
    Fields fields =
        tree instanceof Tree.Text
            ? new Fields(
                new Tree.Mapping(tree.place(), Map.of("oid", new Tree.Field(tree.place(), tree))),
                problems)
            : Fields.of(tree, "varbind " + name, problems);
    if (names.containsKey(name) || name.equals(EventSpec.ROW)) {
      fields.problem(fields.place(), "'" + name + "' is a name that every event knows already");
    }
    if (!fields.has("oid")) {
      fields.problem(fields.place(), "a varbind needs an oid");
    }
    boolean instance = fields.flag("instance", false);
    Conversion conversion = sources.conversion(fields, Conversion.Kind.TEXT);
    if (instance && (fields.has("as") || fields.has("map"))) {
      fields.problem(
          fields.placeOf("instance"), "an instance is text: it goes with neither 'as' nor 'map'");
    }
    Optional<EventSpec.Varbind> read =
        fields.oid("oid").map(oid -> new EventSpec.Varbind(name, oid, instance, conversion));
    fields.done("a varbind");
    return read;
  }

  private Optional<EventSpec.Row> row(Fields fields, Scope scope) {
    Optional<Tree.Text> table = fields.scalar("table");
    Optional<Expression> index =
        fields.scalar("index").flatMap(text -> scopes.compile(text, scope, Type.TEXT));
    if (table.isPresent() != fields.has("index")) {
      fields.problem(
          fields.place(), "an event that is about a row names its 'table' and its 'index'");
    }
    table
        .filter(text -> !tables.contains(text.value()))
        .ifPresent(text ->
            fields.problem(
                text.place(),
                "there is no table '" + text.value() + "' that is kept; known are " + tables));
    return table.flatMap(text -> index.map(at -> new EventSpec.Row(text.value(), at)));
  }

  private static List<String> clears(Fields fields, String name, Set<String> all) {
    List<String> clears = new ArrayList<>();
    for (Tree.Text text : fields.texts("clears")) {
      if (!all.contains(text.value()) || text.value().equals(name)) {
        fields.problem(
            text.place(),
            "there is no other event '" + text.value() + "' to clear; known are " + all);
      }
      clears.add(text.value());
    }
    return clears;
  }

  private EventSpec.Rating rating(Fields fields, Scope scope, boolean clears) {
    Optional<Tree.Text> text = fields.scalar("severity");
    if (text.isEmpty()) {
      return new EventSpec.Rating.Fixed(clears ? Severity.CLEARED : Severity.WARNING);
    }
    Optional<Severity> word = EventSpec.severity(text.get().value());
    if (word.isPresent()) {
      return new EventSpec.Rating.Fixed(word.get());
    }
    if (text.get().value().matches("[a-zA-Z]+")) {
      fields.problem(
          text.get().place(),
          "'"
              + text.get().value()
              + "' is none of cleared, info, warning, minor, major and critical");
    } else {
      Optional<Expression> expression = scopes.compile(text.get(), scope, Type.TEXT);
      if (expression.isPresent()) {
        return new EventSpec.Rating.Computed(expression.get());
      }
    }
    return new EventSpec.Rating.Fixed(Severity.WARNING);
  }

  private Optional<EventTemplate> template(Tree.Text text, Scope scope, List<Problem> problems) {
    String source = text.value();
    List<EventTemplate.Part> parts = new ArrayList<>();
    int at = 0;
    while (at < source.length()) {
      int open = source.indexOf('{', at);
      if (open < 0) {
        parts.add(new EventTemplate.Part.Plain(source.substring(at)));
        break;
      }
      int close = source.indexOf('}', open);
      if (close < 0) {
        problems.add(new Problem(text.place().further(open), "this brace is not closed"));
        return Optional.empty();
      }
      parts.add(new EventTemplate.Part.Plain(source.substring(at, open)));
      Tree.Text inner =
          new Tree.Text(text.place().further(open + 1), source.substring(open + 1, close), true);
      Optional<Expression> expression = scopes.compile(inner, scope);
      if (expression.isEmpty()) {
        return Optional.empty();
      }
      parts.add(new EventTemplate.Part.Value(expression.get()));
      at = close + 1;
    }
    return Optional.of(new EventTemplate(source, parts));
  }
}
