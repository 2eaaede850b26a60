package io.argos.deploy.services;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a running Argos has found out about an estate, as far as it must be the same wherever and
 * however it runs.
 *
 * @param resources each with its attributes
 * @param rows the rows of all slow tables, interfaces among them, each with its dimensions and
 *     values
 * @param series the series measured, rates among them
 */
record Findings(Set<String> resources, Set<String> rows, Set<Series> series) {
  Findings {
    resources = Set.copyOf(resources);
    rows = Set.copyOf(rows);
    series = Set.copyOf(series);
  }

  /** What is here and not there, one line each, the first of many. */
  Set<String> without(Findings other) {
    Set<String> missing = new TreeSet<>();
    resources.stream().filter(one -> !other.resources.contains(one)).forEach(missing::add);
    rows.stream().filter(one -> !other.rows.contains(one)).forEach(missing::add);
    series.stream()
        .filter(one -> !other.series.contains(one))
        .map(Series::toString)
        .forEach(missing::add);
    return missing;
  }

  @Override
  public String toString() {
    return "%d resources, %d rows of slow tables, %d series"
        .formatted(resources.size(), rows.size(), series.size());
  }
}
