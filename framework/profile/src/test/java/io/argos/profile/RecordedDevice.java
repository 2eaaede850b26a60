package io.argos.profile;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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

/** A recording that answers plans at once, without a network. */
final class RecordedDevice {
  private record Value(SnmpType type, long number, byte[] octets) {}

  private final TreeMap<Oid, Value> values = new TreeMap<>();

  static RecordedDevice read(Path file) {
    RecordedDevice device = new RecordedDevice();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split("\\|", 3);
          device.values.put(Oid.parse(parts[0]), value(parts[1], parts[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return device;
  }

  RecordedDevice put(String oid, SnmpType type, long number) {
    values.put(Oid.parse(oid), new Value(type, number, new byte[0]));
    return this;
  }

  RecordedDevice put(String oid, String text) {
    values.put(
        Oid.parse(oid), new Value(SnmpType.OCTETS, 0, text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  RecordedDevice remove(String prefix) {
    Oid below = Oid.parse(prefix);
    values.keySet().removeIf(oid -> oid.startsWith(below));
    return this;
  }

  private static Value value(String tag, String text) throws IOException {
    byte[] octets = new byte[0];
    return switch (tag) {
      case "2" -> new Value(SnmpType.INTEGER, Long.parseLong(text), octets);
      case "4" -> new Value(SnmpType.OCTETS, 0, text.getBytes(StandardCharsets.ISO_8859_1));
      case "4x" -> new Value(SnmpType.OCTETS, 0, HexFormat.of().parseHex(text));
      case "6" -> new Value(SnmpType.OID, 0, text.getBytes(StandardCharsets.US_ASCII));
      case "64" -> new Value(SnmpType.IP_ADDRESS, 0, InetAddress.getByName(text).getAddress());
      case "65" -> new Value(SnmpType.COUNTER32, Long.parseLong(text), octets);
      case "66" -> new Value(SnmpType.GAUGE32, Long.parseLong(text), octets);
      case "67" -> new Value(SnmpType.TIME_TICKS, Long.parseLong(text), octets);
      case "70" -> new Value(SnmpType.COUNTER64, Long.parseUnsignedLong(text), octets);
      default -> throw new IOException("tag " + tag);
    };
  }

  SnmpReply answer(SnmpPlan plan) {
    Map<Oid, SnmpColumn> reply = new HashMap<>();
    for (Oid scalar : plan.scalars()) {
      Value value = values.get(scalar);
      if (value != null) {
        reply.put(scalar, column(scalar, List.of(new int[0]), List.of(value)));
      }
    }
    for (Oid column : plan.columns()) {
      List<int[]> indexes = new ArrayList<>();
      List<Value> found = new ArrayList<>();
      values
          .tailMap(column)
          .forEach((oid, value) -> {
            if (oid.startsWith(column)) {
              indexes.add(oid.suffix(column.length()).toArray());
              found.add(value);
            }
          });
      reply.put(column, column(column, indexes, found));
    }
    for (SnmpPlan.RowsPlan rows : plan.rows()) {
      for (Oid column : rows.columns()) {
        List<int[]> indexes = new ArrayList<>();
        List<Value> found = new ArrayList<>();
        for (int[] index : rows.indexes()) {
          Value value = values.get(column.append(index));
          if (value != null) {
            indexes.add(index);
            found.add(value);
          }
        }
        reply.put(column, column(column, indexes, found));
      }
    }
    return new SnmpReply(reply, Optional.empty(), 1);
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
