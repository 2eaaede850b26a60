package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.Term.Kind;
import java.util.List;

/** Methods of texts, and {@code get} of an oid's values. */
final class Methods {
  private final Translation translation;
  private final Names names;

  Methods(Translation translation, Names names) {
    this.translation = translation;
    this.names = names;
  }

  Term method(Python.Method method, Kind wanted) throws UntranslatableException {
    List<Python> arguments = method.arguments();
    switch (method.name()) {
      case "get" -> {
        if (method.of() instanceof Python.Name(String source)
            && names.sources().containsKey(source)
            && !arguments.isEmpty()
            && arguments.size() <= 2) {
          return get(source, arguments, wanted);
        }
      }
      case "strip", "lower", "upper" -> {
        if (arguments.isEmpty()) {
          String function = method.name().equals("strip") ? "trim" : method.name();
          return Term.call(function, Kind.TEXT, translation.text(method.of()).text());
        }
      }
      case "startswith", "endswith" -> {
        if (arguments.size() == 1) {
          return Term.call(
              method.name().replace("with", "With"),
              Kind.BOOLEAN,
              translation.text(method.of()).text(),
              translation.text(arguments.getFirst()).text());
        }
      }
      case "replace" -> {
        if (arguments.size() == 2
            && arguments.getFirst() instanceof Python.Text(String from)
            && arguments.getLast() instanceof Python.Text(String to)
            && !from.isEmpty()) {
          return Term.call(
              "replace",
              Kind.TEXT,
              translation.text(method.of()).text(),
              Term.literal(from).text(),
              Term.literal(to).text());
        }
      }
      default -> {}
    }
    throw new UntranslatableException(
        "the method %s of %d arguments".formatted(method.name(), arguments.size()));
  }

  private Term get(String source, List<Python> arguments, Kind wanted)
      throws UntranslatableException {
    Term value = translation.byKey(source, arguments.getFirst(), wanted);
    if (arguments.size() == 1) {
      return value;
    }
    Term fallback = translation.term(arguments.getLast(), value.kind());
    boolean numbers = value.kind().isNumeric() && fallback.kind().isNumeric();
    if (value.kind() != fallback.kind() && !numbers) {
      throw new UntranslatableException("it yields now a number, now a text");
    }
    return new Term(
        value.within(Term.FALLBACK) + " ?? " + fallback.within(Term.SUM),
        value.kind() == fallback.kind() ? value.kind() : Kind.NUMBER,
        Term.FALLBACK);
  }
}
