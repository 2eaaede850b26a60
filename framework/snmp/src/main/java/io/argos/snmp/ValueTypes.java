package io.argos.snmp;

import org.jspecify.annotations.Nullable;

/**
 * Which type a tag says (RFC 3416 section 3); by table, since every value of a poll is looked up.
 */
final class ValueTypes {
  private static final @Nullable SnmpType[] TYPES = types();

  private ValueTypes() {}

  /** The type of a tag, or null when SNMP has none. */
  static @Nullable SnmpType of(byte tag) {
    return TYPES[tag & 0xFF];
  }

  private static @Nullable SnmpType[] types() {
    @Nullable SnmpType[] types = new SnmpType[256];
    types[Ber.INTEGER] = SnmpType.INTEGER;
    types[Ber.OCTETS] = SnmpType.OCTETS;
    types[Ber.NSAP] = SnmpType.OCTETS;
    types[Ber.OID] = SnmpType.OID;
    types[Ber.IP_ADDRESS] = SnmpType.IP_ADDRESS;
    types[Ber.COUNTER32] = SnmpType.COUNTER32;
    types[Ber.GAUGE32] = SnmpType.GAUGE32;
    types[Ber.UNSIGNED32] = SnmpType.GAUGE32;
    types[Ber.TIME_TICKS] = SnmpType.TIME_TICKS;
    types[Ber.OPAQUE] = SnmpType.OPAQUE;
    types[Ber.COUNTER64] = SnmpType.COUNTER64;
    types[Ber.NULL] = SnmpType.ABSENT;
    types[Ber.NO_SUCH_OBJECT] = SnmpType.ABSENT;
    types[Ber.NO_SUCH_INSTANCE] = SnmpType.ABSENT;
    types[Ber.END_OF_MIB_VIEW] = SnmpType.ABSENT;
    return types;
  }
}
