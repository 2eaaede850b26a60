package io.argos.profile;

import io.argos.profile.proof.RecordedDevice;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A device that changes at random as devices may: the value of a row is its number, for ever. */
final class ModelDevice {
  static final String PROFILE =
      """
      profile: box
      match: {}
      tables:
        port:
          key: name
          columns: { name: 1.3.6.1.4.1.1.1.1 }
          last-change: 1.3.6.1.4.1.1.9.1.0
        sensor:
          key: label
          columns:
            label: 1.3.6.1.4.1.1.2.1
            port: { oid: 1.3.6.1.4.1.1.2.2, as: integer }
      groups:
        port:
          table: port
          metrics:
            octets: { oid: [ 1.3.6.1.4.1.1.1.2, 1.3.6.1.4.1.1.1.3 ] }
            level: { oid: 1.3.6.1.4.1.1.1.4 }
        sensor:
          table: sensor
          metrics:
            watts: { oid: 1.3.6.1.4.1.1.1.5, at: text(port) }
      """;

  private static final String PORT = "1.3.6.1.4.1.1.1.";
  private static final String SENSOR = "1.3.6.1.4.1.1.2.";
  private static final Oid UPTIME = Oid.parse("1.3.6.1.2.1.1.3.0");
  private static final int MOST_ROWS = 12;

  /** A row, with every name that it had since it was enriched last. */
  static final class Port {
    private final int number;
    private final Set<String> names = new HashSet<>();
    private String name;
    private int index;

    private Port(int number, String name, int index) {
      this.number = number;
      this.name = name;
      this.index = index;
      names.add(name);
    }

    int number() {
      return number;
    }

    String name() {
      return name;
    }

    /** True for a key under which its values may go out. */
    boolean isKey(String key) {
      return names.contains(key) || key.equals("" + index) || key.equals(index + "#" + index);
    }
  }

  private final Random random;
  private final List<Port> ports = new ArrayList<>();

  /** Which row each sensor is about. */
  private final Map<String, Port> sensors = new HashMap<>();

  private final Set<Integer> usedIndexes = new HashSet<>();
  private final boolean[] lacks = new boolean[3];
  private Instant bootedAt;
  private Instant changedAt;
  private boolean silentOnUptime;
  private boolean hasTold;
  private int numbers;

  ModelDevice(Random random, Instant now) {
    this.random = random;
    bootedAt = now.minusSeconds(random.nextInt(100, 40_000_000));
    changedAt = bootedAt;
    IntStream.range(0, random.nextInt(1, 6)).forEach(_ -> add());
    for (int i = random.nextInt(3); i > 0; i--) {
      sensors.put("s" + i, ports.get(random.nextInt(ports.size())));
    }
  }

  List<Port> ports() {
    return ports;
  }

  Map<String, Port> sensors() {
    return sensors;
  }

  private void add() {
    int number = ++numbers;
    // Some are named as the index of another may be.
    String name = random.nextInt(4) == 0 ? "" + random.nextInt(1, 20) : "p" + number;
    if (ports.stream().anyMatch(port -> port.names.contains(name))) {
      return;
    }
    int index = random.nextInt(1, 20);
    if (ports.size() < MOST_ROWS && usedIndexes.add(index)) {
      ports.add(new Port(number, name, index));
    }
  }

  /** Something happens, at some time before now. */
  void disturb(Instant now) {
    Instant then = now.minusMillis(random.nextInt(1, 59_000));
    switch (random.nextInt(9)) {
      case 0, 1 -> boot(then);
      case 2 -> {
        add();
        changedAt = then;
      }
      case 3 -> remove(then);
      case 4 -> rename(then);
      case 5, 6 -> lacks[random.nextInt(2)] ^= true;
      case 7 -> lacks[2] ^= true;
      default -> silentOnUptime ^= true;
    }
  }

  private void boot(Instant at) {
    List<Integer> indexes = new ArrayList<>(ports.stream().map(port -> port.index).toList());
    Collections.shuffle(indexes, random);
    for (int i = 0; i < ports.size(); i++) {
      ports.get(i).index = indexes.get(i);
    }
    bootedAt = at;
    changedAt = at;
    usedIndexes.clear();
    usedIndexes.addAll(indexes);
  }

  private void remove(Instant at) {
    if (ports.size() > 1) {
      Port gone = ports.remove(random.nextInt(ports.size()));
      sensors.values().removeIf(gone::equals);
      changedAt = at;
    }
  }

  private void rename(Instant at) {
    Port port = ports.get(random.nextInt(ports.size()));
    port.name = "r" + ++numbers;
    port.names.add(port.name);
    changedAt = at;
  }

  /** It has all of its columns again, and tells all. */
  void calm() {
    Arrays.fill(lacks, false);
    silentOnUptime = false;
  }

  /** From now on rows go by the names that they have. */
  void enriched() {
    ports.forEach(port -> port.names.retainAll(Set.of(port.name)));
    hasTold = false;
  }

  /** Its uptime has come through. */
  void told() {
    hasTold = true;
  }

  SnmpReply answer(SnmpPlan plan, Instant now) {
    RecordedDevice device = new RecordedDevice();
    // Of a device that never tells nobody can know whether it booted.
    if (!silentOnUptime || !hasTold) {
      device.put(UPTIME.toString(), SnmpType.TIME_TICKS, ticks(bootedAt, now) % (1L << 32));
    }
    device.put("1.3.6.1.4.1.1.9.1.0", SnmpType.TIME_TICKS, ticks(bootedAt, changedAt));
    for (Port port : ports) {
      device.put(PORT + "1." + port.index, port.name);
      for (int column = 0; column < lacks.length; column++) {
        if (!lacks[column]) {
          device.put(PORT + (2 + column) + "." + port.index, SnmpType.GAUGE32, port.number);
        }
      }
      device.put(PORT + "5." + port.index, SnmpType.GAUGE32, port.number);
    }
    sensors.forEach((label, port) -> {
      String row = "." + label.substring(1);
      device.put(SENSOR + "1" + row, label);
      device.put(SENSOR + "2" + row, SnmpType.INTEGER, port.index);
    });
    return device.answer(plan);
  }

  private static long ticks(Instant from, Instant to) {
    return Math.max(0, (to.toEpochMilli() - from.toEpochMilli()) / 10);
  }

  /** Of an answer what came before the exchange broke off. */
  SnmpReply cut(SnmpReply whole) {
    Map<Oid, SnmpColumn> some = new HashMap<>();
    new TreeMap<>(whole.values())
        .forEach((oid, column) -> {
          int fate = random.nextInt(4);
          if (column.indexes().length == 1 && column.indexes()[0].length == 0) {
            if (fate > 0) {
              some.put(oid, column);
            }
          } else {
            some.put(oid, fate == 0 ? part(column, 0) : fate == 1 ? part(column, 1) : column);
          }
        });
    SnmpFailure lost = new SnmpFailure.NoAnswer(true, 3, "no answer");
    return new SnmpReply(some, Optional.of(lost), 3);
  }

  private static SnmpColumn part(SnmpColumn column, int rows) {
    int kept = Math.min(rows, column.size());
    return new SnmpColumn(
        column.oid(),
        Arrays.copyOf(column.indexes(), kept),
        Arrays.copyOf(column.types(), kept),
        Arrays.copyOf(column.numbers(), kept),
        Arrays.copyOf(column.octets(), kept),
        false);
  }
}
