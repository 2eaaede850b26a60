package io.argos.profile.expression;

import java.util.Set;

/** Collects the names that an expression mentions, columns of its own table among them. */
final class References {
  private References() {}

  static void collect(Syntax tree, String table, Set<String> names) {
    switch (tree) {
      case Syntax.Name(_, String name) -> names.add(name);
      case Syntax.Qualified(_, String owner, String column) -> {
        if (owner.equals(table)) {
          names.add(column);
        }
      }
      case Syntax.Indexed indexed -> {
        collect(indexed.column(), table, names);
        collect(indexed.index(), table, names);
      }
      case Syntax.Unary unary -> collect(unary.operand(), table, names);
      case Syntax.Binary binary -> {
        collect(binary.left(), table, names);
        collect(binary.right(), table, names);
      }
      case Syntax.Conditional conditional -> {
        collect(conditional.condition(), table, names);
        collect(conditional.then(), table, names);
        collect(conditional.otherwise(), table, names);
      }
      case Syntax.Membership membership -> {
        collect(membership.value(), table, names);
        membership.members().forEach(member -> collect(member, table, names));
      }
      case Syntax.Call call ->
          call.arguments().forEach(argument -> collect(argument, table, names));
      case Syntax.IntegerLiteral _,
          Syntax.NumberLiteral _,
          Syntax.TextLiteral _,
          Syntax.BooleanLiteral _,
          Syntax.NoneLiteral _ -> {}
    }
  }
}
