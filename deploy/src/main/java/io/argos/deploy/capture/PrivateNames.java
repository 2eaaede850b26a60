package io.argos.deploy.capture;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a capture tells, and what stands in their place. Case does not matter: one device
 * is written in capitals here and without them there.
 */
final class PrivateNames {
  /** Shorter ones are likely part of a word, and stay within longer texts. */
  private static final int LEAST_WITHIN = 4;

  /** Columns whose texts are names of their kind. */
  private static final Map<Oid, String> NAMED =
      Map.ofEntries(
          Map.entry(Oid.parse("1.3.6.1.2.1.1.4"), "contact"),
          Map.entry(Oid.parse("1.3.6.1.2.1.1.5"), "device"),
          Map.entry(Oid.parse("1.3.6.1.2.1.1.6"), "location"),
          Map.entry(Oid.parse("1.3.6.1.2.1.16.1.1.1.20"), "owner"), // RMON-MIB, and the next
          Map.entry(Oid.parse("1.3.6.1.2.1.16.2.1.1.6"), "owner"),
          Map.entry(Oid.parse("1.3.6.1.2.1.16.3.1.1.11"), "owner"),
          Map.entry(Oid.parse("1.3.6.1.2.1.16.9.1.1.6"), "owner"),
          Map.entry(Oid.parse("1.3.6.1.2.1.25.3.8.1.3"), "remote"), // hrFSRemoteMountPoint
          Map.entry(Oid.parse("1.3.6.1.2.1.31.1.1.1.18"), "alias"),
          Map.entry(Oid.parse("1.3.6.1.2.1.33.1.1.5"), "name"), // upsIdentName
          Map.entry(Oid.parse("1.3.6.1.2.1.33.1.1.6"), "attached"),
          Map.entry(Oid.parse("1.3.6.1.2.1.47.1.1.1.1.11"), "serial"),
          Map.entry(Oid.parse("1.3.6.1.2.1.47.1.1.1.1.14"), "name"),
          Map.entry(Oid.parse("1.3.6.1.2.1.47.1.1.1.1.15"), "asset"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.3.2"), "chassis"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.3.3"), "device"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.4.1.1.5"), "chassis"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.4.1.1.9"), "neighbour"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.4.1.1.8"), "port"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.4.1.1.10"), "description"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.5.4795.1.2.5"), "serial"), // LLDP-EXT-MED-MIB
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.5.4795.1.2.8"), "asset"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.5.4795.1.3.3.1.4"), "serial"),
          Map.entry(Oid.parse("1.0.8802.1.1.2.1.5.4795.1.3.3.1.7"), "asset"),
          Map.entry(Oid.parse("1.3.111.2.802.1.1.13.1.3.2"), "chassis"), // LLDP-V2-MIB
          Map.entry(Oid.parse("1.3.111.2.802.1.1.13.1.3.3"), "device"),
          Map.entry(Oid.parse("1.3.111.2.802.1.1.13.1.4.1.1.6"), "chassis"),
          Map.entry(Oid.parse("1.3.111.2.802.1.1.13.1.4.1.1.9"), "port"),
          Map.entry(Oid.parse("1.3.111.2.802.1.1.13.1.4.1.1.10"), "neighbour"),
          Map.entry(Oid.parse("1.3.111.2.802.1.1.13.1.4.1.1.11"), "description"),
          Map.entry(Oid.parse("1.3.6.1.4.1.9.9.23.1.2.1.1.6"), "neighbour"),
          Map.entry(Oid.parse("1.3.6.1.4.1.9.9.23.1.2.1.1.10"), "domain"),
          Map.entry(Oid.parse("1.3.6.1.4.1.9.9.23.1.2.1.1.17"), "neighbour"),
          Map.entry(Oid.parse("1.3.6.1.4.1.9.9.23.1.2.1.1.23"), "location"),
          Map.entry(Oid.parse("1.3.6.1.4.1.9.9.23.1.3.4"), "device"),
          Map.entry(Oid.parse("1.3.6.1.4.1.9.3.6.3"), "serial"),
          Map.entry(Oid.parse("1.3.6.1.4.1.9.5.1.2.19"), "serial"),
          Map.entry(Oid.parse("1.3.6.1.4.1.2636.3.1.3"), "serial"),
          Map.entry(Oid.parse("1.3.6.1.4.1.2636.3.1.8.1.7"), "serial"),
          Map.entry(Oid.parse("1.3.6.1.4.1.14823.2.2.1.2.1.29"), "serial"));

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<String> longest = new ArrayList<>();

  /** Takes note of the name in a value, if its column holds names. */
  void learn(Oid oid, CapturedValue value) {
    String kind = kindOf(oid);
    String name = plain(value.octets());
    // What tells a chassis is an address as often as a name.
    boolean isAddress = kind.equals("chassis") && !value.isText();
    if (kind.isEmpty() || value.type() != SnmpType.OCTETS || isAddress || name.isEmpty()) {
      return;
    }
    names.computeIfAbsent(name, _ -> kind + "-" + counts.merge(kind, 1, Integer::sum));
    int dot = name.indexOf('.');
    if (kind.equals("device") && dot > 2) {
      // Other tables name the device without its domain, or the domain alone.
      learn(name.substring(0, dot), names.get(name));
      learn(name.substring(dot + 1), "example.org");
    }
  }

  /** Takes note of a name that is found elsewhere. */
  void learn(String name, String instead) {
    names.putIfAbsent(plain(name), instead);
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

  /** As names are compared: without the line ends and zeros that agents leave at the end. */
  private static String plain(String octets) {
    int end = octets.length();
    while (end > 0 && octets.charAt(end - 1) <= ' ') {
      end--;
    }
    return octets.substring(0, end).strip().toLowerCase(Locale.ROOT);
  }

  /** What stands in the place of a text that is a name; empty where it is none. */
  String instead(String octets) {
    return names.getOrDefault(plain(octets), "");
  }

  /** A text with the names in it replaced, the longest first. Ends the learning. */
  String inText(String text) {
    if (longest.isEmpty()) {
      names.keySet().stream()
          .filter(name -> name.length() >= LEAST_WITHIN)
          .sorted((a, b) -> b.length() - a.length())
          .forEach(longest::add);
    }
    String result = text;
    String lower = text.toLowerCase(Locale.ROOT);
    for (String name : longest) {
      if (lower.contains(name)) {
        result =
            Pattern.compile(Pattern.quote(name), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(result)
                .replaceAll(Matcher.quoteReplacement(names.getOrDefault(name, "")));
        lower = result.toLowerCase(Locale.ROOT);
      }
    }
    return result;
  }
}
