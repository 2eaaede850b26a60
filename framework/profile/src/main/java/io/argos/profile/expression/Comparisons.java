package io.argos.profile.expression;

/** Comparison of integers, numbers, texts and truth values. */
final class Comparisons {
  private Comparisons() {}

  private interface Test {
    boolean holds(int order);
  }

  static Code.Typed compare(Compiler compiler, Syntax.Binary binary) {
    Code.Typed left = compiler.compile(binary.left());
    Code.Typed right = compiler.compile(binary.right());
    boolean ordering = !binary.operator().equals("==") && !binary.operator().equals("!=");
    if (ordering && (left.type() == Type.BOOLEAN || right.type() == Type.BOOLEAN)) {
      throw new ExpressionException(binary.offset(), "truth values have no order");
    }
    Test test =
        switch (binary.operator()) {
          case "==" -> order -> order == 0;
          case "!=" -> order -> order != 0;
          case "<" -> order -> order < 0;
          case "<=" -> order -> order <= 0;
          case ">" -> order -> order > 0;
          default -> order -> order >= 0;
        };
    return new Code.Typed(Type.BOOLEAN, comparison(left, right, binary.offset(), test));
  }

  /** A step that is true where both are equal. */
  static Code equal(Code.Typed left, Code.Typed right, int offset) {
    return comparison(left, right, offset, order -> order == 0);
  }

  private static Code comparison(Code.Typed left, Code.Typed right, int offset, Test test) {
    Type type = common(left.type(), right.type(), offset);
    Code first = left.as(type);
    Code second = right.as(type);
    return at -> {
      at.step();
      Vector a = first.run(at);
      Vector b = second.run(at);
      int n = at.size();
      boolean[] values = new boolean[n];
      boolean[] absent = Conversions.eitherAbsent(a, b);
      switch (a) {
        case Vector.Integers(long[] x, _) -> {
          long[] y = Conversions.longs(b);
          for (int i = 0; i < n; i++) {
            values[i] = test.holds(Long.compare(x[i], y[i]));
          }
        }
        case Vector.Numbers(double[] x, _) -> {
          double[] y = Conversions.doubles(b);
          for (int i = 0; i < n; i++) {
            // 0.0 and -0.0 are the same number here
            values[i] = test.holds(x[i] < y[i] ? -1 : x[i] > y[i] ? 1 : 0);
          }
        }
        case Vector.Texts(String[] x, _) -> {
          String[] y = Conversions.texts(b);
          for (int i = 0; i < n; i++) {
            values[i] = test.holds(x[i].compareTo(y[i]));
          }
        }
        case Vector.Booleans(boolean[] x, _) -> {
          boolean[] y = Conversions.booleans(b);
          for (int i = 0; i < n; i++) {
            values[i] = test.holds(Boolean.compare(x[i], y[i]));
          }
        }
      }
      return new Vector.Booleans(values, absent);
    };
  }

  private static Type common(Type a, Type b, int offset) {
    if (Compiler.fits(b, a)) {
      return a == Type.NONE ? Type.TEXT : a;
    }
    if (Compiler.fits(a, b)) {
      return b;
    }
    throw new ExpressionException(offset, "cannot compare " + a.word() + " with " + b.word());
  }
}
