package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.PanoptesDocument.Source;
import io.argos.deploy.profile.panoptes.Term.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Comparisons. Panoptes has the numbers of a device as texts, so a text of digits that one is
 * compared with stands for a number.
 */
final class Comparisons {
  private final Translation translation;
  private final Names names;

  Comparisons(Translation translation, Names names) {
    this.translation = translation;
    this.names = names;
  }

  Term compare(Python.Comparison tree) throws UntranslatableException {
    return tree.operator().equals("in") || tree.operator().equals("not in")
        ? membership(tree)
        : comparison(tree);
  }

  private static boolean isNumber(Python tree) {
    return tree instanceof Python.Whole
        || tree instanceof Python.Decimal
        || (tree instanceof Python.Text(String text) && text.matches("0|-?[1-9]\\d{0,17}"));
  }

  private static boolean isLiteral(Python tree) {
    return isNumber(tree) || tree instanceof Python.Text;
  }

  private static Python number(Python literal) {
    return literal instanceof Python.Text(String text)
        ? new Python.Whole(Long.parseLong(text))
        : literal;
  }

  private Term comparison(Python.Comparison tree) throws UntranslatableException {
    boolean numbers =
        isLiteral(tree.left()) || isLiteral(tree.right())
            ? (isNumber(tree.left()) || isNumber(tree.right())) && !isIndex(tree)
            : !isIndex(tree);
    Kind wanted = numbers ? Kind.INTEGER : Kind.TEXT;
    Term left = translation.term(literal(tree.left(), numbers), wanted);
    Term right = translation.term(literal(tree.right(), numbers), wanted);
    if (left.kind() == Kind.BOOLEAN || right.kind() == Kind.BOOLEAN) {
      throw new UntranslatableException("it compares a condition");
    }
    if (left.kind() != right.kind() && !(left.kind().isNumeric() && right.kind().isNumeric())) {
      left = translation.text(tree.left());
      right = translation.text(tree.right());
    }
    return new Term(
        left.within(Term.FALLBACK) + " " + tree.operator() + " " + right.within(Term.FALLBACK),
        Kind.BOOLEAN,
        Term.COMPARISON);
  }

  private static Python literal(Python tree, boolean numbers) {
    return numbers && isNumber(tree) ? number(tree) : tree;
  }

  private static boolean isIndex(Python.Comparison tree) {
    return tree.left() instanceof Python.Index || tree.right() instanceof Python.Index;
  }

  private Term membership(Python.Comparison tree) throws UntranslatableException {
    boolean negated = tree.operator().equals("not in");
    if (tree.right() instanceof Python.Sequence(List<Python> items)) {
      return among(tree.left(), items, negated);
    }
    if (isKeys(tree.right())) {
      Term member = names.member(Calls.source(tree.right()), translation.isKeyOfRow(tree.left()));
      return negated ? new Term("not " + member.text(), Kind.BOOLEAN, Term.NOT) : member;
    }
    Term contained =
        Term.call(
            "contains",
            Kind.BOOLEAN,
            translation.text(tree.right()).text(),
            translation.text(tree.left()).text());
    return negated ? new Term("not " + contained.text(), Kind.BOOLEAN, Term.NOT) : contained;
  }

  private boolean isKeys(Python tree) {
    return switch (tree) {
      case Python.Name(String name) ->
          names.sources().get(name) instanceof Source.Static
              || names.sources().get(name) instanceof Source.Walk;
      case Python.Method(_, String method, _) -> method.equals("keys");
      default -> false;
    };
  }

  private Term among(Python value, List<Python> items, boolean negated)
      throws UntranslatableException {
    if (items.isEmpty()) {
      return Term.of(Boolean.toString(negated), Kind.BOOLEAN);
    }
    boolean numbers = items.stream().allMatch(Comparisons::isNumber);
    boolean isIndex = value instanceof Python.Index || isKey(value);
    Term left = translation.term(value, numbers && !isIndex ? Kind.INTEGER : Kind.TEXT);
    if (left.kind() == Kind.BOOLEAN) {
      throw new UntranslatableException("it compares a condition");
    }
    List<String> members = new ArrayList<>();
    for (Python item : items) {
      if (!isLiteral(item)) {
        throw new UntranslatableException("a list of other things than numbers and texts");
      }
      boolean asNumber = numbers && left.kind().isNumeric();
      members.add(
          asNumber
              ? translation.term(number(item), Kind.INTEGER).text()
              : item instanceof Python.Text(String text)
                  ? Term.literal(text).text()
                  : Term.literal(translation.term(item, Kind.TEXT).text()).text());
    }
    if (!numbers && left.kind() != Kind.TEXT) {
      left = Term.call("text", Kind.TEXT, left.text());
    }
    return new Term(
        left.within(Term.FALLBACK)
            + (negated ? " not in [" : " in [")
            + String.join(", ", members)
            + "]",
        Kind.BOOLEAN,
        Term.COMPARISON);
  }

  private boolean isKey(Python value) {
    try {
      return translation.isKeyOfRow(value);
    } catch (UntranslatableException e) {
      return false;
    }
  }
}
