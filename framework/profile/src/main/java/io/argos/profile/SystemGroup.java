package io.argos.profile;

import io.argos.profile.format.Builtin;
import io.argos.profile.format.Conversion;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What every device says of itself.
 *
 * @param texts its texts by name: sysDescr, sysObjectID, sysName, sysLocation, engineId; those that
 *     it does not say are missing
 * @param uptimeCentis sysUpTime in hundredths of a second
 */
public record SystemGroup(Map<String, String> texts, OptionalLong uptimeCentis) {
  /** What to read. */
  public static final SnmpPlan PLAN =
      SnmpPlan.of(
          List.of(
              Builtin.SYS_UP_TIME,
              Builtin.SYS_DESCR,
              Builtin.SYS_OBJECT_ID,
              Builtin.SYS_NAME,
              Builtin.SYS_LOCATION,
              Builtin.ENGINE_ID),
          List.of());

  /** The plan of the cheapest question: whether anybody is there. */
  public static final SnmpPlan PROBE = SnmpPlan.of(List.of(Builtin.SYS_UP_TIME), List.of());

  private static final Conversion TEXT = new Conversion(Conversion.Kind.TEXT, Map.of());
  private static final Conversion HEX = new Conversion(Conversion.Kind.HEX, Map.of());

  public SystemGroup {
    texts = Map.copyOf(texts);
  }

  /** What a reply to {@link #PLAN} says. */
  public static SystemGroup of(SnmpReply reply) {
    Map<String, String> texts = new LinkedHashMap<>();
    put(texts, "sysDescr", reply, Builtin.SYS_DESCR, TEXT);
    put(texts, "sysObjectID", reply, Builtin.SYS_OBJECT_ID, TEXT);
    put(texts, "sysName", reply, Builtin.SYS_NAME, TEXT);
    put(texts, "sysLocation", reply, Builtin.SYS_LOCATION, TEXT);
    put(texts, "engineId", reply, Builtin.ENGINE_ID, HEX);
    return new SystemGroup(texts, uptime(reply));
  }

  private static void put(
      Map<String, String> texts, String name, SnmpReply reply, Oid oid, Conversion conversion) {
    SnmpColumn column = reply.values().get(oid);
    if (column != null && column.size() > 0 && column.types()[0] != SnmpType.ABSENT) {
      String text = SnmpValues.text(column, 0, conversion);
      if (!text.isEmpty()) {
        texts.put(name, text);
      }
    }
  }

  /** sysUpTime in a reply. */
  public static OptionalLong uptime(SnmpReply reply) {
    return ticks(reply, Builtin.SYS_UP_TIME);
  }

  /** A scalar in hundredths of a second. */
  static OptionalLong ticks(SnmpReply reply, Oid oid) {
    SnmpColumn column = reply.values().get(oid);
    if (column == null || column.size() == 0 || !column.types()[0].isNumber()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(column.numbers()[0]);
  }

  /** A text by name. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }
}
