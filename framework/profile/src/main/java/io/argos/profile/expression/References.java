package io.argos.profile.expression;

import java.util.Set;

/**
 * Collects the names that an expression mentions, columns of its own table among them, and the
 * other tables.
 */
final class References {
  private References() {}

  static void collect(Syntax tree, String table, Set<String> names, Set<String> others) {
    switch (tree) {
      case Syntax.Name(_, String name) -> names.add(name);
      case Syntax.Qualified(_, String owner, String column) -> {
        if (owner.equals(table)) {
          names.add(column);
        } else {
          others.add(owner);
        }
      }
      case Syntax.Indexed indexed -> {
        collect(indexed.column(), table, names, others);
        collect(indexed.index(), table, names, others);
      }
      case Syntax.Unary unary -> collect(unary.operand(), table, names, others);
      case Syntax.Binary binary -> {
        collect(binary.left(), table, names, others);
        collect(binary.right(), table, names, others);
      }
      case Syntax.Conditional conditional -> {
        collect(conditional.condition(), table, names, others);
        collect(conditional.then(), table, names, others);
        collect(conditional.otherwise(), table, names, others);
      }
      case Syntax.Membership membership -> {
        collect(membership.value(), table, names, others);
        membership.members().forEach(member -> collect(member, table, names, others));
      }
      case Syntax.Call call ->
          call.arguments().forEach(argument -> collect(argument, table, names, others));
      case Syntax.IntegerLiteral _,
          Syntax.NumberLiteral _,
          Syntax.TextLiteral _,
          Syntax.BooleanLiteral _,
          Syntax.NoneLiteral _ -> {}
    }
  }
}
