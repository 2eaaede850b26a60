package io.argos.manager.metrics;

import io.argos.manager.stream.Effects;
import io.argos.manager.stream.Outlet;
import io.argos.schemas.Column;
import io.argos.schemas.Dimension;
import io.argos.schemas.Group;
import io.argos.schemas.Metrics;
import io.argos.schemas.Point;
import io.argos.schemas.topic.HashId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same metrics value by value, for sinks that cannot read nested records. */
final class PointRows {
  private PointRows() {}

  static void emit(Metrics metrics, Outlet<Point> outlet, Effects effects) {
    for (Group group : metrics.getGroups()) {
      List<Map<String, String>> dimensions = dimensionsOf(group);
      for (Column column : group.getColumns()) {
        emit(metrics, group, column, dimensions, outlet, effects);
      }
    }
  }

  private static void emit(
      Metrics metrics,
      Group group,
      Column column,
      List<Map<String, String>> dimensions,
      Outlet<Point> outlet,
      Effects effects) {
    int skipped = 0;
    for (int row = 0; row < group.getRowKeys().size(); row++) {
      if (skipped < column.getAbsent().size() && column.getAbsent().get(skipped) == row) {
        skipped++;
        continue;
      }
      int value = row - skipped;
      String rowKey = group.getRowKeys().get(row);
      boolean integral = !column.getLongs().isEmpty();
      if (!integral && column.getDoubles().isEmpty()) {
        continue;
      }
      Point point =
          new Point(
              metrics.getResourceId(),
              metrics.getSite(),
              metrics.getResourceClass(),
              metrics.getType(),
              group.getName(),
              group.getSection(),
              rowKey,
              dimensions.get(row),
              column.getName(),
              column.getUnit(),
              column.getKind(),
              column.getDerived(),
              group.getSampledAt(),
              integral ? column.getLongs().get(value) : null,
              integral ? null : column.getDoubles().get(value),
              metrics.getIntervalMillis(),
              metrics.getPollId());
      String id =
          HashId.of(
              "point",
              metrics.getPollId(),
              group.getSection(),
              rowKey,
              column.getName(),
              column.getKind().name());
      effects.emit(outlet, metrics.getResourceId(), point, id, group.getSampledAt());
    }
  }

  private static List<Map<String, String>> dimensionsOf(Group group) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int row = 0; row < group.getRowKeys().size(); row++) {
      rows.add(new HashMap<>());
    }
    for (Dimension dimension : group.getDimensions()) {
      int skipped = 0;
      for (int row = 0; row < rows.size(); row++) {
        if (skipped < dimension.getAbsent().size() && dimension.getAbsent().get(skipped) == row) {
          skipped++;
        } else {
          rows.get(row).put(dimension.getName(), dimension.getValues().get(row - skipped));
        }
      }
    }
    return rows;
  }
}
