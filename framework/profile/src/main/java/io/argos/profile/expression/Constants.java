package io.argos.profile.expression;

import java.util.Arrays;

/** Constants as vectors. */
final class Constants {
  private Constants() {}

  static Vector integers(long value, Evaluation at) {
    at.step();
    long[] values = new long[at.size()];
    Arrays.fill(values, value);
    return new Vector.Integers(values, Vector.NONE_ABSENT);
  }

  static Vector numbers(double value, Evaluation at) {
    at.step();
    double[] values = new double[at.size()];
    Arrays.fill(values, value);
    return new Vector.Numbers(values, Vector.NONE_ABSENT);
  }

  static Vector texts(String value, Evaluation at) {
    at.step();
    String[] values = new String[at.size()];
    Arrays.fill(values, value);
    return new Vector.Texts(values, Vector.NONE_ABSENT);
  }

  static Vector booleans(boolean value, Evaluation at) {
    at.step();
    boolean[] values = new boolean[at.size()];
    Arrays.fill(values, value);
    return new Vector.Booleans(values, Vector.NONE_ABSENT);
  }

  /** One value in every row; a vector that has a value for each row already is taken as it is. */
  static Vector broadcast(Vector one, Evaluation at) {
    at.step();
    if (one.size() == at.size()) {
      return one;
    }
    return one.pick(new int[at.size()]);
  }
}
