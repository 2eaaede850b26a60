package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.ColumnKind;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.DimensionBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.columnar.Values;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that say the same. */
class DistinctRowsTest {
  private static final int[] NONE = {};

  @Test
  void keepsTheFirstOfEqualRows() {
    DimensionBlock names =
        new DimensionBlock("name", new String[] {"x", "x", "x"}, new int[] {1, 4});
    ColumnBlock loads =
        new ColumnBlock(
            "load",
            "%",
            ColumnKind.COUNTER,
            new Values.Longs(new long[] {7, 7, 7, 8}),
            new int[] {4},
            64,
            8);
    ColumnBlock shares =
        ColumnBlock.gauge("share", "1", new Values.Doubles(new double[] {0.5, 0.5, 0.5, 0.5, 0.5}));
    RowBlock rows = new RowBlock(new String[] {"a", "b", "c", "d", "e"}, List.of(names));

    GroupBlock distinct = DistinctRows.of(group(rows, loads, shares));

    assertThat(distinct.rows().rowKeys()).containsExactly("a", "b", "d", "e");
    assertThat(distinct.rows().dimensions().getFirst())
        .usingRecursiveComparison()
        .isEqualTo(new DimensionBlock("name", new String[] {"x", "x"}, new int[] {1, 3}));
    assertThat(distinct.columns())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new ColumnBlock(
                "load",
                "%",
                ColumnKind.COUNTER,
                new Values.Longs(new long[] {7, 7, 8}),
                new int[] {3},
                64,
                8),
            ColumnBlock.gauge("share", "1", new Values.Doubles(new double[] {0.5, 0.5, 0.5, 0.5})));
  }

  @Test
  void leavesRowsThatDifferAsTheyAre() {
    RowBlock rows =
        new RowBlock(
            new String[] {"a", "b"},
            List.of(new DimensionBlock("name", new String[] {"x", "y"}, NONE)));
    GroupBlock group =
        group(rows, ColumnBlock.gauge("load", "%", new Values.Longs(new long[] {7, 7})));

    assertThat(DistinctRows.of(group)).isSameAs(group);
  }

  private static GroupBlock group(RowBlock rows, ColumnBlock... columns) {
    return new GroupBlock("cpu", "cpu", Instant.EPOCH, rows, List.of(columns));
  }
}
