package io.argos.snmp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Messages of v1 and v2c: a version and a community before the PDU (RFC 1157, RFC 1901). */
final class CommunityTransport implements PduTransport {
  private static final int VERSION_1 = 0;
  private static final int VERSION_2C = 1;
  private final UdpSockets sockets;

  CommunityTransport(UdpSockets sockets) {
    this.sockets = sockets;
  }

  /** The version field of the messages of a credential. */
  static int versionOf(SnmpCredential credential) {
    return credential instanceof SnmpCredential.V1 ? VERSION_1 : VERSION_2C;
  }

  @Override
  public boolean send(Request request, BerWriter pdu) throws IOException {
    SnmpTarget target = request.exchange().target();
    pdu.octets(Ber.OCTETS, communityOf(target.credential()));
    pdu.integer(versionOf(target.credential()));
    pdu.wrap(Ber.SEQUENCE, BerWriter.CAPACITY);
    return sockets.send(pdu.buffer(), pdu.start(), pdu.length(), target.address());
  }

  private static byte[] communityOf(SnmpCredential credential) {
    return switch (credential) {
      case SnmpCredential.V1(var secret) -> octets(secret.field("community").orElse(""));
      case SnmpCredential.V2c(var secret) -> octets(secret.field("community").orElse(""));
      case SnmpCredential.V3 v3 ->
          throw new IllegalArgumentException("'" + v3.name() + "' is no community");
    };
  }

  private static byte[] octets(String community) {
    return community.getBytes(StandardCharsets.UTF_8);
  }
}
