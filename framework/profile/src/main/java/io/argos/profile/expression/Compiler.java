package io.argos.profile.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks types and turns a tree into steps. */
final class Compiler {
  private final Scope scope;

  /** The table within whose aggregate we are, or null outside of aggregates. */
  private final @Nullable String inner;

  Compiler(Scope scope) {
    this(scope, null);
  }

  private Compiler(Scope scope, @Nullable String inner) {
    this.scope = scope;
    this.inner = inner;
  }

  Scope scope() {
    return scope;
  }

  /** True where an aggregate yields a value for each group rather than one for all. */
  boolean folds() {
    return scope.aggregating() && inner == null;
  }

  Compiler within(String table) {
    return new Compiler(scope, table);
  }

  boolean isWithinAggregate() {
    return inner != null;
  }

  static boolean fits(Type given, Type wanted) {
    return given == wanted
        || given == Type.NONE
        || (given == Type.INTEGER && wanted == Type.NUMBER);
  }

  Code.Typed compile(Syntax tree) {
    return switch (tree) {
      case Syntax.IntegerLiteral(_, long value) ->
          new Code.Typed(Type.INTEGER, at -> Constants.integers(value, at));
      case Syntax.NumberLiteral(_, double value) ->
          new Code.Typed(Type.NUMBER, at -> Constants.numbers(value, at));
      case Syntax.TextLiteral(_, String value) ->
          new Code.Typed(Type.TEXT, at -> Constants.texts(value, at));
      case Syntax.BooleanLiteral(_, boolean value) ->
          new Code.Typed(Type.BOOLEAN, at -> Constants.booleans(value, at));
      case Syntax.NoneLiteral _ ->
          new Code.Typed(Type.NONE, at -> Vector.allAbsent(Type.NONE, at.size()));
      case Syntax.Name name -> name(name);
      case Syntax.Qualified qualified -> qualified(qualified);
      case Syntax.Indexed indexed -> Lookups.byIndex(this, indexed);
      case Syntax.Unary unary -> Operators.unary(this, unary);
      case Syntax.Binary binary -> Operators.binary(this, binary);
      case Syntax.Conditional conditional -> Operators.conditional(this, conditional);
      case Syntax.Membership membership -> Operators.membership(this, membership);
      case Syntax.Call call -> Functions.call(this, call);
    };
  }

  /** Compiles a part that must have a type, or one that widens to it. */
  Code compile(Syntax tree, Type wanted) {
    return as(compile(tree), tree, wanted);
  }

  /** A part that is compiled already, as a type that it has or widens to. */
  static Code as(Code.Typed typed, Syntax tree, Type wanted) {
    if (!fits(typed.type(), wanted)) {
      throw new ExpressionException(
          tree.offset(), wanted.word() + " is expected here, but this is " + typed.type().word());
    }
    return typed.as(wanted);
  }

  private Code.Typed name(Syntax.Name name) {
    String word = name.name();
    Type column = scope.columns().get(word);
    if (column != null && columnsStandHere()) {
      return new Code.Typed(column, at -> columnOf(at, word));
    }
    Type scalar = scope.scalars().get(word);
    if (scalar != null) {
      return new Code.Typed(scalar, at -> Constants.broadcast(at.data().scalar(word), at));
    }
    if (column != null) {
      throw new ExpressionException(
          name.offset(),
          inner == null
              ? "column '" + word + "' stands within an aggregate such as sum(" + word + ") here"
              : "'" + word + "' is not a column of table '" + inner + "'");
    }
    throw unknown(name.offset(), word);
  }

  private boolean columnsStandHere() {
    return inner == null ? !scope.aggregating() : inner.equals(scope.table());
  }

  private ExpressionException unknown(int offset, String word) {
    TreeSet<String> known = new TreeSet<>(scope.columns().keySet());
    known.addAll(scope.scalars().keySet());
    List<String> near = new ArrayList<>();
    for (String candidate : known) {
      if (distanceIsSmall(candidate, word)) {
        near.add("'" + candidate + "'");
      }
    }
    String hint =
        near.isEmpty()
            ? "; a text is written '" + word + "' in quotes"
            : "; did you mean " + String.join(" or ", near) + "?";
    return new ExpressionException(offset, "there is no column or scalar '" + word + "'" + hint);
  }

  private static boolean distanceIsSmall(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 2) {
      return false;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitution, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()] <= 2;
  }

  private Code.Typed qualified(Syntax.Qualified qualified) {
    Type type = columnType(qualified);
    String column = qualified.column();
    boolean here =
        inner == null
            ? qualified.table().equals(scope.table()) && !scope.aggregating()
            : qualified.table().equals(inner);
    if (!here) {
      throw new ExpressionException(
          qualified.offset(),
          "a column of another table needs an index, as in "
              + qualified.table()
              + "."
              + column
              + "[index], or an aggregate");
    }
    return new Code.Typed(type, at -> columnOf(at, column));
  }

  private static Vector columnOf(Evaluation at, String column) {
    at.step();
    return at.rows().column(column);
  }

  /** Type of a column of a named table. */
  Type columnType(Syntax.Qualified qualified) {
    Map<String, Type> columns =
        qualified.table().equals(scope.table())
            ? scope.columns()
            : scope.tables().get(qualified.table());
    if (columns == null) {
      throw new ExpressionException(
          qualified.offset(), "there is no table '" + qualified.table() + "' at this point");
    }
    Type type = columns.get(qualified.column());
    if (type == null) {
      throw new ExpressionException(
          qualified.offset(),
          "table '" + qualified.table() + "' has no column '" + qualified.column() + "'");
    }
    return type;
  }

  /** A column named directly or with its table, as {@code table.column}. */
  Syntax.Qualified column(Syntax tree) {
    if (tree instanceof Syntax.Qualified qualified) {
      return qualified;
    }
    if (tree instanceof Syntax.Name(int offset, String name) && scope.columns().containsKey(name)) {
      return new Syntax.Qualified(offset, scope.table(), name);
    }
    throw new ExpressionException(tree.offset(), "a column is expected here, as in table.column");
  }

  /** Rows of a table, which may be the one the expression is about. */
  Data.Rows rowsOf(Evaluation at, String table) {
    return table.equals(scope.table()) ? at.data().rows() : at.data().table(table);
  }
}
