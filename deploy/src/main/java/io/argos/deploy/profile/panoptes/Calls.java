package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.PanoptesDocument.Source;
import io.argos.deploy.profile.panoptes.Term.Kind;
import java.util.ArrayList;
import java.util.List;

/** Calls of functions, among them those that fold all rows of a walk. */
final class Calls {
  private final Translation translation;
  private final Names names;

  Calls(Translation translation, Names names) {
    this.translation = translation;
    this.names = names;
  }

  Term call(Python.Call call, Kind wanted) throws UntranslatableException {
    List<Python> arguments = call.arguments();
    String function = call.function();
    if (arguments.isEmpty() || arguments.size() > 2) {
      throw unknown(call);
    }
    Python first = arguments.getFirst();
    if (arguments.size() == 2) {
      return switch (function) {
        case "round" -> round(first, arguments.get(1));
        case "min" -> extreme("least", first, arguments.get(1), wanted);
        case "max" -> extreme("greatest", first, arguments.get(1), wanted);
        default -> throw unknown(call);
      };
    }
    return switch (function) {
      case "int", "long" -> translation.integer(first);
      case "float" -> translation.term(first, Kind.NUMBER).as(Kind.NUMBER);
      case "str" -> translation.text(first);
      case "bool" -> translation.truth(first);
      case "abs" -> {
        Term term = translation.numeric(first, wanted);
        yield Term.call("abs", term.kind(), term.text());
      }
      case "round" ->
          Term.call(
              "int", Kind.INTEGER, "round(" + translation.numeric(first, Kind.NUMBER).text() + ")");
      case "len" -> length(first);
      case "sum", "min", "max" -> number(function, first, wanted);
      case "any", "all" -> quantified(function, first);
      default -> throw unknown(call);
    };
  }

  private static UntranslatableException unknown(Python.Call call) {
    return new UntranslatableException(
        "the function %s of %d arguments".formatted(call.function(), call.arguments().size()));
  }

  private Term round(Python value, Python digits) throws UntranslatableException {
    if (!(digits instanceof Python.Whole(long count)) || count > 12) {
      throw new UntranslatableException("it rounds to a number of digits that is computed");
    }
    return Term.call(
        "round", Kind.NUMBER, translation.numeric(value, Kind.NUMBER).text(), "" + count);
  }

  private Term extreme(String function, Python a, Python b, Kind wanted)
      throws UntranslatableException {
    Term left = translation.numeric(a, wanted);
    Term right = translation.numeric(b, wanted);
    boolean integral = left.kind() == Kind.INTEGER && right.kind() == Kind.INTEGER;
    return Term.call(function, integral ? Kind.INTEGER : Kind.NUMBER, left.text(), right.text());
  }

  /** Name of the source that a comprehension goes through. */
  static String source(Python tree) throws UntranslatableException {
    return switch (tree) {
      case Python.Name(String name) -> name;
      case Python.Method(Python.Name(String name), String method, List<Python> arguments)
          when arguments.isEmpty() && List.of("keys", "values", "items").contains(method) ->
          name;
      default -> throw new UntranslatableException("it goes through something that is no oid");
    };
  }

  private boolean isSource(Python tree) {
    try {
      return names.sources().containsKey(source(tree));
    } catch (UntranslatableException e) {
      return false;
    }
  }

  private Term length(Python of) throws UntranslatableException {
    if (of instanceof Python.Comprehension comprehension) {
      return translation.over(
          comprehension,
          source -> Term.call("count", Kind.INTEGER, condition(comprehension, source)));
    }
    if (!isSource(of)) {
      return Term.call("length", Kind.INTEGER, translation.text(of).text());
    }
    String source = source(of);
    if (names.source(source) instanceof Source.Static(var values)) {
      return Term.literal(values.size());
    }
    Python.Comprehension all =
        new Python.Comprehension(
            new Python.Name("x"),
            List.of("x"),
            new Python.Method(new Python.Name(source), "values", List.of()),
            List.of());
    return length(all);
  }

  /** What holds for the rows that are counted: they have a value, and what is asked for. */
  private String condition(Python.Comprehension tree, String source)
      throws UntranslatableException {
    List<String> conditions = new ArrayList<>();
    boolean tellsPresence =
        tree.conditions().stream().anyMatch(one -> translation.mentionsValue(one, source));
    if (!tellsPresence) {
      conditions.add(names.member(source, true).text());
    }
    conditions.addAll(translation.conditions(tree));
    return String.join(" and ", conditions);
  }

  private Term number(String function, Python of, Kind wanted) throws UntranslatableException {
    if (!(of instanceof Python.Comprehension tree)) {
      throw new UntranslatableException("the function " + function + " of what is no list");
    }
    return translation.over(
        tree,
        _ -> {
          Term value = translation.numeric(tree.element(), wanted);
          List<String> conditions = translation.conditions(tree);
          return conditions.isEmpty()
              ? Term.call(function, value.kind(), value.text())
              : Term.call(function, value.kind(), value.text(), String.join(" and ", conditions));
        });
  }

  private Term quantified(String function, Python of) throws UntranslatableException {
    if (!(of instanceof Python.Comprehension tree)) {
      throw new UntranslatableException("the function " + function + " of what is no list");
    }
    return translation.over(
        tree,
        _ -> {
          if (!tree.conditions().isEmpty() && function.equals("all")) {
            throw new UntranslatableException("the function all of a part of the rows");
          }
          List<String> conditions = new ArrayList<>(translation.conditions(tree));
          conditions.add(translation.truth(tree.element()).within(Term.AND));
          return Term.call(function, Kind.BOOLEAN, String.join(" and ", conditions));
        });
  }
}
