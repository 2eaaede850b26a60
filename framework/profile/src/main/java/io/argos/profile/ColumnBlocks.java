package io.argos.profile;

import io.argos.profile.expression.Type;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.ColumnSpec;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.DimensionBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.Values;
import java.util.Arrays;
import java.util.List;

/** Vectors as dense columns of records, and back. */
final class ColumnBlocks {
  private static final int[] NONE = {};

  private ColumnBlocks() {}

  /** A gauge column. */
  static ColumnBlock of(String name, String unit, Vector vector) {
    return of(name, unit, ColumnKind.GAUGE, vector, 0, 1);
  }

  /** A column; the vector's array is handed over when no row is absent. */
  static ColumnBlock of(
      String name, String unit, ColumnKind kind, Vector vector, int wrapBits, long scale) {
    int[] absent = absent(vector);
    Values values =
        switch (vector) {
          case Vector.Integers(long[] longs, _) ->
              new Values.Longs(absent.length == 0 ? longs : dense(longs, absent));
          case Vector.Numbers(double[] doubles, _) ->
              new Values.Doubles(absent.length == 0 ? doubles : dense(doubles, absent));
          case Vector.Texts(String[] texts, _) ->
              new Values.Strings(absent.length == 0 ? texts : dense(texts, absent));
          case Vector.Booleans(boolean[] booleans, _) -> {
            long[] longs = new long[booleans.length];
            for (int i = 0; i < longs.length; i++) {
              longs[i] = booleans[i] ? 1 : 0;
            }
            yield new Values.Longs(absent.length == 0 ? longs : dense(longs, absent));
          }
        };
    return new ColumnBlock(name, unit, kind, values, absent, wrapBits, scale);
  }

  /** A dimension of text. */
  static DimensionBlock dimension(String name, Vector vector) {
    int[] absent = absent(vector);
    String[] texts = new String[vector.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = vector.textAt(i);
    }
    return new DimensionBlock(name, absent.length == 0 ? texts : dense(texts, absent), absent);
  }

  /** Positions of the absent rows. */
  static int[] absent(Vector vector) {
    boolean[] mask = vector.absent();
    if (mask.length == 0) {
      return NONE;
    }
    int[] positions = new int[mask.length];
    int count = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i]) {
        positions[count++] = i;
      }
    }
    return count == 0 ? NONE : Arrays.copyOf(positions, count);
  }

  private static long[] dense(long[] values, int[] absent) {
    long[] kept = new long[values.length - absent.length];
    for (int i = 0, skip = 0, to = 0; i < values.length; i++) {
      if (skip < absent.length && absent[skip] == i) {
        skip++;
      } else {
        kept[to++] = values[i];
      }
    }
    return kept;
  }

  private static double[] dense(double[] values, int[] absent) {
    double[] kept = new double[values.length - absent.length];
    for (int i = 0, skip = 0, to = 0; i < values.length; i++) {
      if (skip < absent.length && absent[skip] == i) {
        skip++;
      } else {
        kept[to++] = values[i];
      }
    }
    return kept;
  }

  private static String[] dense(String[] values, int[] absent) {
    String[] kept = new String[values.length - absent.length];
    for (int i = 0, skip = 0, to = 0; i < values.length; i++) {
      if (skip < absent.length && absent[skip] == i) {
        skip++;
      } else {
        kept[to++] = values[i];
      }
    }
    return kept;
  }

  /** The texts of a column over some groups; empty where absent. */
  static String[] texts(String name, List<GroupBlock> groups, int size) {
    String[] texts = new String[size];
    Arrays.fill(texts, "");
    int base = 0;
    for (GroupBlock group : groups) {
      int rows = group.rows().size();
      for (ColumnBlock column : group.columns()) {
        if (column.name().equals(name)) {
          scatter(column, texts, base, rows);
        }
      }
      base += rows;
    }
    return texts;
  }

  private static void scatter(ColumnBlock column, String[] texts, int base, int rows) {
    for (int row = 0, skip = 0, from = 0; row < rows; row++) {
      if (skip < column.absent().length && column.absent()[skip] == row) {
        skip++;
      } else if (from < column.values().size()) {
        texts[base + row] = text(column.values(), from++);
      }
    }
  }

  private static String text(Values values, int at) {
    return switch (values) {
      case Values.Longs(long[] longs) -> Long.toString(longs[at]);
      case Values.Doubles(double[] doubles) -> Double.toString(doubles[at]);
      case Values.Strings(String[] strings) -> strings[at];
    };
  }

  /** A column of some groups, typed as the profile has it. */
  static Vector vector(ColumnSpec column, List<GroupBlock> groups, int size) {
    return typed(column.type(), texts(column.name(), groups, size));
  }

  /** Texts as values of a type; what cannot be read as that type is absent. */
  static Vector typed(Type type, String[] texts) {
    Vector vector = Vector.allAbsent(type, texts.length);
    boolean[] absent = vector.absent();
    for (int i = 0; i < texts.length; i++) {
      absent[i] = texts[i].isEmpty() || !put(vector, i, texts[i]);
    }
    return SnmpValues.settled(vector);
  }

  private static boolean put(Vector vector, int row, String text) {
    try {
      switch (vector) {
        case Vector.Integers(long[] values, _) -> values[row] = Long.parseLong(text);
        case Vector.Numbers(double[] values, _) -> values[row] = Double.parseDouble(text);
        case Vector.Texts(String[] values, _) -> values[row] = text;
        case Vector.Booleans(boolean[] values, _) ->
            values[row] = text.equals("1") || text.equals("true");
      }
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
