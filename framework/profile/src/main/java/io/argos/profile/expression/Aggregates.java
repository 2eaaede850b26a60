package io.argos.profile.expression;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Aggregates over the rows of one table, each with an optional predicate as last argument. */
final class Aggregates {
  static final Set<String> NAMES =
      Set.of("count", "sum", "min", "max", "avg", "first", "any", "all");

  private Aggregates() {}

  static Code.Typed compile(Compiler outer, Syntax.Call call) {
    if (outer.isWithinAggregate()) {
      throw new ExpressionException(call.offset(), "an aggregate cannot stand within another");
    }
    String name = call.function();
    List<Syntax> arguments = call.arguments();
    boolean onlyPredicate = name.equals("count") || name.equals("any") || name.equals("all");
    int most = onlyPredicate ? 1 : 2;
    int least = name.equals("count") ? 0 : 1;
    if (arguments.size() < least || arguments.size() > most) {
      throw new ExpressionException(
          call.offset(),
          name
              + (onlyPredicate ? "(condition)" : "(value) or " + name + "(value, condition)")
              + " is expected");
    }
    String table = tableOf(outer, call);
    Compiler inner = outer.within(table);
    Code truth = at -> Constants.booleans(true, at);
    if (onlyPredicate) {
      Code predicate =
          arguments.isEmpty() ? truth : inner.compile(arguments.getFirst(), Type.BOOLEAN);
      Type type = name.equals("count") ? Type.INTEGER : Type.BOOLEAN;
      return folding(outer, table, type, predicate, truth, name);
    }
    Code.Typed value = inner.compile(arguments.getFirst());
    boolean anyType = name.equals("first");
    if (!anyType && !value.type().isNumeric()) {
      throw new ExpressionException(
          arguments.getFirst().offset(),
          name + " needs a number, but this is " + value.type().word());
    }
    Code predicate = arguments.size() == 1 ? truth : inner.compile(arguments.get(1), Type.BOOLEAN);
    Type type = name.equals("avg") ? Type.NUMBER : value.type();
    return folding(outer, table, type, predicate, value.as(type), name);
  }

  private static Code.Typed folding(
      Compiler outer, String table, Type type, Code predicate, Code value, String name) {
    boolean own = table.equals(outer.scope().table());
    boolean byGroup = outer.folds() && own;
    return new Code.Typed(
        type,
        at -> {
          at.step();
          Data.Rows rows = outer.rowsOf(at, table);
          Evaluation inside = at.inside(rows);
          Vector values = value.run(inside);
          Vector chosen = predicate.run(inside);
          Folding folding =
              byGroup && !at.folding().isNone() ? at.folding() : Folding.all(rows.size());
          Vector folded = new Fold(values, chosen, folding).run(name, type);
          return folding == at.folding() ? folded : Constants.broadcast(folded, at);
        });
  }

  /** The one table whose columns the arguments name; the current one when they name none. */
  private static String tableOf(Compiler compiler, Syntax.Call call) {
    Set<String> tables = new HashSet<>();
    call.arguments().forEach(argument -> collect(compiler, argument, tables));
    if (tables.size() > 1) {
      throw new ExpressionException(
          call.offset(),
          "an aggregate is about one table, not about "
              + String.join(" and ", new java.util.TreeSet<>(tables)));
    }
    return tables.isEmpty() ? compiler.scope().table() : tables.iterator().next();
  }

  private static void collect(Compiler compiler, Syntax tree, Set<String> tables) {
    switch (tree) {
      case Syntax.Name(_, String name) -> {
        if (compiler.scope().columns().containsKey(name)) {
          tables.add(compiler.scope().table());
        }
      }
      case Syntax.Qualified qualified -> tables.add(qualified.table());
      case Syntax.Indexed indexed -> collect(compiler, indexed.index(), tables);
      case Syntax.Unary unary -> collect(compiler, unary.operand(), tables);
      case Syntax.Binary binary -> {
        collect(compiler, binary.left(), tables);
        collect(compiler, binary.right(), tables);
      }
      case Syntax.Conditional conditional -> {
        collect(compiler, conditional.condition(), tables);
        collect(compiler, conditional.then(), tables);
        collect(compiler, conditional.otherwise(), tables);
      }
      case Syntax.Membership membership -> {
        collect(compiler, membership.value(), tables);
        membership.members().forEach(member -> collect(compiler, member, tables));
      }
      case Syntax.Call call -> {
        if (call.function().equals("lookup") && call.arguments().size() == 3) {
          collect(compiler, call.arguments().get(1), tables);
        } else {
          call.arguments().forEach(argument -> collect(compiler, argument, tables));
        }
      }
      case Syntax.IntegerLiteral _,
          Syntax.NumberLiteral _,
          Syntax.TextLiteral _,
          Syntax.BooleanLiteral _,
          Syntax.NoneLiteral _ -> {}
    }
  }
}
