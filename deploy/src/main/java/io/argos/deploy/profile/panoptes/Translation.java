package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.Term.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says in the language of profiles what an expression of a Panoptes document says. */
final class Translation {
  private final Names names;
  private final Map<String, Bound> bound = new HashMap<>();

  Translation(Names names) {
    this.names = names;
  }

  /** What a variable stands for. */
  private sealed interface Bound {
    record KeyOf(String source) implements Bound {}

    record ValueOf(String source) implements Bound {}

    record Result(Term term) implements Bound {}
  }

  /** What a transform makes of a result. */
  Term transformed(PythonParser.Lambda transform, Term result) throws UntranslatableException {
    bound.put(transform.parameter(), new Bound.Result(result));
    Term term = term(transform.body(), result.kind());
    bound.remove(transform.parameter());
    return term;
  }

  /**
   * An expression.
   *
   * @param wanted what the place would have; a value that is read is read as that
   */
  Term term(Python tree, Kind wanted) throws UntranslatableException {
    return switch (tree) {
      case Python.Whole(long value) -> Term.literal(value);
      case Python.Decimal(double value) -> Term.literal(value);
      case Python.Text(String value) -> Term.literal(value);
      case Python.Truth(boolean value) -> Term.of(Boolean.toString(value), Kind.BOOLEAN);
      case Python.Index _ -> names.index(false);
      case Python.Name(String name) -> name(name, wanted);
      case Python.Item item -> item(item, wanted);
      case Python.Call call -> new Calls(this, names).call(call, wanted);
      case Python.Method method -> new Methods(this, names).method(method, wanted);
      case Python.Unary(String operator, Python operand) when operator.equals("-") -> {
        Term term = numeric(operand, wanted);
        yield new Term("-" + term.within(Term.WHOLE), term.kind(), Term.UNARY);
      }
      case Python.Unary(_, Python operand) ->
          new Term("not " + truth(operand).within(Term.NOT), Kind.BOOLEAN, Term.NOT);
      case Python.Arithmetic arithmetic -> arithmetic(arithmetic, wanted);
      case Python.Comparison comparison -> new Comparisons(this, names).compare(comparison);
      case Python.Logic(String operator, Python left, Python right) -> {
        int tightness = operator.equals("and") ? Term.AND : Term.OR;
        yield new Term(
            truth(left).within(tightness) + " " + operator + " " + truth(right).within(tightness),
            Kind.BOOLEAN,
            tightness);
      }
      case Python.Choice choice -> choice(choice, wanted);
      case Python.Sequence _, Python.Comprehension _ ->
          throw new UntranslatableException("a list is not a value here");
    };
  }

  private Term name(String name, Kind wanted) throws UntranslatableException {
    return switch (bound.get(name)) {
      case Bound.Result(Term term) -> term;
      case Bound.KeyOf _ -> names.index(true);
      case Bound.ValueOf(String source) -> names.value(source, true, wanted);
      case null -> {
        boolean isBareWord = List.of("data", "ctrl", "dram").contains(name);
        yield isBareWord && !names.sources().containsKey(name)
            ? Term.literal(name)
            : names.scalar(name, wanted);
      }
    };
  }

  private Term item(Python.Item item, Kind wanted) throws UntranslatableException {
    if (item.of() instanceof Python.Method(Python of, String method, List<Python> arguments)
        && method.equals("split")
        && item.key() instanceof Python.Whole(long position)
        && arguments.size() == 1
        && arguments.getFirst() instanceof Python.Text(String separator)) {
      Term text = text(of);
      return Term.call(
          "part", Kind.TEXT, text.text(), Term.literal(separator).text(), "" + position);
    }
    if (!(item.of() instanceof Python.Name(String source)) || bound.containsKey(source)) {
      throw new UntranslatableException("only an oid of the document has values by index");
    }
    return byKey(source, item.key(), wanted);
  }

  /** A value of a source by a key. */
  Term byKey(String source, Python key, Kind wanted) throws UntranslatableException {
    return switch (key) {
      case Python.Index _ -> names.value(source, false, wanted);
      case Python.Text(String index) -> names.instance(source, index, wanted);
      case Python.Name(String name) when bound.get(name) instanceof Bound.KeyOf ->
          names.value(source, true, wanted);
      default -> throw new UntranslatableException("an index that is computed");
    };
  }

  /** True for what is the index of a row of a walk, or else of {@code $index}. */
  boolean isKeyOfRow(Python tree) throws UntranslatableException {
    if (tree instanceof Python.Name(String name) && bound.get(name) instanceof Bound.KeyOf) {
      return true;
    }
    if (tree instanceof Python.Index) {
      return false;
    }
    throw new UntranslatableException("only an index is sought among those of an oid");
  }

  private Term arithmetic(Python.Arithmetic tree, Kind wanted) throws UntranslatableException {
    String operator = tree.operator();
    if (operator.equals("+")
        && (tree.left() instanceof Python.Text || tree.right() instanceof Python.Text)) {
      return new Term(
          text(tree.left()).within(Term.SUM) + " + " + text(tree.right()).within(Term.PRODUCT),
          Kind.TEXT,
          Term.SUM);
    }
    if (operator.equals("**") && tree.left() instanceof Python.Whole(long base) && base == 10) {
      return Term.call("pow10", Kind.NUMBER, integer(tree.right()).text());
    }
    if (!List.of("+", "-", "*", "/").contains(operator)) {
      throw new UntranslatableException("the operator " + operator);
    }
    Kind operands = wanted == Kind.NUMBER ? Kind.NUMBER : Kind.INTEGER;
    Term left = numeric(tree.left(), operands);
    Term right = numeric(tree.right(), operands);
    int tightness = operator.equals("+") || operator.equals("-") ? Term.SUM : Term.PRODUCT;
    boolean integral =
        !operator.equals("/") && left.kind() == Kind.INTEGER && right.kind() == Kind.INTEGER;
    return new Term(
        left.within(tightness) + " " + operator + " " + right.within(tightness + 1),
        integral ? Kind.INTEGER : Kind.NUMBER,
        tightness);
  }

  private Term choice(Python.Choice tree, Kind wanted) throws UntranslatableException {
    Term test = truth(tree.test());
    Term then = term(tree.then(), wanted);
    Term otherwise = term(tree.otherwise(), wanted);
    boolean numbers = then.kind().isNumeric() && otherwise.kind().isNumeric();
    if (then.kind() != otherwise.kind() && !numbers) {
      throw new UntranslatableException("it yields now a number, now a text");
    }
    Kind kind = then.kind() == otherwise.kind() ? then.kind() : Kind.NUMBER;
    return new Term(
        test.within(Term.OR) + " ? " + then.within(Term.OR) + " : " + otherwise.text(),
        kind,
        Term.CHOICE);
  }

  /** A condition; Python takes what is neither zero nor empty for true. */
  Term truth(Python tree) throws UntranslatableException {
    Term term = term(tree, Kind.INTEGER);
    return switch (term.kind()) {
      case BOOLEAN -> term;
      case TEXT -> new Term(term.within(Term.FALLBACK) + " != ''", Kind.BOOLEAN, Term.COMPARISON);
      case INTEGER, NUMBER ->
          new Term(term.within(Term.FALLBACK) + " != 0", Kind.BOOLEAN, Term.COMPARISON);
    };
  }

  Term numeric(Python tree, Kind wanted) throws UntranslatableException {
    Term term = term(tree, wanted);
    if (!term.kind().isNumeric()) {
      throw new UntranslatableException("it calculates with a text: " + term.text());
    }
    return term;
  }

  Term integer(Python tree) throws UntranslatableException {
    return term(tree, Kind.INTEGER).as(Kind.INTEGER);
  }

  Term text(Python tree) throws UntranslatableException {
    return term(tree, Kind.TEXT).as(Kind.TEXT);
  }

  /** The condition of a row that a comprehension takes; empty where it takes all. */
  List<String> conditions(Python.Comprehension tree) throws UntranslatableException {
    List<String> conditions = new ArrayList<>();
    for (Python condition : tree.conditions()) {
      conditions.add(truth(condition).within(Term.AND));
    }
    return conditions;
  }

  /** Does something while the variables of a comprehension stand for its rows. */
  <T> T over(Python.Comprehension tree, Fold<T> fold) throws UntranslatableException {
    if (!names.folds()) {
      throw new UntranslatableException("it is about one index and about all at once");
    }
    if (bound.values().stream().anyMatch(one -> !(one instanceof Bound.Result))) {
      throw new UntranslatableException("it folds all for each of all");
    }
    String source = Calls.source(tree.source());
    boolean keys =
        !(tree.source() instanceof Python.Method(_, String method, _)) || method.equals("keys");
    boolean items =
        tree.source() instanceof Python.Method(_, String method, _) && method.equals("items");
    if (tree.variables().size() != (items ? 2 : 1)) {
      throw new UntranslatableException("a pair is not a value");
    }
    Map<String, Bound> before = new HashMap<>(bound);
    if (items) {
      bound.put(tree.variables().get(0), new Bound.KeyOf(source));
      bound.put(tree.variables().get(1), new Bound.ValueOf(source));
    } else {
      bound.put(
          tree.variables().getFirst(), keys ? new Bound.KeyOf(source) : new Bound.ValueOf(source));
    }
    T result = fold.of(source);
    bound.clear();
    bound.putAll(before);
    return result;
  }

  /** True when a tree mentions the value of the row of a source. */
  boolean mentionsValue(Python tree, String source) {
    boolean[] found = {false};
    tree.walk(one ->
        found[0] |=
            one instanceof Python.Name(String name)
                && bound.get(name) instanceof Bound.ValueOf(String of)
                && of.equals(source));
    return found[0];
  }

  /** What is made of the rows of a source. */
  interface Fold<T> {
    T of(String source) throws UntranslatableException;
  }
}
