package io.argos.deploy.capture;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces IPv4, IPv6 and MAC addresses by others, the same by the same. Addresses are held as
 * octets, one to a character; what is no device's own (any, loopback, broadcast, netmasks) stays.
 */
final class Addresses {
  private static final int IPV4 = 4;
  private static final int MAC = 6;
  private static final int IPV6 = 16;
  private static final int ZONE = 4;

  private static final Pattern IPV4_TEXT =
      Pattern.compile("(?<![\\d.])(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.])");

  /** Whatever may be one: it is looked at more closely when it is found. */
  private static final Pattern IPV6_TEXT =
      Pattern.compile("(?i)(?<![0-9a-z:])[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*(?![0-9a-z:])");

  private static final Pattern IPV6_GROUPS = Pattern.compile("(?:[0-9a-f]{1,4}|:)+");

  private static final Pattern MAC_TEXT =
      Pattern.compile(
          "(?i)(?<![0-9a-f:.-])(?:[0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}(?![0-9a-f:])"
              + "|(?<![0-9a-f.])(?:[0-9a-f]{4}\\.){2}[0-9a-f]{4}(?![0-9a-f.])");

  /** Columns with an IPv4 address in their index, told by no value that is one. */
  private static final Oid IP = Oid.parse("1.3.6.1.2.1.4");

  private static final Oid IEEE = Oid.parse("1.3.111");
  private static final Oid ENTERPRISES = Oid.parse("1.3.6.1.4.1");

  /** Columns with a MAC address in their index that no value need tell, and the place of it. */
  private static final Map<Oid, Integer> MAC_INDEXES =
      Map.of(
          Oid.parse("1.3.6.1.2.1.17.4.3.1"), 11, // dot1dTpFdbTable
          Oid.parse("1.3.6.1.2.1.17.5.1.1"), 11, // dot1dStaticTable
          Oid.parse("1.3.6.1.2.1.17.7.1.2.2.1"), 14, // dot1qTpFdbTable
          Oid.parse("1.3.6.1.2.1.17.7.1.2.3.1"), 14, // dot1qTpGroupTable
          Oid.parse("1.3.6.1.2.1.17.7.1.3.1.1"), 14, // dot1qStaticUnicastTable
          Oid.parse("1.3.6.1.2.1.17.7.1.3.2.1"), 14, // dot1qStaticMulticastTable
          Oid.parse("1.3.6.1.2.1.31.1.4.1"), 13); // ifRcvAddressTable

  private final Map<String, String> replaced = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private int ipv4;
  private int ipv6;
  private int mac;

  /** Takes note of the addresses in a value and in an index. */
  void learn(Oid oid, CapturedValue value) {
    if (value.type() == SnmpType.IP_ADDRESS) {
      known.add(value.octets());
    } else if (value.type() == SnmpType.OCTETS && !value.isText() && isAddress(value.octets())) {
      known.add(value.octets());
    }
  }

  private static boolean isAddress(String octets) {
    return octets.length() == IPV4 || octets.length() == MAC || octets.length() == IPV6;
  }

  /** What stands in the place of octets: themselves where they are no address. */
  String of(String octets) {
    if (!isAddress(octets) || isNobodys(octets)) {
      return octets;
    }
    return replaced.computeIfAbsent(
        octets,
        address ->
            switch (address.length()) {
              case IPV4 -> "\n" + counted(++ipv4, 3);
              case MAC -> "\2\0\0" + counted(++mac, 3);
              default -> "\u0020\1\r\u00b8\0\0\0\0\0\0\0\0\0" + counted(++ipv6, 3);
            });
  }

  /** The same of one with the number of its family before it; empty where it is none. */
  String ofFamily(String octets) {
    boolean isOne =
        (octets.length() == 1 + IPV4 && octets.charAt(0) == 1)
            || (octets.length() == 1 + IPV6 && octets.charAt(0) == 2);
    return isOne ? octets.charAt(0) + of(octets.substring(1)) : "";
  }

  private static String counted(int count, int octets) {
    StringBuilder text = new StringBuilder();
    for (int i = octets - 1; i >= 0; i--) {
      text.append((char) (count >>> (8 * i) & 0xff));
    }
    return text.toString();
  }

  private static boolean isNobodys(String octets) {
    char first = octets.charAt(0);
    boolean same = octets.chars().allMatch(octet -> octet == 0 || octet == 0xff);
    return same || (octets.length() == IPV4 && (first == 127 || first == 255 || first >= 224));
  }

  /** An oid with the addresses in its index replaced. */
  Oid inIndex(Oid oid) {
    int[] arcs = oid.toArray();
    boolean changed = false;
    // The first ten arcs name the object in all MIBs that matter; no address is among them.
    for (int at = 10; at < arcs.length; at++) {
      for (int length : new int[] {IPV6, MAC, IPV4}) {
        String octets = octets(arcs, at, length);
        if (!octets.isEmpty() && isTold(oid, arcs, at, octets)) {
          String other = of(octets);
          for (int i = 0; i < length; i++) {
            arcs[at + i] = other.charAt(i);
          }
          changed = true;
          at += length - 1;
          break;
        }
      }
    }
    return changed ? Oid.of(arcs) : oid;
  }

  /** An address in an index is one that a value tells, or says its own length, or is of IP-MIB. */
  private boolean isTold(Oid oid, int[] arcs, int at, String octets) {
    int length = octets.length();
    return (known.contains(octets) && !isNobodys(octets))
        || (hasLength(arcs, at, length) && !mayBeObject(oid, at, octets))
        || (length == MAC && isPlaceOfMac(oid, at))
        || (length == IPV4
            && oid.startsWith(IP)
            && arcs.length - at == IPV4
            && octets.charAt(0) != 0);
  }

  /** An InetAddress: its type, its length, its octets, and with some types its zone. */
  private static boolean hasLength(int[] arcs, int at, int length) {
    int type = arcs[at - 2];
    boolean isPlain =
        arcs[at - 1] == length && length != MAC && type >= 1 && type <= 4 && !hasZone(arcs, at);
    return isPlain
        || (length == IPV4 && type == 3 && arcs[at - 1] == length + ZONE)
        || (length == IPV6 && hasZone(arcs, at - 1));
  }

  /** True for the length of an IPv6 address with its zone, which may follow a column. */
  private static boolean hasZone(int[] arcs, int at) {
    return arcs[at] == IPV6 + ZONE && arcs[at - 1] == 4 && arcs.length - at > IPV6 + ZONE;
  }

  /** Small numbers among the first arcs are rather those of a table and its column. */
  private static boolean mayBeObject(Oid oid, int at, String octets) {
    return (oid.startsWith(IEEE) && at < 13)
        || (oid.startsWith(ENTERPRISES) && at < 15 && octets.chars().allMatch(arc -> arc <= 20));
  }

  private static boolean isPlaceOfMac(Oid oid, int at) {
    return MAC_INDEXES.entrySet().stream()
        .anyMatch(table -> table.getValue() == at && oid.startsWith(table.getKey()));
  }

  /** Some arcs as octets; empty where they are none. */
  static String octets(int[] arcs, int from, int length) {
    if (from + length > arcs.length) {
      return "";
    }
    StringBuilder octets = new StringBuilder(length);
    for (int i = from; i < from + length; i++) {
      if (arcs[i] < 0 || arcs[i] > 0xff) {
        return "";
      }
      octets.append((char) arcs[i]);
    }
    return octets.toString();
  }

  /** A text with the addresses in it replaced. */
  String inText(String text) {
    String result = MAC_TEXT.matcher(text).replaceAll(this::macText);
    result = IPV4_TEXT.matcher(result).replaceAll(this::ipv4Text);
    return IPV6_TEXT.matcher(result).replaceAll(this::ipv6Text);
  }

  private String macText(MatchResult found) {
    String digits = found.group();
    StringBuilder octets = new StringBuilder();
    if (digits.indexOf('.') > 0) {
      String plain = digits.replace(".", "");
      for (int i = 0; i < plain.length(); i += 2) {
        octets.append((char) Integer.parseInt(plain.substring(i, i + 2), 16));
      }
    } else {
      for (String part : digits.split("[:-]")) {
        octets.append((char) Integer.parseInt(part, 16));
      }
    }
    StringBuilder told = new StringBuilder();
    of(octets.toString())
        .chars()
        .forEach(octet ->
            told.append(told.isEmpty() ? "" : ":")
                .append(String.format(Locale.ROOT, "%02x", octet)));
    return told.toString();
  }

  private String ipv4Text(MatchResult found) {
    StringBuilder octets = new StringBuilder();
    for (int i = 1; i <= IPV4; i++) {
      int octet = Integer.parseInt(found.group(i));
      if (octet > 0xff) {
        return Matcher.quoteReplacement(found.group());
      }
      octets.append((char) octet);
    }
    StringBuilder told = new StringBuilder();
    of(octets.toString())
        .chars()
        .forEach(octet -> told.append(told.isEmpty() ? "" : ".").append(octet));
    return told.toString();
  }

  /** Its octets do not matter: nothing else in a capture is written like this. */
  private String ipv6Text(MatchResult found) {
    String text = found.group().toLowerCase(Locale.ROOT);
    boolean isWhole = text.split(":", -1).length == 8 || text.contains("::");
    // Neither :: nor ::1 tells where it is from, and a time of day has but two colons.
    boolean isSome = text.chars().filter(c -> c != ':').count() > 1;
    if (!isWhole || !isSome || !IPV6_GROUPS.matcher(text).matches()) {
      return Matcher.quoteReplacement(found.group());
    }
    return replaced.computeIfAbsent(text, _ -> "2001:db8::" + Integer.toHexString(++ipv6));
  }
}
