package io.argos.profile.expression;

import java.util.OptionalLong;

/** Numbers that stand in texts in decimal digits. */
public final class Decimals {
  private static final int LONGEST = 40;

  private Decimals() {}

  /** The number that a text is, with a fraction and an exponent or without; otherwise NaN. */
  public static double number(String text) {
    String trimmed = text.trim();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) {
      return Double.NaN;
    }
    for (int i = 0; i < trimmed.length(); i++) {
      if ("0123456789+-.eE".indexOf(trimmed.charAt(i)) < 0) {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(trimmed);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * The integer that a text is, every digit of it: above 2^63 as the bit pattern of an unsigned
   * number, as counters are. Of a fraction what is before the point; empty when it is no number.
   */
  public static OptionalLong integer(String text) {
    String trimmed = text.trim();
    try {
      return OptionalLong.of(
          trimmed.startsWith("-") ? Long.parseLong(trimmed) : Long.parseUnsignedLong(trimmed));
    } catch (NumberFormatException e) {
      double number = number(trimmed);
      return Double.isFinite(number) ? OptionalLong.of((long) number) : OptionalLong.empty();
    }
  }
}
