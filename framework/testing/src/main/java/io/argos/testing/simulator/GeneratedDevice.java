package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A device made up of the system group and the interface tables (IF-MIB, EtherLike-MIB), whose
 * counters follow the clock. All but the clock is fixed by make, name and count of interfaces; it
 * takes little memory, since values are computed when asked for.
 */
public final class GeneratedDevice implements Mib {
  /** Which counters the device has. */
  public enum Counters {
    /** 32-bit ones, and 64-bit ones of octets and packets. */
    WIDE,
    /** 32-bit ones only, as old devices have. */
    NARROW,
  }

  private final Vendor vendor;
  private final String name;
  private final Counters counters;
  private final List<SimulatedInterface> interfaces;
  private final Mib mib;

  private GeneratedDevice(
      Vendor vendor, String name, Counters counters, List<SimulatedInterface> interfaces) {
    this.vendor = vendor;
    this.name = name;
    this.counters = counters;
    this.interfaces = List.copyOf(interfaces);
    InterfaceTables tables = new InterfaceTables(vendor, name, this.interfaces, counters);
    this.mib = Mib.of(system(), tables.ifTable(), tables.ifXTable(), tables.dot3Stats());
  }

  /**
   * A device with steady traffic. Every seventh interface is down, every eleventh switched off; the
   * others carry 1 to 60 % of their speed.
   */
  public static GeneratedDevice of(Vendor vendor, String name, int interfaces) {
    Random random = new Random(name.hashCode());
    List<SimulatedInterface> made = new ArrayList<>(interfaces);
    for (int number = 1; number <= interfaces; number++) {
      boolean adminUp = number % 11 != 0;
      boolean up = adminUp && number % 7 != 0;
      double most = vendor.speed(number) / 8.0;
      Traffic traffic =
          up
              ? Traffic.steady(
                  Math.rint(most * random.nextDouble(0.01, 0.6)),
                  Math.rint(most * random.nextDouble(0.01, 0.6)))
              : Traffic.none();
      made.add(
          new SimulatedInterface(
              number,
              vendor.ifDescr(number),
              vendor.ifName(number),
              number % 3 == 0 ? "" : "to rack " + (number + 1) / 2,
              vendor.ifType(number),
              vendor.speed(number),
              adminUp,
              up,
              traffic));
    }
    return new GeneratedDevice(vendor, name, Counters.WIDE, made);
  }

  /** The same device with other counters. */
  public GeneratedDevice counters(Counters other) {
    return new GeneratedDevice(vendor, name, other, interfaces);
  }

  /** The same device with each interface changed. */
  public GeneratedDevice interfaces(UnaryOperator<SimulatedInterface> change) {
    return new GeneratedDevice(vendor, name, counters, interfaces.stream().map(change).toList());
  }

  /** The same device whose rates swing around their averages. */
  public GeneratedDevice waving(double wave, double waveSeconds) {
    return interfaces(i ->
        i.withTraffic(
            new Traffic(i.traffic().inOctets(), i.traffic().outOctets(), wave, waveSeconds)));
  }

  public String name() {
    return name;
  }

  public Vendor vendor() {
    return vendor;
  }

  public List<SimulatedInterface> interfaces() {
    return interfaces;
  }

  /** ifIndex of an interface while none has been exchanged. */
  public int ifIndex(SimulatedInterface of) {
    return vendor.ifIndex(of.number());
  }

  private Mib system() {
    TreeMap<ObjectId, SortedMib.Cell> scalars = new TreeMap<>();
    ObjectId group = ObjectId.parse("1.3.6.1.2.1.1");
    scalars.put(group.append(1, 0), _ -> Value.text(vendor.sysDescr()));
    scalars.put(group.append(2, 0), _ -> Value.objectId(vendor.sysObjectId()));
    scalars.put(group.append(3, 0), moment -> Value.timeTicks(moment.centisUp()));
    scalars.put(group.append(4, 0), _ -> Value.text("noc@example.net"));
    scalars.put(group.append(5, 0), _ -> Value.text(name));
    scalars.put(group.append(6, 0), _ -> Value.text("simulated"));
    scalars.put(group.append(7, 0), _ -> Value.integer(6));
    scalars.put(ObjectId.parse("1.3.6.1.2.1.2.1.0"), _ -> Value.integer(interfaces.size()));
    scalars.put(ObjectId.parse("1.3.6.1.2.1.31.1.5.0"), _ -> Value.timeTicks(0));
    return new SortedMib(scalars);
  }

  @Override
  public Value get(ObjectId oid, Moment moment) {
    return mib.get(oid, moment);
  }

  @Override
  public Optional<Varbind> next(ObjectId oid, Moment moment) {
    return mib.next(oid, moment);
  }
}
