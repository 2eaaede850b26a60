package io.argos.snmp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One reply, as positions into the octets it came in: reused for every reply of a loop, so that
 * decoding allocates nothing. Never throws anything but {@link MalformedReplyException} for bad
 * octets.
 */
final class PduReply {
  private byte[] octets = new byte[0];
  private int at;
  private int limit;
  private int version;
  private int type;
  private int requestId;
  private int errorStatus;
  private int errorIndex;
  private int count;
  private int[] oidAt = new int[64];
  private int[] oidEnd = new int[64];
  private int[] valueAt = new int[64];
  private int[] valueEnd = new int[64];
  private byte[] tags = new byte[64];

  /** Decodes a whole message of v1 or v2c. */
  void decodeMessage(byte[] message, int length) throws MalformedReplyException {
    open(message, 0, length);
    limit = enter(Ber.SEQUENCE);
    version = (int) integer();
    at = enter(Ber.OCTETS);
    decodeBody();
  }

  /** Decodes a PDU, which may come from a message of any version. */
  void decodePdu(byte[] pdu, int from, int to) throws MalformedReplyException {
    open(pdu, from, to);
    version = -1;
    decodeBody();
  }

  private void open(byte[] from, int start, int end) {
    octets = from;
    at = start;
    limit = end;
    count = 0;
  }

  private void decodeBody() throws MalformedReplyException {
    if (at >= limit) {
      throw MalformedReplyException.TRUNCATED;
    }
    type = octets[at] & 0xFF;
    if (type != Ber.RESPONSE && type != Ber.REPORT) {
      throw MalformedReplyException.TAG;
    }
    limit = enter(type);
    requestId = (int) integer();
    errorStatus = (int) integer();
    errorIndex = (int) integer();
    limit = enter(Ber.SEQUENCE);
    int end = limit;
    while (at < end) {
      if (count == tags.length) {
        grow();
      }
      if (!shortBinding(end)) {
        longBinding();
      }
    }
  }

  /**
   * Takes a binding whose lengths are all below 128, as nearly all are: one look for four headers.
   *
   * @return false when it is not of that form, and must be looked at more closely
   */
  private boolean shortBinding(int end) {
    byte[] from = octets;
    int start = at;
    if (end - start < 6
        || from[start] != Ber.SEQUENCE
        || from[start + 1] < 0
        || from[start + 2] != Ber.OID
        || from[start + 3] < 0) {
      return false;
    }
    int bindingEnd = start + 2 + from[start + 1];
    int nameEnd = start + 4 + from[start + 3];
    if (bindingEnd > end || nameEnd + 2 > bindingEnd || from[nameEnd + 1] < 0) {
      return false;
    }
    int contentEnd = nameEnd + 2 + from[nameEnd + 1];
    if (contentEnd > bindingEnd) {
      return false;
    }
    int binding = count++;
    oidAt[binding] = start + 4;
    oidEnd[binding] = nameEnd;
    tags[binding] = from[nameEnd];
    valueAt[binding] = nameEnd + 2;
    valueEnd[binding] = contentEnd;
    at = bindingEnd;
    return true;
  }

  private void longBinding() throws MalformedReplyException {
    int list = limit;
    int end = enter(Ber.SEQUENCE);
    limit = end;
    oidEnd[count] = enter(Ber.OID);
    oidAt[count] = at;
    at = oidEnd[count];
    if (at >= limit) {
      throw MalformedReplyException.TRUNCATED;
    }
    byte tag = octets[at];
    tags[count] = tag;
    valueEnd[count] = enter(tag & 0xFF);
    valueAt[count] = at;
    count++;
    at = end;
    limit = list;
  }

  /** Reads a header with the tag expected and gives the end of its content. */
  private int enter(int tag) throws MalformedReplyException {
    if (limit - at < 2) {
      throw MalformedReplyException.TRUNCATED;
    }
    if ((octets[at] & 0xFF) != tag) {
      throw MalformedReplyException.TAG;
    }
    int length = octets[at + 1];
    at += 2;
    if (length < 0) {
      int size = length & 0x7F;
      if (size == 0 || size > 4 || limit - at < size) {
        throw MalformedReplyException.LENGTH;
      }
      length = 0;
      for (int i = 0; i < size; i++) {
        length = length << 8 | (octets[at++] & 0xFF);
      }
    }
    if (length < 0 || length > limit - at) {
      throw MalformedReplyException.TRUNCATED;
    }
    return at + length;
  }

  private long integer() throws MalformedReplyException {
    int end = enter(Ber.INTEGER);
    long value = Ber.signed(octets, at, end);
    at = end;
    return value;
  }

  private void grow() {
    int size = count * 2;
    oidAt = Arrays.copyOf(oidAt, size);
    oidEnd = Arrays.copyOf(oidEnd, size);
    valueAt = Arrays.copyOf(valueAt, size);
    valueEnd = Arrays.copyOf(valueEnd, size);
    tags = Arrays.copyOf(tags, size);
  }

  /** The version field of the message, -1 where only the PDU was decoded. */
  int version() {
    return version;
  }

  boolean isReport() {
    return type == Ber.REPORT;
  }

  int requestId() {
    return requestId;
  }

  int errorStatus() {
    return errorStatus;
  }

  int errorIndex() {
    return errorIndex;
  }

  /** Count of variable bindings. */
  int count() {
    return count;
  }

  /** True when the oid of a binding is the given one. */
  boolean isOid(int binding, byte[] oid) {
    return Arrays.equals(octets, oidAt[binding], oidEnd[binding], oid, 0, oid.length);
  }

  /** True when the oid of a binding has the given one as its true prefix. */
  boolean isBelow(int binding, byte[] prefix) {
    int from = oidAt[binding];
    int end = from + prefix.length;
    return end < oidEnd[binding] && Arrays.equals(octets, from, end, prefix, 0, prefix.length);
  }

  /** The arcs of a binding's oid behind a prefix of so many octets. */
  int[] index(int binding, int prefixLength, RowCache cache) throws MalformedReplyException {
    return cache.index(octets, oidAt[binding] + prefixLength, oidEnd[binding]);
  }

  /** Count of octets of a binding's oid. */
  int oidLength(int binding) {
    return oidEnd[binding] - oidAt[binding];
  }

  /** Copies the octets of a binding's oid. */
  void copyOid(int binding, byte[] into) {
    System.arraycopy(octets, oidAt[binding], into, 0, oidLength(binding));
  }

  /** About how many octets a binding took, its own header included. */
  int bindingLength(int binding) {
    return valueEnd[binding] - oidAt[binding] + 4;
  }

  boolean isEndOfMibView(int binding) {
    return (tags[binding] & 0xFF) == Ber.END_OF_MIB_VIEW;
  }

  boolean isNull(int binding) {
    return tags[binding] == Ber.NULL;
  }

  SnmpType type(int binding) throws MalformedReplyException {
    SnmpType type = ValueTypes.of(tags[binding]);
    if (type == null) {
      throw MalformedReplyException.TAG;
    }
    return type;
  }

  /** The number of a binding whose type is a number. */
  long number(int binding, SnmpType type) throws MalformedReplyException {
    int from = valueAt[binding];
    int to = valueEnd[binding];
    if (type == SnmpType.INTEGER) {
      return Ber.signed(octets, from, to);
    }
    long value = Ber.unsigned(octets, from, to);
    // Agents are known to send these sign-extended: the low 32 bits are what was meant.
    return type == SnmpType.COUNTER64 ? value : value & 0xFFFF_FFFFL;
  }

  /** The octets of a binding whose type is no number; of an oid its dotted decimal. */
  byte[] octets(int binding, SnmpType type) throws MalformedReplyException {
    if (type != SnmpType.OID) {
      return Arrays.copyOfRange(octets, valueAt[binding], valueEnd[binding]);
    }
    return Ber.oidText(octets, valueAt[binding], valueEnd[binding])
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The oid of a binding, dotted. */
  String oidText(int binding) throws MalformedReplyException {
    return Ber.oidText(octets, oidAt[binding], oidEnd[binding]);
  }
}
