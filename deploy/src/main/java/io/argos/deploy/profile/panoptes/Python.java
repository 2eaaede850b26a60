package io.argos.deploy.profile.panoptes;

import java.util.List;
import java.util.function.Consumer;

/** An expression of a Panoptes document: as much of Python as such documents are written in. */
sealed interface Python {
  record Whole(long value) implements Python {}

  record Decimal(double value) implements Python {}

  record Text(String value) implements Python {}

  record Truth(boolean value) implements Python {}

  record Name(String name) implements Python {}

  /** {@code $index}. */
  record Index() implements Python {}

  /** {@code of[key]}, and {@code of.$index}. */
  record Item(Python of, Python key) implements Python {}

  record Call(String function, List<Python> arguments) implements Python {}

  record Method(Python of, String name, List<Python> arguments) implements Python {}

  /** A list or a tuple. */
  record Sequence(List<Python> items) implements Python {}

  /** {@code -} or {@code not}. */
  record Unary(String operator, Python operand) implements Python {}

  record Arithmetic(String operator, Python left, Python right) implements Python {}

  /** A comparison, {@code in} or {@code not in}. */
  record Comparison(String operator, Python left, Python right) implements Python {}

  /** {@code and} or {@code or}. */
  record Logic(String operator, Python left, Python right) implements Python {}

  /** {@code then if test else otherwise}. */
  record Choice(Python test, Python then, Python otherwise) implements Python {}

  /** {@code element for variables in source if conditions}. */
  record Comprehension(
      Python element, List<String> variables, Python source, List<Python> conditions)
      implements Python {}

  /** This and all that it is made of. */
  default void walk(Consumer<Python> visitor) {
    visitor.accept(this);
    switch (this) {
      case Whole _, Decimal _, Text _, Truth _, Name _, Index _ -> {}
      case Item(Python of, Python key) -> {
        of.walk(visitor);
        key.walk(visitor);
      }
      case Call(_, List<Python> arguments) -> arguments.forEach(one -> one.walk(visitor));
      case Method(Python of, _, List<Python> arguments) -> {
        of.walk(visitor);
        arguments.forEach(one -> one.walk(visitor));
      }
      case Sequence(List<Python> items) -> items.forEach(one -> one.walk(visitor));
      case Unary(_, Python operand) -> operand.walk(visitor);
      case Arithmetic(_, Python left, Python right) -> {
        left.walk(visitor);
        right.walk(visitor);
      }
      case Comparison(_, Python left, Python right) -> {
        left.walk(visitor);
        right.walk(visitor);
      }
      case Logic(_, Python left, Python right) -> {
        left.walk(visitor);
        right.walk(visitor);
      }
      case Choice(Python test, Python then, Python otherwise) -> {
        test.walk(visitor);
        then.walk(visitor);
        otherwise.walk(visitor);
      }
      case Comprehension(Python element, _, Python source, List<Python> conditions) -> {
        element.walk(visitor);
        source.walk(visitor);
        conditions.forEach(one -> one.walk(visitor));
      }
    }
  }
}
