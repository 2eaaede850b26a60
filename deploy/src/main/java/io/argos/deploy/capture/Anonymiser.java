package io.argos.deploy.capture;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
          "1.3.6.1.2.1.16.9.1.1.4", // eventCommunity
          "1.3.6.1.2.1.16.19.13", // trapDestTable
          "1.3.6.1.2.1.25.4.2.1.5", // hrSWRunParameters
          "1.3.6.1.2.1.47.1.2.1.1.4", // entLogicalCommunity
          "1.3.6.1.4.1.9.9.41.1.2.3", // clogHistoryTable
          "1.3.6.1.4.1.9.9.43.1.1.6", // ccmHistoryEventTable
          "1.3.6.1.4.1.2021.8", // extTable
          "1.3.6.1.4.1.8072.1.3"); // NET-SNMP-EXTEND-MIB

  /** snmpEngineID: most hold an address or a MAC address. */
  private static final Oid ENGINE_ID = Oid.parse("1.3.6.1.6.3.10.2.1.1");

  private static final String ENGINE = "\u0080\0\0\0\4argos";

  private static final List<Oid> SYSTEM_DESCRIPTIONS =
      oids("1.3.6.1.2.1.1.1", "1.0.8802.1.1.2.1.3.4", "1.3.111.2.802.1.1.13.1.3.4");

  /** Of LLDP, what tells a chassis and a port: an address has its family before it. */
  private static final List<Oid> NEIGHBOURS =
      oids(
          "1.0.8802.1.1.2.1.3.2",
          "1.0.8802.1.1.2.1.3.7.1.3",
          "1.0.8802.1.1.2.1.4.1.1.5",
          "1.0.8802.1.1.2.1.4.1.1.7",
          "1.3.111.2.802.1.1.13.1.3.2",
          "1.3.111.2.802.1.1.13.1.3.7.1.3",
          "1.3.111.2.802.1.1.13.1.4.1.1.6",
          "1.3.111.2.802.1.1.13.1.4.1.1.8");

  /** The agent of net-snmp tells what uname does: the name of the host comes second. */
  private static final Pattern UNAME = Pattern.compile("^(Linux|\\w+BSD|Darwin|SunOS) (\\S+) ");

  private final Addresses addresses = new Addresses();
  private final PrivateNames names = new PrivateNames();

  private static List<Oid> oids(String... texts) {
    return Arrays.stream(texts).map(Oid::parse).toList();
  }

  /** The same capture without what tells where it is from. */
  public TreeMap<Oid, CapturedValue> anonymise(TreeMap<Oid, CapturedValue> captured) {
    TreeMap<Oid, CapturedValue> kept = new TreeMap<>(captured);
    kept.keySet().removeIf(oid -> isBelow(LEFT_OUT, oid));
    kept.forEach(this::learn);
    TreeMap<Oid, CapturedValue> anonymous = new TreeMap<>();
    kept.forEach((oid, value) -> anonymous.put(inIndex(oid), replaced(oid, value)));
    return anonymous;
  }

  private static boolean isBelow(List<Oid> columns, Oid oid) {
    return columns.stream().anyMatch(oid::startsWith);
  }

  private void learn(Oid oid, CapturedValue value) {
    addresses.learn(oid, value);
    names.learn(oid, value);
    if (oid.startsWith(ENGINE_ID) && value.type() == SnmpType.OCTETS) {
      names.learn(value.octets(), ENGINE);
    }
  }

  private Oid inIndex(Oid oid) {
    return addresses.inIndex(IndexTexts.replaced(oid, this::text));
  }

  private CapturedValue replaced(Oid oid, CapturedValue value) {
    return switch (value.type()) {
      case IP_ADDRESS -> new CapturedValue(value.type(), 0, addresses.of(value.octets()));
      case OCTETS -> CapturedValue.text(octets(oid, value));
      // Pointers to rows hold the indexes of these.
      case OID -> new CapturedValue(value.type(), 0, pointer(value.octets()));
      case INTEGER, COUNTER32, GAUGE32, TIME_TICKS, OPAQUE, COUNTER64, ABSENT -> value;
    };
  }

  private String pointer(String oid) {
    return oid.isEmpty() ? oid : inIndex(Oid.parse(oid)).toString();
  }

  private String octets(Oid oid, CapturedValue value) {
    String octets = value.octets();
    if (oid.startsWith(ENGINE_ID)) {
      return ENGINE;
    }
    if (names.instead(octets).isEmpty() && !value.isText()) {
      String address = isBelow(NEIGHBOURS, oid) ? addresses.ofFamily(octets) : "";
      address = address.isEmpty() ? addresses.of(octets) : address;
      if (!address.equals(octets)) {
        return address;
      }
    }
    if (isBelow(SYSTEM_DESCRIPTIONS, oid)) {
      return UNAME.matcher(text(octets)).replaceFirst("$1 device ");
    }
    return text(octets);
  }

  /** Also of texts with several lines, or with letters beyond ASCII. */
  private String text(String octets) {
    String whole = names.instead(octets);
    return whole.isEmpty() ? addresses.inText(names.inText(octets)) : whole;
  }

  /** The lines of a recording. */
  public static byte[] lines(TreeMap<Oid, CapturedValue> values) {
    StringBuilder lines = new StringBuilder();
    values.forEach((oid, value) -> lines.append(oid).append('|').append(value.line()).append('\n'));
    return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
