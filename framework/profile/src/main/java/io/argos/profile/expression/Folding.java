package io.argos.profile.expression;

/**
 * How rows fold into groups.
 *
 * @param groupOf group of each row; -1 leaves it out
 * @param groups count of groups
 */
public record Folding(int[] groupOf, int groups) {
  /** No folding: each row yields a value of its own. */
  public static final Folding NONE = new Folding(new int[0], -1);

  /** All rows into one group. */
  public static Folding all(int rows) {
    return new Folding(new int[rows], 1);
  }

  boolean isNone() {
    return groups < 0;
  }
}
