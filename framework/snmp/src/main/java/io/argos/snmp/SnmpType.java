package io.argos.snmp;

/** Types of SNMP values (RFC 2578, RFC 3416), and the exceptions in their place. */
public enum SnmpType {
  INTEGER,
  OCTETS,
  OID,
  IP_ADDRESS,
  COUNTER32,
  GAUGE32,
  TIME_TICKS,
  OPAQUE,
  COUNTER64,
  /** noSuchObject, noSuchInstance or, in v1, noSuchName: there is no value. */
  ABSENT;

  /** True for the types whose value is a number. */
  public boolean isNumber() {
    return switch (this) {
      case INTEGER, COUNTER32, GAUGE32, TIME_TICKS, COUNTER64 -> true;
      case OCTETS, OID, IP_ADDRESS, OPAQUE, ABSENT -> false;
    };
  }
}
