package io.argos.schemas.columnar;

import io.argos.schemas.Column;
import io.argos.schemas.Derived;
import io.argos.schemas.Dimension;
import io.argos.schemas.Group;
import java.util.Arrays;
import java.util.List;

/** Turns groups of primitive columns into generated records and back, off the hot path. */
public final class GroupRecords {
  private GroupRecords() {}

  /** The generated record of a group. */
  public static Group toRecord(GroupBlock group) {
    return Group.newBuilder()
        .setName(group.name())
        .setSection(group.section())
        .setSampledAt(group.sampledAt())
        .setRowKeys(List.of(group.rows().rowKeys()))
        .setDimensions(group.rows().dimensions().stream().map(GroupRecords::toRecord).toList())
        .setColumns(group.columns().stream().map(GroupRecords::toRecord).toList())
        .setWindowMillis(null)
        .build();
  }

  /** The primitive columns of a record. */
  public static GroupBlock fromRecord(Group group) {
    return new GroupBlock(
        group.getName(),
        group.getSection(),
        group.getSampledAt(),
        new RowBlock(
            group.getRowKeys().toArray(String[]::new),
            group.getDimensions().stream().map(GroupRecords::fromRecord).toList()),
        group.getColumns().stream().map(column -> fromRecord(column)).toList());
  }

  private static Dimension toRecord(DimensionBlock dimension) {
    return Dimension.newBuilder()
        .setName(dimension.name())
        .setValues(List.of(dimension.values()))
        .setAbsent(Arrays.stream(dimension.absent()).boxed().toList())
        .build();
  }

  private static DimensionBlock fromRecord(Dimension dimension) {
    return new DimensionBlock(
        dimension.getName(),
        dimension.getValues().toArray(String[]::new),
        ints(dimension.getAbsent()));
  }

  private static Column toRecord(ColumnBlock column) {
    Column.Builder builder =
        Column.newBuilder()
            .setName(column.name())
            .setUnit(column.unit())
            .setKind(column.kind())
            .setAbsent(Arrays.stream(column.absent()).boxed().toList())
            .setWrapBits(column.wrapBits())
            .setScale(column.scale())
            .setDerived(Derived.NONE);
    switch (column.values()) {
      case Values.Longs(var longs) -> builder.setLongs(Arrays.stream(longs).boxed().toList());
      case Values.Doubles(var doubles) ->
          builder.setDoubles(Arrays.stream(doubles).boxed().toList());
      case Values.Strings(var strings) -> builder.setStrings(List.of(strings));
    }
    return builder.build();
  }

  private static ColumnBlock fromRecord(Column column) {
    Values values;
    if (!column.getStrings().isEmpty()) {
      values = new Values.Strings(column.getStrings().toArray(String[]::new));
    } else if (!column.getDoubles().isEmpty()) {
      values =
          new Values.Doubles(
              column.getDoubles().stream().mapToDouble(Double::doubleValue).toArray());
    } else {
      values = new Values.Longs(column.getLongs().stream().mapToLong(Long::longValue).toArray());
    }
    return new ColumnBlock(
        column.getName(),
        column.getUnit(),
        column.getKind(),
        values,
        ints(column.getAbsent()),
        column.getWrapBits(),
        column.getScale());
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
