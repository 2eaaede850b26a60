package io.argos.testing.ber;

/** Types of PDU that share one layout (RFC 3416, 3). The v1 trap is not among them. */
public enum PduType {
  GET(0xa0),
  GETNEXT(0xa1),
  RESPONSE(0xa2),
  SET(0xa3),
  GETBULK(0xa5),
  INFORM(0xa6),
  TRAP(0xa7),
  REPORT(0xa8);

  private final int tag;

  PduType(int tag) {
    this.tag = tag;
  }

  int tag() {
    return tag;
  }

  static PduType of(int tag) throws BerException {
    for (PduType type : values()) {
      if (type.tag == tag) {
        return type;
      }
    }
    throw new BerException("no PDU has the tag 0x" + Integer.toHexString(tag));
  }
}
