package io.argos.profile.expression;

import java.util.OptionalLong;

/** Functions that yield numbers. */
final class NumberFunctions {
  private NumberFunctions() {}

  /** True where there is a value. */
  static Code.Typed present(Compiler compiler, Syntax.Call call) {
    Code.Typed value = compiler.compile(call.arguments().getFirst());
    return new Code.Typed(
        Type.BOOLEAN,
        at -> {
          at.step();
          Vector input = value.code().run(at);
          boolean[] results = new boolean[at.size()];
          for (int i = 0; i < results.length; i++) {
            results[i] = !input.isAbsent(i);
          }
          return new Vector.Booleans(results, Vector.NONE_ABSENT);
        });
  }

  /** Truncates a number, reads a text, takes true as 1. */
  static Code.Typed toInteger(Compiler compiler, Syntax.Call call) {
    Code.Typed value = compiler.compile(call.arguments().getFirst());
    if (value.type() == Type.INTEGER) {
      return value;
    }
    return new Code.Typed(
        Type.INTEGER,
        at -> {
          at.step();
          Vector input = value.code().run(at);
          long[] results = new long[at.size()];
          boolean[] absent = Arithmetic.mask(input.absent(), results.length);
          for (int i = 0; i < results.length; i++) {
            if (absent[i]) {
              continue;
            }
            switch (input) {
              case Vector.Numbers(double[] values, _) -> results[i] = (long) values[i];
              case Vector.Booleans(boolean[] values, _) -> results[i] = values[i] ? 1 : 0;
              case Vector.Integers(long[] values, _) -> results[i] = values[i];
              case Vector.Texts(String[] values, _) -> {
                OptionalLong parsed = Decimals.integer(values[i]);
                absent[i] = parsed.isEmpty();
                results[i] = parsed.orElse(0);
              }
            }
          }
          return new Vector.Integers(results, absent);
        });
  }

  /** Widens an integer, reads a text. */
  static Code.Typed toNumber(Compiler compiler, Syntax.Call call) {
    Code.Typed value = compiler.compile(call.arguments().getFirst());
    if (value.type() != Type.TEXT) {
      return new Code.Typed(
          Type.NUMBER, Compiler.as(value, call.arguments().getFirst(), Type.NUMBER));
    }
    return new Code.Typed(
        Type.NUMBER,
        at -> {
          at.step();
          Vector input = value.code().run(at);
          String[] texts = Conversions.texts(input);
          double[] results = new double[at.size()];
          for (int i = 0; i < results.length; i++) {
            results[i] = input.isAbsent(i) ? Double.NaN : Decimals.number(texts[i]);
          }
          return Arithmetic.finite(results, input.absent());
        });
  }

  static Code.Typed round(Compiler compiler, Syntax.Call call) {
    Code value = compiler.compile(call.arguments().getFirst(), Type.NUMBER);
    int digits = call.arguments().size() == 1 ? 0 : Functions.integerLiteral(call, 1, 0, 12);
    return new Code.Typed(
        Type.NUMBER,
        at -> {
          at.step();
          Vector input = value.run(at);
          double[] values = Conversions.doubles(input);
          double[] results = new double[values.length];
          for (int i = 0; i < values.length; i++) {
            results[i] = Conversions.round(values[i], digits);
          }
          return new Vector.Numbers(results, input.absent());
        });
  }

  static Code.Typed abs(Compiler compiler, Syntax.Call call) {
    Code.Typed value = compiler.compile(call.arguments().getFirst());
    if (value.type() == Type.INTEGER) {
      return new Code.Typed(
          Type.INTEGER,
          at -> {
            at.step();
            Vector input = value.code().run(at);
            long[] results = Conversions.longs(input).clone();
            for (int i = 0; i < results.length; i++) {
              results[i] = Math.abs(results[i]);
            }
            return new Vector.Integers(results, input.absent());
          });
    }
    Code number = Compiler.as(value, call.arguments().getFirst(), Type.NUMBER);
    return new Code.Typed(
        Type.NUMBER,
        at -> {
          at.step();
          Vector input = number.run(at);
          double[] results = Conversions.doubles(input).clone();
          for (int i = 0; i < results.length; i++) {
            results[i] = Math.abs(results[i]);
          }
          return new Vector.Numbers(results, input.absent());
        });
  }

  /** Ten to the power of an integer, as sensor tables give their scale. */
  static Code.Typed pow10(Compiler compiler, Syntax.Call call) {
    Code exponent = compiler.compile(call.arguments().getFirst(), Type.INTEGER);
    return new Code.Typed(
        Type.NUMBER,
        at -> {
          at.step();
          Vector input = exponent.run(at);
          long[] values = Conversions.longs(input);
          double[] results = new double[values.length];
          for (int i = 0; i < values.length; i++) {
            results[i] =
                Math.abs(values[i]) > 30 ? Double.NaN : Double.parseDouble("1e" + values[i]);
          }
          return Arithmetic.finite(results, input.absent());
        });
  }

  static Code.Typed extreme(Compiler compiler, Syntax.Call call, boolean least) {
    Code.Typed first = compiler.compile(call.arguments().get(0));
    Code.Typed second = compiler.compile(call.arguments().get(1));
    boolean integers = first.type() == Type.INTEGER && second.type() == Type.INTEGER;
    Type type = integers ? Type.INTEGER : Type.NUMBER;
    Code left = Compiler.as(first, call.arguments().get(0), type);
    Code right = Compiler.as(second, call.arguments().get(1), type);
    return new Code.Typed(
        type,
        at -> {
          at.step();
          Vector a = left.run(at);
          Vector b = right.run(at);
          boolean[] absent = Conversions.eitherAbsent(a, b);
          int n = at.size();
          if (integers) {
            long[] x = Conversions.longs(a);
            long[] y = Conversions.longs(b);
            long[] results = new long[n];
            for (int i = 0; i < n; i++) {
              results[i] = least ? Math.min(x[i], y[i]) : Math.max(x[i], y[i]);
            }
            return new Vector.Integers(results, absent);
          }
          double[] x = Conversions.doubles(a);
          double[] y = Conversions.doubles(b);
          double[] results = new double[n];
          for (int i = 0; i < n; i++) {
            results[i] = least ? Math.min(x[i], y[i]) : Math.max(x[i], y[i]);
          }
          return new Vector.Numbers(results, absent);
        });
  }
}
