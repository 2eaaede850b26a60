package io.argos.testing.ber;

import java.util.ArrayList;
import java.util.List;

/**
 * An SNMPv1 or v2c message.
 *
 * @param version 0 for v1, 1 for v2c
 * @param community community, each char one octet
 * @param type type of the PDU
 * @param requestId request id
 * @param errorStatus error status; of a GETBULK the non-repeaters
 * @param errorIndex error index; of a GETBULK the max-repetitions
 * @param varbinds bindings in order
 */
public record Message(
    int version,
    String community,
    PduType type,
    int requestId,
    int errorStatus,
    int errorIndex,
    List<Varbind> varbinds) {
  public static final int V1 = 0;
  public static final int V2C = 1;

  private static final int SEQUENCE = 0x30;

  public Message {
    varbinds = List.copyOf(varbinds);
  }

  /** A request for values, whose bindings are null. */
  public static Message request(
      int version, String community, PduType type, int requestId, ObjectId... oids) {
    return new Message(version, community, type, requestId, 0, 0, asking(oids));
  }

  /** A GETBULK request. */
  public static Message bulk(
      String community, int requestId, int nonRepeaters, int maxRepetitions, ObjectId... oids) {
    return new Message(
        V2C, community, PduType.GETBULK, requestId, nonRepeaters, maxRepetitions, asking(oids));
  }

  private static List<Varbind> asking(ObjectId... oids) {
    List<Varbind> varbinds = new ArrayList<>(oids.length);
    for (ObjectId oid : oids) {
      varbinds.add(Varbind.ask(oid));
    }
    return varbinds;
  }

  /** The response to this message with the same id. */
  public Message respond(int status, int index, List<Varbind> bindings) {
    return new Message(version, community, PduType.RESPONSE, requestId, status, index, bindings);
  }

  /** This message under another request id. */
  public Message withRequestId(int id) {
    return new Message(version, community, type, id, errorStatus, errorIndex, varbinds);
  }

  /** The message as octets. */
  public byte[] encode() {
    BerWriter writer = new BerWriter(64 + 32 * varbinds.size());
    int end = writer.size();
    for (Varbind varbind : varbinds.reversed()) {
      int before = writer.size();
      writer.value(varbind.value());
      writer.objectId(varbind.oid());
      writer.wrap(SEQUENCE, before);
    }
    writer.wrap(SEQUENCE, end);
    writer.integer(Value.TAG_INTEGER, errorIndex);
    writer.integer(Value.TAG_INTEGER, errorStatus);
    writer.integer(Value.TAG_INTEGER, requestId);
    writer.wrap(type.tag(), end);
    writer.octets(Value.TAG_OCTETS, BerWriter.octetsOf(community));
    writer.integer(Value.TAG_INTEGER, version);
    writer.wrap(SEQUENCE, end);
    return writer.toArray();
  }

  /** Octets of one binding in a message. */
  public static int sizeOf(Varbind varbind) {
    return BerWriter.sizeWithHeader(
        BerWriter.sizeOf(varbind.value())
            + BerWriter.sizeWithHeader(BerWriter.contentSize(varbind.oid())));
  }

  /** Octets of this message, were its bindings to take the given octets. */
  public int sizeWith(int varbindOctets) {
    int pdu =
        BerWriter.sizeWithHeader(varbindOctets)
            + BerWriter.sizeOfInteger(requestId)
            + BerWriter.sizeOfInteger(errorStatus)
            + BerWriter.sizeOfInteger(errorIndex);
    return BerWriter.sizeWithHeader(
        BerWriter.sizeWithHeader(pdu)
            + BerWriter.sizeWithHeader(community.length())
            + BerWriter.sizeOfInteger(version));
  }

  /**
   * Reads a message.
   *
   * @throws BerException for whatever is not one v1 or v2c message from the first octet to the last
   */
  public static Message decode(byte[] octets, int offset, int length) throws BerException {
    BerReader datagram = new BerReader(octets, offset, offset + length);
    BerReader message = datagram.enter(SEQUENCE);
    datagram.expectEnd();
    int version = message.integer();
    if (version != V1 && version != V2C) {
      throw new BerException("version " + version + " is not v1 (0) or v2c (1)");
    }
    String community = message.text();
    PduType type = PduType.of(message.peekTag());
    BerReader pdu = message.enter(message.peekTag());
    message.expectEnd();
    int requestId = pdu.integer();
    int errorStatus = pdu.integer();
    int errorIndex = pdu.integer();
    BerReader list = pdu.enter(SEQUENCE);
    pdu.expectEnd();
    List<Varbind> varbinds = new ArrayList<>();
    while (!list.atEnd()) {
      BerReader varbind = list.enter(SEQUENCE);
      ObjectId oid = varbind.objectId();
      varbinds.add(new Varbind(oid, varbind.value()));
      varbind.expectEnd();
    }
    return new Message(version, community, type, requestId, errorStatus, errorIndex, varbinds);
  }

  /** Reads a message from all of an array. */
  public static Message decode(byte[] octets) throws BerException {
    return decode(octets, 0, octets.length);
  }
}
