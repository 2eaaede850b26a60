package io.argos.profile.expression;

import java.util.List;

/** The syntax tree of an expression. */
sealed interface Syntax {
  /** Where it starts in the source. */
  int offset();

  record IntegerLiteral(int offset, long value) implements Syntax {}

  record NumberLiteral(int offset, double value) implements Syntax {}

  record TextLiteral(int offset, String value) implements Syntax {}

  record BooleanLiteral(int offset, boolean value) implements Syntax {}

  record NoneLiteral(int offset) implements Syntax {}

  /** A column of the current table, or a scalar. */
  record Name(int offset, String name) implements Syntax {}

  /** A column of a named table. */
  record Qualified(int offset, String table, String column) implements Syntax {}

  /** {@code table.column[index]}. */
  record Indexed(int offset, Syntax column, Syntax index) implements Syntax {}

  record Unary(int offset, String operator, Syntax operand) implements Syntax {}

  record Binary(int offset, String operator, Syntax left, Syntax right) implements Syntax {}

  record Conditional(int offset, Syntax condition, Syntax then, Syntax otherwise)
      implements Syntax {}

  record Membership(int offset, Syntax value, List<Syntax> members, boolean negated)
      implements Syntax {
    public Membership {
      members = List.copyOf(members);
    }
  }

  record Call(int offset, String function, List<Syntax> arguments) implements Syntax {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }
}
