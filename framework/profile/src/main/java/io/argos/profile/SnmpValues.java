package io.argos.profile;

import io.argos.profile.expression.Addresses;
import io.argos.profile.expression.Decimals;
import io.argos.profile.expression.Type;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.Conversion;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * Turns SNMP values into vectors. A device that sends text where a number belongs, or the reverse,
 * yields what can be read of it, and an absent value where nothing can.
 */
final class SnmpValues {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();
  private static final HexFormat PLAIN = HexFormat.of().withUpperCase();

  private SnmpValues() {}

  /** An empty vector to {@link #fill}, in which every row is absent. */
  static Vector empty(Type type, int rows) {
    return Vector.allAbsent(type, rows);
  }

  /**
   * Gives each row that is still absent its value from a column.
   *
   * @param into vector of this type, written to
   * @param positions position of each row in the column, or -1
   * @return count of rows that got a value
   */
  static int fill(
      Vector into, SnmpColumn column, int[] positions, Conversion conversion, double scale) {
    boolean[] absent = into.absent();
    int filled = 0;
    for (int row = 0; row < absent.length; row++) {
      int at = positions[row];
      if (absent[row] && at >= 0 && put(into, row, column, at, conversion, scale)) {
        absent[row] = false;
        filled++;
      }
    }
    return filled;
  }

  private static boolean put(
      Vector into, int row, SnmpColumn column, int at, Conversion conversion, double scale) {
    SnmpType type = column.types()[at];
    if (type == SnmpType.ABSENT) {
      return false;
    }
    switch (into) {
      case Vector.Integers(long[] values, _) -> {
        OptionalLong number = integer(column, at);
        values[row] = number.orElse(0) * (long) scale;
        return number.isPresent();
      }
      case Vector.Numbers(double[] values, _) -> {
        double number =
            type.isNumber()
                ? unsigned(type, column.numbers()[at])
                : Decimals.number(raw(column, at));
        values[row] = scaled(number, scale);
        return Double.isFinite(values[row]);
      }
      case Vector.Texts(String[] values, _) -> {
        String text = text(column, at, conversion);
        values[row] = text;
        return !text.isEmpty();
      }
      case Vector.Booleans _ -> {
        return false;
      }
    }
  }

  /** A tenth is divided by ten, so that 102 tenths are 10.2 and not 10.200000000000001. */
  private static double scaled(double number, double scale) {
    double divisor = Math.rint(1 / scale);
    return 1 / divisor == scale ? number / divisor : number * scale;
  }

  private static double unsigned(SnmpType type, long number) {
    if (type != SnmpType.COUNTER64 || number >= 0) {
      return number;
    }
    return (number >>> 1) * 2.0 + (number & 1);
  }

  private static OptionalLong integer(SnmpColumn column, int at) {
    return column.types()[at].isNumber()
        ? OptionalLong.of(column.numbers()[at])
        : Decimals.integer(raw(column, at));
  }

  /** A value as text, empty when there is nothing to read. */
  static String text(SnmpColumn column, int at, Conversion conversion) {
    SnmpType type = column.types()[at];
    if (!conversion.names().isEmpty()) {
      OptionalLong number = integer(column, at);
      return number.isEmpty() ? "" : conversion.names().getOrDefault(number.getAsLong(), "");
    }
    if (type.isNumber()) {
      long number = column.numbers()[at];
      return type == SnmpType.COUNTER64 ? Long.toUnsignedString(number) : Long.toString(number);
    }
    byte[] octets = column.octets()[at];
    return switch (conversion.kind()) {
      case MAC -> COLONS.formatHex(octets);
      case HEX -> PLAIN.formatHex(octets);
      case ADDRESS -> Addresses.text(octets);
      case TEXT, OID, INTEGER, NUMBER -> raw(column, at);
    };
  }

  private static String raw(SnmpColumn column, int at) {
    byte[] octets = column.octets()[at];
    if (column.types()[at] == SnmpType.IP_ADDRESS) {
      return Addresses.text(octets);
    }
    int end = octets.length;
    while (end > 0 && octets[end - 1] == 0) {
      end--;
    }
    return new String(octets, 0, end, StandardCharsets.UTF_8);
  }

  /** A vector without a mask where no row is absent, so that readers take their short way. */
  static Vector settled(Vector vector) {
    for (boolean gone : vector.absent()) {
      if (gone) {
        return vector;
      }
    }
    return switch (vector) {
      case Vector.Integers(long[] values, _) -> new Vector.Integers(values, Vector.NONE_ABSENT);
      case Vector.Numbers(double[] values, _) -> new Vector.Numbers(values, Vector.NONE_ABSENT);
      case Vector.Texts(String[] values, _) -> new Vector.Texts(values, Vector.NONE_ABSENT);
      case Vector.Booleans(boolean[] values, _) -> new Vector.Booleans(values, Vector.NONE_ABSENT);
    };
  }

  /** Identity positions of a scalar: its one value for the one row. */
  static int[] single() {
    int[] positions = new int[1];
    Arrays.fill(positions, 0);
    return positions;
  }
}
