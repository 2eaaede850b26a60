package io.argos.deploy.capture;

import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * One value that a device gave.
 *
 * @param type its type
 * @param number its number, where it is one
 * @param octets its octets as characters, where it is none
 */
public record CapturedValue(SnmpType type, long number, String octets) {
  static CapturedValue of(SnmpColumn column, int row) {
    byte[] octets = column.octets()[row];
    return new CapturedValue(
        column.types()[row],
        column.numbers()[row],
        octets == null ? "" : new String(octets, StandardCharsets.ISO_8859_1));
  }

  static CapturedValue text(String octets) {
    return new CapturedValue(SnmpType.OCTETS, 0, octets);
  }

  /** True when it reads as text. */
  boolean isText() {
    return type == SnmpType.OCTETS && octets.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  /** The tag and value of a line of a recording. */
  String line() {
    return switch (type) {
      case INTEGER -> "2|" + number;
      case OCTETS -> isText() ? "4|" + octets : "4x|" + hex();
      case OID -> "6|" + octets;
      case IP_ADDRESS -> octets.length() == 4 ? "64|" + dotted() : "4x|" + hex();
      case COUNTER32 -> "65|" + number;
      case GAUGE32 -> "66|" + number;
      case TIME_TICKS -> "67|" + number;
      case OPAQUE -> "68x|" + hex();
      case COUNTER64 -> "70|" + Long.toUnsignedString(number);
      case ABSENT -> "5|";
    };
  }

  private String hex() {
    return HexFormat.of().formatHex(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String dotted() {
    return "%d.%d.%d.%d"
        .formatted(
            (int) octets.charAt(0),
            (int) octets.charAt(1),
            (int) octets.charAt(2),
            (int) octets.charAt(3));
  }
}
