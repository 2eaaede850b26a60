package io.argos.profile;

import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.DimensionBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.columnar.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows that nothing but their keys tells apart say the same twice: the first of them stays. */
final class DistinctRows {
  private DistinctRows() {}

  static GroupBlock of(GroupBlock group) {
    int size = group.rows().size();
    List<List<@Nullable Object>> rows = new ArrayList<>(size);
    for (int row = 0; row < size; row++) {
      rows.add(new ArrayList<>());
    }
    for (DimensionBlock dimension : group.rows().dimensions()) {
      spread(new Values.Strings(dimension.values()), dimension.absent(), rows);
    }
    for (ColumnBlock column : group.columns()) {
      spread(column.values(), column.absent(), rows);
    }
    Set<List<@Nullable Object>> seen = new HashSet<>();
    int[] kept = IntStream.range(0, size).filter(row -> seen.add(rows.get(row))).toArray();
    return kept.length == size ? group : picked(group, kept);
  }

  private static void spread(Values values, int[] absent, List<List<@Nullable Object>> rows) {
    int at = 0;
    for (int row = 0; row < rows.size(); row++) {
      boolean isAbsent = Arrays.binarySearch(absent, row) >= 0;
      rows.get(row).add(isAbsent ? null : value(values, at));
      at += isAbsent ? 0 : 1;
    }
  }

  private static Object value(Values values, int at) {
    return switch (values) {
      case Values.Longs(long[] longs) -> longs[at];
      case Values.Doubles(double[] doubles) -> doubles[at];
      case Values.Strings(String[] strings) -> strings[at];
    };
  }

  private static GroupBlock picked(GroupBlock group, int[] kept) {
    String[] keys = group.rows().rowKeys();
    List<GroupBlock> parts =
        Arrays.stream(kept).mapToObj(row -> group.slice(row, row + 1)).toList();
    List<DimensionBlock> dimensions = new ArrayList<>();
    for (int i = 0; i < group.rows().dimensions().size(); i++) {
      int at = i;
      List<DimensionBlock> cells =
          parts.stream().map(part -> part.rows().dimensions().get(at)).toList();
      dimensions.add(
          new DimensionBlock(
              cells.getFirst().name(),
              cells.stream().flatMap(cell -> Arrays.stream(cell.values())).toArray(String[]::new),
              absent(cells.stream().map(DimensionBlock::absent).toList())));
    }
    List<ColumnBlock> columns = new ArrayList<>();
    for (int i = 0; i < group.columns().size(); i++) {
      int at = i;
      List<ColumnBlock> cells = parts.stream().map(part -> part.columns().get(at)).toList();
      ColumnBlock first = group.columns().get(i);
      columns.add(
          new ColumnBlock(
              first.name(),
              first.unit(),
              first.kind(),
              joined(first.values(), cells.stream().map(ColumnBlock::values).toList()),
              absent(cells.stream().map(ColumnBlock::absent).toList()),
              first.wrapBits(),
              first.scale()));
    }
    String[] names = Arrays.stream(kept).mapToObj(row -> keys[row]).toArray(String[]::new);
    return new GroupBlock(
        group.name(), group.section(), group.sampledAt(), new RowBlock(names, dimensions), columns);
  }

  private static int[] absent(List<int[]> cells) {
    return IntStream.range(0, cells.size()).filter(row -> cells.get(row).length > 0).toArray();
  }

  private static Values joined(Values like, List<Values> cells) {
    List<Object> values = new ArrayList<>();
    cells.forEach(cell -> {
      if (cell.size() > 0) {
        values.add(Objects.requireNonNull(value(cell, 0)));
      }
    });
    return switch (like) {
      case Values.Longs _ -> new Values.Longs(values.stream().mapToLong(v -> (long) v).toArray());
      case Values.Doubles _ ->
          new Values.Doubles(values.stream().mapToDouble(v -> (double) v).toArray());
      case Values.Strings _ -> new Values.Strings(values.toArray(String[]::new));
    };
  }
}
