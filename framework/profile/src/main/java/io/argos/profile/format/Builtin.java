package io.argos.profile.format;

import io.argos.profile.expression.Type;
import io.argos.snmp.Oid;
import java.util.LinkedHashMap;
import java.util.Map;

/** Scalars that every profile has, from the system group of SNMPv2-MIB. */
public final class Builtin {
  public static final Oid SYS_DESCR = Oid.parse("1.3.6.1.2.1.1.1.0");
  public static final Oid SYS_OBJECT_ID = Oid.parse("1.3.6.1.2.1.1.2.0");
  public static final Oid SYS_UP_TIME = Oid.parse("1.3.6.1.2.1.1.3.0");
  public static final Oid SYS_NAME = Oid.parse("1.3.6.1.2.1.1.5.0");
  public static final Oid SYS_LOCATION = Oid.parse("1.3.6.1.2.1.1.6.0");

  /** snmpEngineID of SNMP-FRAMEWORK-MIB. */
  public static final Oid ENGINE_ID = Oid.parse("1.3.6.1.6.3.10.2.1.1.0");

  /** Name of the pseudo column with a row's index. */
  public static final String INDEX = "index";

  /** Name of the scalar with the interval of polling in seconds; in groups only. */
  public static final String INTERVAL = "interval";

  private Builtin() {}

  /** Types of the scalars that are there from the start. */
  static Map<String, Type> scalars() {
    Map<String, Type> types = new LinkedHashMap<>();
    types.put("sysDescr", Type.TEXT);
    types.put("sysObjectID", Type.TEXT);
    types.put("sysName", Type.TEXT);
    types.put("sysLocation", Type.TEXT);
    return types;
  }
}
