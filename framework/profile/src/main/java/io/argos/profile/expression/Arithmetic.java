package io.argos.profile.expression;

import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Arithmetic. Integers wrap at 64 bits, as counters do; a quotient is always a number; whatever is
 * not finite is absent.
 */
final class Arithmetic {
  private Arithmetic() {}

  static Code.Typed negate(Code.Typed operand) {
    return new Code.Typed(
        operand.type(),
        at -> {
          at.step();
          Vector input = operand.code().run(at);
          if (input instanceof Vector.Integers(long[] values, boolean[] absent)) {
            long[] negated = new long[values.length];
            for (int i = 0; i < values.length; i++) {
              negated[i] = -values[i];
            }
            return new Vector.Integers(negated, absent);
          }
          double[] values = Conversions.doubles(input);
          double[] negated = new double[values.length];
          for (int i = 0; i < values.length; i++) {
            negated[i] = -values[i];
          }
          return new Vector.Numbers(negated, input.absent());
        });
  }

  static Code.Typed binary(String operator, Code.Typed left, Code.Typed right) {
    boolean integers =
        left.type() == Type.INTEGER && right.type() == Type.INTEGER && !operator.equals("/");
    if (integers) {
      return new Code.Typed(
          Type.INTEGER,
          operator.equals("%")
              ? at -> remainders(at, left.code(), right.code())
              : at -> integers(at, left.code(), right.code(), integerOperator(operator)));
    }
    DoubleBinaryOperator operation = numberOperator(operator);
    Code a = left.as(Type.NUMBER);
    Code b = right.as(Type.NUMBER);
    return new Code.Typed(Type.NUMBER, at -> numbers(at, a, b, operation));
  }

  private static LongBinaryOperator integerOperator(String operator) {
    return switch (operator) {
      case "+" -> Long::sum;
      case "-" -> (x, y) -> x - y;
      case "*" -> (x, y) -> x * y;
      default -> throw new IllegalStateException(operator);
    };
  }

  private static DoubleBinaryOperator numberOperator(String operator) {
    return switch (operator) {
      case "+" -> Double::sum;
      case "-" -> (x, y) -> x - y;
      case "*" -> (x, y) -> x * y;
      case "/" -> (x, y) -> x / y;
      case "%" -> (x, y) -> x % y;
      default -> throw new IllegalStateException(operator);
    };
  }

  private static Vector integers(
      Evaluation at, Code left, Code right, LongBinaryOperator operator) {
    at.step();
    Vector a = left.run(at);
    Vector b = right.run(at);
    long[] x = Conversions.longs(a);
    long[] y = Conversions.longs(b);
    long[] values = new long[x.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.applyAsLong(x[i], y[i]);
    }
    return new Vector.Integers(values, Conversions.eitherAbsent(a, b));
  }

  private static Vector remainders(Evaluation at, Code left, Code right) {
    at.step();
    Vector a = left.run(at);
    Vector b = right.run(at);
    long[] x = Conversions.longs(a);
    long[] y = Conversions.longs(b);
    long[] values = new long[x.length];
    boolean[] absent = mask(Conversions.eitherAbsent(a, b), x.length);
    for (int i = 0; i < values.length; i++) {
      if (y[i] == 0) {
        absent[i] = true;
      } else {
        values[i] = x[i] % y[i];
      }
    }
    return new Vector.Integers(values, absent);
  }

  private static Vector numbers(
      Evaluation at, Code left, Code right, DoubleBinaryOperator operator) {
    at.step();
    Vector a = left.run(at);
    Vector b = right.run(at);
    double[] x = Conversions.doubles(a);
    double[] y = Conversions.doubles(b);
    double[] values = new double[x.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.applyAsDouble(x[i], y[i]);
    }
    return finite(values, Conversions.eitherAbsent(a, b));
  }

  /** Numbers of which those that are not finite are absent. */
  static Vector finite(double[] values, boolean[] absent) {
    boolean[] mask = absent;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        if (mask == absent) {
          mask = mask(absent, values.length);
        }
        mask[i] = true;
        values[i] = 0;
      }
    }
    return new Vector.Numbers(values, mask);
  }

  /** A mask of full length that may be written to. */
  static boolean[] mask(boolean[] absent, int size) {
    return absent.length == 0 ? new boolean[size] : absent.clone();
  }
}
