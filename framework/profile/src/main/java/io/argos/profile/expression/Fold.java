package io.argos.profile.expression;

import java.util.Arrays;

/**
 * Folds the values of the chosen rows, group by group. A row whose value is absent or whose
 * predicate is not true does not count; without any row min, max, avg and first are absent.
 */
record Fold(Vector values, Vector chosen, Folding folding) {

  Vector run(String name, Type type) {
    return switch (name) {
      case "count" -> new Vector.Integers(counts(), Vector.NONE_ABSENT);
      case "any" -> quantified(false);
      case "all" -> quantified(true);
      case "first" -> values.pick(firsts());
      case "avg" -> average();
      default -> type == Type.INTEGER ? integers(name) : numbers(name);
    };
  }

  private int groupOf(int row) {
    return chosen.isTrue(row) && !values.isAbsent(row) ? folding.groupOf()[row] : -1;
  }

  private long[] counts() {
    long[] counts = new long[folding.groups()];
    for (int row = 0; row < values.size(); row++) {
      int group = groupOf(row);
      if (group >= 0) {
        counts[group]++;
      }
    }
    return counts;
  }

  private Vector quantified(boolean all) {
    boolean[] results = new boolean[folding.groups()];
    Arrays.fill(results, all);
    for (int row = 0; row < chosen.size(); row++) {
      int group = folding.groupOf()[row];
      if (group >= 0 && chosen.isTrue(row) != all) {
        results[group] = !all;
      }
    }
    return new Vector.Booleans(results, Vector.NONE_ABSENT);
  }

  private int[] firsts() {
    int[] firsts = new int[folding.groups()];
    Arrays.fill(firsts, -1);
    for (int row = 0; row < values.size(); row++) {
      int group = groupOf(row);
      if (group >= 0 && firsts[group] < 0) {
        firsts[group] = row;
      }
    }
    return firsts;
  }

  private Vector average() {
    double[] input = Conversions.doubles(values);
    double[] sums = new double[folding.groups()];
    for (int row = 0; row < input.length; row++) {
      int group = groupOf(row);
      if (group >= 0) {
        sums[group] += input[row];
      }
    }
    long[] counts = counts();
    for (int group = 0; group < sums.length; group++) {
      sums[group] /= counts[group];
    }
    return Arithmetic.finite(sums, Vector.NONE_ABSENT);
  }

  private Vector integers(String name) {
    long[] input = Conversions.longs(values);
    long[] results = new long[folding.groups()];
    boolean[] empty = new boolean[folding.groups()];
    Arrays.fill(empty, true);
    for (int row = 0; row < input.length; row++) {
      int group = groupOf(row);
      if (group < 0) {
        continue;
      }
      long value = input[row];
      results[group] =
          switch (name) {
            case "sum" -> results[group] + value;
            case "min" -> empty[group] ? value : Math.min(results[group], value);
            default -> empty[group] ? value : Math.max(results[group], value);
          };
      empty[group] = false;
    }
    return new Vector.Integers(results, name.equals("sum") ? Vector.NONE_ABSENT : empty);
  }

  private Vector numbers(String name) {
    double[] input = Conversions.doubles(values);
    double[] results = new double[folding.groups()];
    boolean[] empty = new boolean[folding.groups()];
    Arrays.fill(empty, true);
    for (int row = 0; row < input.length; row++) {
      int group = groupOf(row);
      if (group < 0) {
        continue;
      }
      double value = input[row];
      results[group] =
          switch (name) {
            case "sum" -> results[group] + value;
            case "min" -> empty[group] ? value : Math.min(results[group], value);
            default -> empty[group] ? value : Math.max(results[group], value);
          };
      empty[group] = false;
    }
    return Arithmetic.finite(results, name.equals("sum") ? Vector.NONE_ABSENT : empty);
  }
}
