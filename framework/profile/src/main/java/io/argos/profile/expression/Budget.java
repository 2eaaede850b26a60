package io.argos.profile.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The steps that an evaluation may take: one for each value computed and each character that a
 * regular expression looks at. Not safe for use by several threads.
 */
public final class Budget {
  private static final long STEPS_OF_ONE = 2_000_000;

  private final long limit;
  private long left;

  /** A budget of so many steps. */
  public Budget(long steps) {
    this.limit = steps;
    this.left = steps;
  }

  /** Takes steps, or throws {@link LimitExceededException}. */
  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw new LimitExceededException("more than " + limit + " steps");
    }
  }

  /**
   * Whether a pattern is found in a text that somebody else has written, before a bound on steps is
   * reached.
   */
  public static boolean finds(Pattern pattern, String text) {
    try {
      return new Budget(STEPS_OF_ONE).find(pattern, text) != null;
    } catch (LimitExceededException e) {
      return false;
    }
  }

  /**
   * The first place where a pattern is found, or null.
   *
   * @throws LimitExceededException when it takes more steps, or recurses too deep
   */
  @Nullable Matcher find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(metered(text));
    try {
      return matcher.find() ? matcher : null;
    } catch (StackOverflowError e) {
      throw new LimitExceededException("the pattern recurses too deep");
    }
  }

  /** Text whose every look costs a step, so that a pattern which backtracks comes to an end. */
  private CharSequence metered(String text) {
    return new Metered(text, 0, text.length());
  }

  private final class Metered implements CharSequence {
    private final String text;
    private final int from;
    private final int to;

    Metered(String text, int from, int to) {
      this.text = text;
      this.from = from;
      this.to = to;
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      spend(1);
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Metered(text, from + start, from + end);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
