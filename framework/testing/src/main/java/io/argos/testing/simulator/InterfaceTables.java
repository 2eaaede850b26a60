package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import java.util.List;
import java.util.stream.IntStream;

/** The interface tables of a generated device (RFC 2863, RFC 3635). */
final class InterfaceTables {
  private static final ObjectId IF_ENTRY = ObjectId.parse("1.3.6.1.2.1.2.2.1");
  private static final ObjectId IF_X_ENTRY = ObjectId.parse("1.3.6.1.2.1.31.1.1.1");
  private static final ObjectId DOT3_STATS_ENTRY = ObjectId.parse("1.3.6.1.2.1.10.7.2.1");
  private static final int[] NARROW_X_COLUMNS = {1, 2, 3, 4, 5, 14, 15, 16, 17, 18, 19};
  private static final int[] DOT3_COLUMNS = {1, 2, 3, 13, 16, 19};
  private static final boolean IN = true;
  private static final boolean OUT = false;
  private static final double UNICAST = 0.97;
  private static final double MULTICAST = 0.02;
  private static final double BROADCAST = 0.01;
  private static final double DISCARDS = 1e-5;
  private static final double ERRORS = 1e-6;

  private final Vendor vendor;
  private final int deviceHash;
  private final List<SimulatedInterface> interfaces;
  private final List<SimulatedInterface> ethernet;
  private final GeneratedDevice.Counters counters;

  InterfaceTables(
      Vendor vendor,
      String device,
      List<SimulatedInterface> interfaces,
      GeneratedDevice.Counters counters) {
    this.vendor = vendor;
    this.deviceHash = device.hashCode();
    this.interfaces = interfaces;
    this.ethernet =
        interfaces.stream().filter(i -> i.type() == SimulatedInterface.ETHERNET).toList();
    this.counters = counters;
  }

  Mib ifTable() {
    int[] columns = IntStream.rangeClosed(1, 22).toArray();
    return new TableMib(IF_ENTRY, columns, indexes(interfaces), this::ifCell);
  }

  Mib ifXTable() {
    int[] columns =
        switch (counters) {
          case WIDE -> IntStream.rangeClosed(1, 19).toArray();
          case NARROW -> NARROW_X_COLUMNS;
        };
    return new TableMib(IF_X_ENTRY, columns, indexes(interfaces), this::ifXCell);
  }

  Mib dot3Stats() {
    return new TableMib(DOT3_STATS_ENTRY, DOT3_COLUMNS, indexes(ethernet), this::dot3Cell);
  }

  private int[] indexes(List<SimulatedInterface> rows) {
    return rows.stream().mapToInt(i -> vendor.ifIndex(i.number())).toArray();
  }

  /** The interface that has the index of a row: another one after each exchange. */
  private static SimulatedInterface at(List<SimulatedInterface> rows, int row, Moment moment) {
    return rows.get((row + moment.shuffles()) % rows.size());
  }

  private Value ifCell(int column, int row, Moment moment) {
    SimulatedInterface i = at(interfaces, row, moment);
    double seconds = moment.secondsUp();
    return switch (column) {
      case 1 -> Value.integer(vendor.ifIndex(interfaces.get(row).number()));
      case 2 -> Value.text(i.description());
      case 3 -> Value.integer(i.type());
      case 4 -> Value.integer(1500);
      case 5 -> Value.gauge32(i.speed());
      case 6 -> Value.octets(macOf(i));
      case 7 -> Value.integer(i.adminUp() ? 1 : 2);
      case 8 -> Value.integer(i.up() ? 1 : 2);
      case 9 -> Value.timeTicks(0);
      case 10 -> Value.counter32(i.traffic().octets(IN, seconds));
      case 11 -> packets(i, IN, UNICAST, seconds);
      case 12 -> packets(i, IN, MULTICAST + BROADCAST, seconds);
      case 13 -> packets(i, IN, DISCARDS, seconds);
      case 14 -> packets(i, IN, ERRORS, seconds);
      case 16 -> Value.counter32(i.traffic().octets(OUT, seconds));
      case 17 -> packets(i, OUT, UNICAST, seconds);
      case 18 -> packets(i, OUT, MULTICAST + BROADCAST, seconds);
      case 19 -> packets(i, OUT, DISCARDS, seconds);
      case 20 -> packets(i, OUT, ERRORS, seconds);
      case 15 -> Value.counter32(0);
      case 21 -> Value.gauge32(0);
      case 22 -> Value.objectId(ObjectId.of(0, 0));
      default -> throw new IllegalArgumentException("ifTable has no column " + column);
    };
  }

  private Value ifXCell(int column, int row, Moment moment) {
    SimulatedInterface i = at(interfaces, row, moment);
    double seconds = moment.secondsUp();
    return switch (column) {
      case 1 -> Value.text(i.name());
      case 2 -> packets(i, IN, MULTICAST, seconds);
      case 3 -> packets(i, IN, BROADCAST, seconds);
      case 4 -> packets(i, OUT, MULTICAST, seconds);
      case 5 -> packets(i, OUT, BROADCAST, seconds);
      case 6 -> Value.counter64(i.traffic().octets(IN, seconds));
      case 7 -> Value.counter64(i.traffic().packets(IN, UNICAST, seconds));
      case 8 -> Value.counter64(i.traffic().packets(IN, MULTICAST, seconds));
      case 9 -> Value.counter64(i.traffic().packets(IN, BROADCAST, seconds));
      case 10 -> Value.counter64(i.traffic().octets(OUT, seconds));
      case 11 -> Value.counter64(i.traffic().packets(OUT, UNICAST, seconds));
      case 12 -> Value.counter64(i.traffic().packets(OUT, MULTICAST, seconds));
      case 13 -> Value.counter64(i.traffic().packets(OUT, BROADCAST, seconds));
      case 14 -> Value.integer(1);
      case 15 -> Value.gauge32(i.speed() / 1_000_000);
      case 16 -> Value.integer(2);
      case 17 -> Value.integer(i.type() == SimulatedInterface.ETHERNET ? 1 : 2);
      case 18 -> Value.text(i.alias());
      case 19 -> Value.timeTicks(0);
      default -> throw new IllegalArgumentException("ifXTable has no column " + column);
    };
  }

  private Value dot3Cell(int column, int row, Moment moment) {
    SimulatedInterface i = at(ethernet, row, moment);
    double seconds = moment.secondsUp();
    return switch (column) {
      case 1 -> Value.integer(vendor.ifIndex(ethernet.get(row).number()));
      case 2, 13, 16 -> Value.counter32(0);
      case 3 -> packets(i, IN, ERRORS, seconds);
      case 19 -> Value.integer(3);
      default -> throw new IllegalArgumentException("dot3StatsTable has no column " + column);
    };
  }

  private static Value packets(SimulatedInterface i, boolean in, double share, double seconds) {
    return Value.counter32(i.traffic().packets(in, share, seconds));
  }

  /** A locally administered address, other than those of other devices; empty without Ethernet. */
  private byte[] macOf(SimulatedInterface i) {
    if (i.type() != SimulatedInterface.ETHERNET) {
      return new byte[0];
    }
    return new byte[] {
      2,
      (byte) (deviceHash >>> 16),
      (byte) (deviceHash >>> 8),
      (byte) deviceHash,
      (byte) (i.number() >>> 8),
      (byte) i.number()
    };
  }
}
