package io.argos.deploy.services;

import io.argos.schemas.Column;
import io.argos.schemas.Dimension;
import io.argos.schemas.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes one series differ from another; no value is part of it.
 *
 * @param resource id of the resource
 * @param group name of the group
 * @param section section of the table
 * @param rowKey stable name of the row
 * @param dimensions names and values
 * @param name name of the metric
 * @param unit its unit
 * @param kind gauge or counter
 * @param derived what it was derived by
 */
record Series(
    String resource,
    String group,
    String section,
    String rowKey,
    Map<String, String> dimensions,
    String name,
    String unit,
    String kind,
    String derived) {

  Series {
    dimensions = Map.copyOf(dimensions);
  }

  /** The series of which a group holds a value. */
  static List<Series> of(String resource, Group group) {
    List<Series> series = new ArrayList<>();
    for (int row = 0; row < group.getRowKeys().size(); row++) {
      Map<String, String> dimensions = dimensions(group, row);
      for (Column column : group.getColumns()) {
        if (!column.getAbsent().contains(row)) {
          series.add(
              new Series(
                  resource,
                  group.getName(),
                  group.getSection(),
                  group.getRowKeys().get(row),
                  dimensions,
                  column.getName(),
                  column.getUnit(),
                  column.getKind().name(),
                  column.getDerived().name()));
        }
      }
    }
    return series;
  }

  /** The dimensions of a row. */
  static Map<String, String> dimensions(Group group, int row) {
    Map<String, String> dimensions = new TreeMap<>();
    for (Dimension dimension : group.getDimensions()) {
      if (!dimension.getAbsent().contains(row)) {
        dimensions.put(
            dimension.getName(), dimension.getValues().get(place(row, dimension.getAbsent())));
      }
    }
    return dimensions;
  }

  /** Values are dense: the place of a row's value among them. */
  static int place(int row, List<Integer> absent) {
    return row - Math.toIntExact(absent.stream().filter(gap -> gap < row).count());
  }

  @Override
  public String toString() {
    return "%s %s/%s[%s]%s %s(%s) %s %s"
        .formatted(
            resource, group, section, rowKey, new TreeMap<>(dimensions), name, unit, kind, derived);
  }
}
