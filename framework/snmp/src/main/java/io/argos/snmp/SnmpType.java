package io.argos.snmp;

/** Types of SNMP values (RFC 2578, RFC 3416), and the exceptions in their place. */
public enum SnmpType {
  INTEGER(true),
  OCTETS(false),
  OID(false),
  IP_ADDRESS(false),
  COUNTER32(true),
  GAUGE32(true),
  TIME_TICKS(true),
  OPAQUE(false),
  COUNTER64(true),
  /** noSuchObject, noSuchInstance or, in v1, noSuchName: there is no value. */
  ABSENT(false);

  private final boolean number;

  SnmpType(boolean number) {
    this.number = number;
  }

  /** True for the types whose value is a number. */
  public boolean isNumber() {
    return number;
  }
}
