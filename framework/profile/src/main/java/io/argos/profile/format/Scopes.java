package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.ExpressionException;
import io.argos.profile.expression.Scope;
import io.argos.profile.expression.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that are known while a profile is read, and the compilation of its expressions. */
final class Scopes {
  /** Scalars known so far. */
  final Map<String, Type> scalars = new LinkedHashMap<>(Builtin.scalars());

  /** All columns of the tables so far, as they are there at enrichment. */
  final Map<String, Map<String, Type>> tables = new LinkedHashMap<>();

  /** The columns that are still there at polling. */
  final Map<String, Map<String, Type>> kept = new LinkedHashMap<>();

  /** Fast columns of the tables. */
  final Map<String, Map<String, Type>> polled = new LinkedHashMap<>();

  /** Named maps of numbers to names. */
  final Map<String, Map<Long, String>> maps = new LinkedHashMap<>();

  private final List<Problem> problems;

  Scopes(List<Problem> problems) {
    this.problems = problems;
  }

  /** Scalars as groups know them. */
  Map<String, Type> scalarsOfPolling() {
    Map<String, Type> types = new LinkedHashMap<>(scalars);
    types.put(Builtin.INTERVAL, Type.INTEGER);
    return types;
  }

  Scope scalarScope() {
    return Scope.ofScalars(scalars, tables);
  }

  Scope pollingScalarScope() {
    return Scope.ofScalars(scalarsOfPolling(), kept);
  }

  Optional<Expression> compile(Tree.Text text, Scope scope, Type wanted) {
    try {
      return Optional.of(Expression.compile(text.value(), scope, wanted));
    } catch (ExpressionException e) {
      problems.add(problem(text, e));
      return Optional.empty();
    }
  }

  Optional<Expression> compile(Tree.Text text, Scope scope) {
    try {
      return Optional.of(Expression.compile(text.value(), scope));
    } catch (ExpressionException e) {
      problems.add(problem(text, e));
      return Optional.empty();
    }
  }

  /** The offset counts on one line only; a folded expression is reported where it starts. */
  private static Problem problem(Tree.Text text, ExpressionException e) {
    boolean oneLine = text.value().indexOf('\n') < 0;
    Place place = oneLine ? text.place().further(e.offset()) : text.place();
    return new Problem(place, String.valueOf(e.getMessage()));
  }
}
