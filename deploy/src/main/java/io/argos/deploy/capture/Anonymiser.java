package io.argos.deploy.capture;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Takes out of a capture who and where the device is: names, contacts, places, descriptions of
 * interfaces, neighbours, addresses, MAC addresses, serial numbers; and what belongs into no
 * recording: credentials, arguments and output of programs. The same is replaced by the same, in
 * values, in texts and in indexes, so that tables still join.
 */
public final class Anonymiser {
  /** Subtrees that are left out: they hold credentials, or whatever a program printed. */
  private static final List<Oid> LEFT_OUT =
      oids(
          "1.3.6.1.6.3.12", // SNMP-TARGET-MIB
          "1.3.6.1.6.3.13", // SNMP-NOTIFICATION-MIB
          "1.3.6.1.6.3.15", // SNMP-USER-BASED-SM-MIB
          "1.3.6.1.6.3.16", // SNMP-VIEW-BASED-ACM-MIB
          "1.3.6.1.6.3.18", // SNMP-COMMUNITY-MIB
          "1.3.6.1.2.1.25.4.2.1.5", // hrSWRunParameters
          "1.3.6.1.4.1.2021.8", // extTable
          "1.3.6.1.4.1.8072.1.3"); // NET-SNMP-EXTEND-MIB

  /** Columns whose texts are names of their kind. */
  private static final Map<Oid, String> NAMED =
      Map.ofEntries(
          Map.entry(Oid.parse("1.3.6.1.2.1.1.4"), "contact"),
          Map.entry(Oid.parse("1.3.6.1.2.1.1.5"), "device"),
          Map.entry(Oid.parse("1.3.6.1.2.1.1.6"), "location"),
          Map.entry(Oid.parse("1.3.6.1.2.1.31.1.1.1.18"), "alias"),
          Map.entry(Oid.parse("1.3.6.1.2.1.47.1.1.1.1.11"), "serial"),
          Map.entry(Oid.parse("1.3.6.1.2.1.47.1.1.1.1.14"), "name"),
          Map.entry(Oid.parse("1.3.6.1.2.1.47.1.1.1.1.15"), "asset"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.3.3"), "device"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.4.1.1.9"), "neighbour"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.4.1.1.8"), "port"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.4.1.1.10"), "description"),
          Map.entry(Oid.parse("1.3.6.1.4.1.9.9.23.1.2.1.1.6"), "neighbour"),
          Map.entry(Oid.parse("1.3.6.1.4.1.9.3.6.3"), "serial"),
          Map.entry(Oid.parse("1.3.6.1.4.1.9.5.1.2.19"), "serial"),
          Map.entry(Oid.parse("1.3.6.1.4.1.2636.3.1.3"), "serial"),
          Map.entry(Oid.parse("1.3.6.1.4.1.2636.3.1.8.1.7"), "serial"),
          Map.entry(Oid.parse("1.3.6.1.4.1.14823.2.2.1.2.1.29"), "serial"));

  /** snmpEngineID: most hold an address or a MAC address. */
  private static final Oid ENGINE_ID = Oid.parse("1.3.6.1.6.3.10.2.1.1");

  private static final Oid SYS_DESCR = Oid.parse("1.3.6.1.2.1.1.1.0");

  /** The agent of net-snmp tells what uname does: the name of the host comes second. */
  private static final Pattern UNAME = Pattern.compile("^(Linux|\\w+BSD|Darwin|SunOS) (\\S+) ");

  private final Addresses addresses = new Addresses();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  private static List<Oid> oids(String... texts) {
    return Arrays.stream(texts).map(Oid::parse).toList();
  }

  /** The same capture without what tells where it is from. */
  public TreeMap<Oid, CapturedValue> anonymise(TreeMap<Oid, CapturedValue> captured) {
    TreeMap<Oid, CapturedValue> kept = new TreeMap<>(captured);
    kept.keySet().removeIf(oid -> LEFT_OUT.stream().anyMatch(oid::startsWith));
    kept.forEach(this::learn);
    TreeMap<Oid, CapturedValue> anonymous = new TreeMap<>();
    kept.forEach((oid, value) -> anonymous.put(addresses.inIndex(oid), replaced(oid, value)));
    return anonymous;
  }

  private void learn(Oid oid, CapturedValue value) {
    addresses.learn(oid, value);
    String kind = kindOf(oid);
    if (!kind.isEmpty() && value.isText() && !value.octets().isBlank()) {
      String name = value.octets();
      names.computeIfAbsent(name, _ -> kind + "-" + counts.merge(kind, 1, Integer::sum));
      int dot = name.indexOf('.');
      if (kind.equals("device") && dot > 2) {
        // Other tables name the device without its domain, or the domain alone.
        names.putIfAbsent(name.substring(0, dot), names.get(name));
        names.putIfAbsent(name.substring(dot + 1), "example.org");
      }
    }
  }

  private static String kindOf(Oid oid) {
    // No column of these is an ancestor of another.
    for (Map.Entry<Oid, String> named : NAMED.entrySet()) {
      if (oid.startsWith(named.getKey())) {
        return named.getValue();
      }
    }
    return "";
  }

  private CapturedValue replaced(Oid oid, CapturedValue value) {
    if (oid.startsWith(ENGINE_ID)) {
      return value.type() == SnmpType.OCTETS ? CapturedValue.text("\u0080\0\0\0\4argos") : value;
    }
    if (value.type() == SnmpType.IP_ADDRESS) {
      return new CapturedValue(value.type(), 0, addresses.of(value.octets()));
    }
    if (value.type() != SnmpType.OCTETS) {
      return value;
    }
    if (!value.isText()) {
      return CapturedValue.text(addresses.of(value.octets()));
    }
    if (oid.equals(SYS_DESCR)) {
      return CapturedValue.text(UNAME.matcher(text(value.octets())).replaceFirst("$1 device "));
    }
    String whole = names.get(value.octets());
    return CapturedValue.text(whole == null ? text(value.octets()) : whole);
  }

  /**
   * Names of some length are replaced within longer texts; a short one is likely part of a word.
   */
  private String text(String text) {
    String result = text;
    for (Map.Entry<String, String> name :
        names.entrySet().stream()
            .filter(entry -> entry.getKey().length() > 3)
            .sorted((a, b) -> b.getKey().length() - a.getKey().length())
            .toList()) {
      result = result.replace(name.getKey(), name.getValue());
    }
    return addresses.inText(result);
  }

  /** The lines of a recording. */
  public static byte[] lines(TreeMap<Oid, CapturedValue> values) {
    StringBuilder lines = new StringBuilder();
    values.forEach((oid, value) -> lines.append(oid).append('|').append(value.line()).append('\n'));
    return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
