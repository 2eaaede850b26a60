package io.argos.snmp;

/** Octets that are no SNMP reply. Has no stack trace: anybody can send garbage, at any rate. */
final class MalformedReplyException extends Exception {
  private static final long serialVersionUID = 1L;
  static final MalformedReplyException TRUNCATED =
      new MalformedReplyException("a value reaches beyond the end");
  static final MalformedReplyException LENGTH =
      new MalformedReplyException("a length is not definite or too long");
  static final MalformedReplyException NUMBER =
      new MalformedReplyException("a number has no octets or too many");
  static final MalformedReplyException TAG = new MalformedReplyException("a tag is out of place");
  static final MalformedReplyException LONG_OID =
      new MalformedReplyException("an oid has more than 128 arcs");
  static final MalformedReplyException PADDED_ARC =
      new MalformedReplyException("a sub-identifier begins with padding");
  static final MalformedReplyException OPEN_ARC =
      new MalformedReplyException("a sub-identifier does not end");
  static final MalformedReplyException WIDE_ARC =
      new MalformedReplyException("a sub-identifier has more than 32 bits");
  static final MalformedReplyException UNASKED =
      new MalformedReplyException("the reply is to another question");

  private MalformedReplyException(String message) {
    super(message, null, false, false);
  }
}
