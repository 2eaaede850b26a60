package io.argos.snmp.trap;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * One varbind of a trap. The octets are shared: readers must not write to them.
 *
 * @param oid the object with its instance
 * @param type type of the value
 * @param number value of a number: INTEGER sign-extended, the others as unsigned patterns; 0
 *     elsewhere
 * @param octets value that is no number, an OID in dotted form in ASCII; empty elsewhere
 */
public record TrapVarbind(Oid oid, SnmpType type, long number, byte[] octets) {

  /** The value as a column of one row. */
  public SnmpColumn column() {
    return new SnmpColumn(
        oid,
        new int[][] {{}},
        new SnmpType[] {type},
        new long[] {number},
        new byte[][] {octets},
        true);
  }

  /** The value for a reader: text where the octets are text, otherwise hexadecimal digits. */
  public String text() {
    return switch (type) {
      case COUNTER64 -> Long.toUnsignedString(number);
      case INTEGER, COUNTER32, GAUGE32, TIME_TICKS -> Long.toString(number);
      case IP_ADDRESS -> address();
      case OCTETS, OPAQUE, OID -> readable();
      case ABSENT -> "";
    };
  }

  private String address() {
    StringBuilder text = new StringBuilder(15);
    for (byte octet : octets) {
      text.append(text.isEmpty() ? "" : ".").append(octet & 0xff);
    }
    return text.toString();
  }

  private String readable() {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      if (text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t')) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Octets that are no text are shown as what they are.
    }
    return "0x" + HexFormat.of().formatHex(octets);
  }
}
