package io.argos.profile.proof;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A recording ({@code .snmprec}: one {@code OID|TAG|VALUE} a line) that answers plans at once,
 * without a network. Not safe for use by several threads.
 */
public final class RecordedDevice {
  private static final byte[] NOTHING = new byte[0];
  private static final int[] NO_ARCS = new int[0];

  private record Value(SnmpType type, long number, byte[] octets) {}

  private final TreeMap<Oid, Value> values = new TreeMap<>();

  /** A device that knows nothing yet. */
  public RecordedDevice() {}

  /**
   * Reads a file.
   *
   * @throws UncheckedIOException when it cannot be read
   * @throws IllegalArgumentException with every line that is wrong, one problem a line
   */
  public static RecordedDevice read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the recording " + file, e);
    }
  }

  /**
   * Reads a text, each of whose characters is one octet.
   *
   * @param name what to call it in problems
   * @throws IllegalArgumentException with every line that is wrong, one problem a line
   */
  public static RecordedDevice parse(String name, String text) {
    RecordedDevice device = new RecordedDevice();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        String[] parts = line.split("\\|", 3);
        if (parts.length < 3) {
          throw new IllegalArgumentException("this is not OID|TAG|VALUE");
        }
        device.values.put(Oid.parse(parts[0]), value(parts[1], parts[2]));
      } catch (IllegalArgumentException e) {
        problems.add(name + ":" + number + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return device;
  }

  /** Lets it know a number. */
  public RecordedDevice put(String oid, SnmpType type, long number) {
    values.put(Oid.parse(oid), new Value(type, number, NOTHING));
    return this;
  }

  /** Lets it know a text. */
  public RecordedDevice put(String oid, String text) {
    values.put(
        Oid.parse(oid), new Value(SnmpType.OCTETS, 0, text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** Lets it forget all below an oid. */
  public RecordedDevice remove(String prefix) {
    Oid below = Oid.parse(prefix);
    values.keySet().removeIf(oid -> oid.startsWith(below));
    return this;
  }

  /** The oids of all instances, ascending. */
  public List<Oid> oids() {
    return List.copyOf(values.keySet());
  }

  private static Value value(String tag, String text) {
    return switch (tag) {
      case "2" -> new Value(SnmpType.INTEGER, number(text), NOTHING);
      case "4" -> new Value(SnmpType.OCTETS, 0, text.getBytes(StandardCharsets.ISO_8859_1));
      case "4x" -> new Value(SnmpType.OCTETS, 0, HexFormat.of().parseHex(text));
      case "5" -> new Value(SnmpType.ABSENT, 0, NOTHING);
      case "6" ->
          new Value(
              SnmpType.OID, 0, Oid.parse(text).toString().getBytes(StandardCharsets.US_ASCII));
      case "64" -> new Value(SnmpType.IP_ADDRESS, 0, address(text));
      case "64x" -> new Value(SnmpType.IP_ADDRESS, 0, HexFormat.of().parseHex(text));
      case "65" -> new Value(SnmpType.COUNTER32, number(text), NOTHING);
      case "66" -> new Value(SnmpType.GAUGE32, number(text), NOTHING);
      case "67" -> new Value(SnmpType.TIME_TICKS, number(text), NOTHING);
      case "68" -> new Value(SnmpType.OPAQUE, 0, text.getBytes(StandardCharsets.ISO_8859_1));
      case "68x" -> new Value(SnmpType.OPAQUE, 0, HexFormat.of().parseHex(text));
      case "70" -> new Value(SnmpType.COUNTER64, number(text), NOTHING);
      default ->
          throw new IllegalArgumentException(
              "'" + tag + "' is not a tag such as 2, 4, 4x, 6, 64, 65, 66, 67 or 70");
    };
  }

  private static long number(String text) {
    try {
      return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number", e);
    }
  }

  private static byte[] address(String text) {
    Oid arcs = Oid.parse(text);
    if (arcs.length() != 4) {
      throw new IllegalArgumentException("'" + text + "' is not an IPv4 address");
    }
    byte[] octets = new byte[4];
    for (int i = 0; i < 4; i++) {
      octets[i] = (byte) arcs.arc(i);
    }
    return octets;
  }

  /** What the device answers; whole, whatever it is asked. */
  public SnmpReply answer(SnmpPlan plan) {
    Map<Oid, SnmpColumn> reply = new HashMap<>();
    for (Oid scalar : plan.scalars()) {
      Value value = values.get(scalar);
      if (value != null) {
        reply.put(scalar, column(scalar, List.of(NO_ARCS), List.of(value)));
      }
    }
    for (Oid column : plan.columns()) {
      List<int[]> indexes = new ArrayList<>();
      List<Value> found = new ArrayList<>();
      for (Map.Entry<Oid, Value> one : values.tailMap(column).entrySet()) {
        if (!one.getKey().startsWith(column)) {
          break;
        }
        indexes.add(one.getKey().suffix(column.length()).toArray());
        found.add(one.getValue());
      }
      reply.put(column, column(column, indexes, found));
    }
    for (SnmpPlan.RowsPlan rows : plan.rows()) {
      for (Oid column : rows.columns()) {
        reply.put(column, known(column, rows.indexes()));
      }
    }
    return new SnmpReply(reply, Optional.empty(), 1);
  }

  private SnmpColumn known(Oid column, int[][] asked) {
    List<int[]> indexes = new ArrayList<>();
    List<Value> found = new ArrayList<>();
    for (int[] index : asked) {
      Value value = values.get(column.append(index));
      if (value != null) {
        indexes.add(index);
        found.add(value);
      }
    }
    return column(column, indexes, found);
  }

  private static SnmpColumn column(Oid oid, List<int[]> indexes, List<Value> values) {
    int n = values.size();
    SnmpType[] types = new SnmpType[n];
    long[] numbers = new long[n];
    byte[][] octets = new byte[n][];
    for (int i = 0; i < n; i++) {
      types[i] = values.get(i).type();
      numbers[i] = values.get(i).number();
      octets[i] = values.get(i).octets();
    }
    return new SnmpColumn(oid, indexes.toArray(int[][]::new), types, numbers, octets, true);
  }
}
