package io.argos.discovery.plugin.subnet;

import java.util.Map;

/** Vendors by the enterprise number in sysObjectID (IANA's private enterprise numbers). */
final class Enterprises {
  private static final String PREFIX = "1.3.6.1.4.1.";

  private static final Map<String, String> VENDORS =
      Map.ofEntries(
          Map.entry("9", "cisco"),
          Map.entry("11", "hp"),
          Map.entry("43", "3com"),
          Map.entry("171", "d-link"),
          Map.entry("207", "allied-telesis"),
          Map.entry("311", "microsoft"),
          Map.entry("318", "apc"),
          Map.entry("534", "eaton"),
          Map.entry("674", "dell"),
          Map.entry("789", "netapp"),
          Map.entry("890", "zyxel"),
          Map.entry("1271", "ciena"),
          Map.entry("1588", "brocade"),
          Map.entry("1916", "extreme"),
          Map.entry("1991", "foundry"),
          Map.entry("2011", "huawei"),
          Map.entry("2021", "net-snmp"),
          Map.entry("2636", "juniper"),
          Map.entry("3375", "f5"),
          Map.entry("4526", "netgear"),
          Map.entry("6027", "force10"),
          Map.entry("6486", "alcatel-lucent"),
          Map.entry("6527", "nokia"),
          Map.entry("6876", "vmware"),
          Map.entry("8072", "net-snmp"),
          Map.entry("12356", "fortinet"),
          Map.entry("14823", "aruba"),
          Map.entry("14988", "mikrotik"),
          Map.entry("25461", "palo-alto"),
          Map.entry("25506", "h3c"),
          Map.entry("30065", "arista"),
          Map.entry("33049", "mellanox"),
          Map.entry("40310", "cumulus"),
          Map.entry("41112", "ubiquiti"),
          Map.entry("47196", "aruba-cx"));

  private Enterprises() {}

  /** The vendor of a sysObjectID; {@code unknown} where the table has none. */
  static String vendorOf(String objectId) {
    if (!objectId.startsWith(PREFIX)) {
      return "unknown";
    }
    String number = objectId.substring(PREFIX.length()).split("\\.", 2)[0];
    return VENDORS.getOrDefault(number, "unknown");
  }
}
