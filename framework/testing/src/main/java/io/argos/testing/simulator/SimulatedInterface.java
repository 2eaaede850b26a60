package io.argos.testing.simulator;

/**
 * An interface of a generated device.
 *
 * @param number from 1, in the order of the device
 * @param description ifDescr
 * @param name ifName
 * @param alias ifAlias
 * @param type ifType
 * @param speed bits per second
 * @param adminUp whether it is switched on
 * @param up whether it is in operation
 * @param traffic what moves its counters
 */
public record SimulatedInterface(
    int number,
    String description,
    String name,
    String alias,
    int type,
    long speed,
    boolean adminUp,
    boolean up,
    Traffic traffic) {
  /** Type number of Ethernet (IANAifType-MIB). */
  static final int ETHERNET = 6;

  /** The same interface with other traffic. */
  public SimulatedInterface withTraffic(Traffic other) {
    return new SimulatedInterface(
        number, description, name, alias, type, speed, adminUp, up, other);
  }
}
