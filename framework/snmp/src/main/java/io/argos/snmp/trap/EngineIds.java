package io.argos.snmp.trap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BER.MutableByte;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.smi.OctetString;

/** Engine ids of SNMPv3 (RFC 3411): ours, and that which a message names. */
final class EngineIds {
  /** The enterprise of SNMP4J, whose engine it is, with the mark of the fourth format and on. */
  private static final byte[] ENTERPRISE = {(byte) 0x80, 0, 0x13, 0x70};

  /** Octets that only their maker understands. */
  private static final byte OCTETS = 5;

  private static final int RANDOM = 12;
  private static final int VERSION_3 = 3;
  private static final long BOOTS_FROM = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();

  private EngineIds() {}

  /** An id that is the same after each start, and another for each place. */
  static OctetString of(String place) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
      byte[] id = Arrays.copyOf(ENTERPRISE, ENTERPRISE.length + 1 + RANDOM);
      id[ENTERPRISE.length] = OCTETS;
      System.arraycopy(hash, 0, id, ENTERPRISE.length + 1, RANDOM);
      return new OctetString(id);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * A count of boots that is higher after each start without being kept anywhere (RFC 3414 2.2):
   * the seconds since 2020, which last until 2088.
   */
  static int boots(Instant now) {
    return (int) (now.getEpochSecond() - BOOTS_FROM);
  }

  /**
   * The authoritative engine that a message of v3 names, before anything of it is proved; empty for
   * other versions.
   *
   * @throws IOException when it is no SNMP message
   */
  static Optional<OctetString> named(byte[] message) throws IOException {
    BERInputStream in = new BERInputStream(ByteBuffer.wrap(message));
    MutableByte type = new MutableByte();
    BER.decodeHeader(in, type);
    if (BER.decodeInteger(in, type) != VERSION_3) {
      return Optional.empty();
    }
    long header = BER.decodeHeader(in, type);
    if (in.skip(header) != header) {
      throw new IOException("the header ends early");
    }
    byte[] parameters = BER.decodeString(in, type);
    BERInputStream inner = new BERInputStream(ByteBuffer.wrap(parameters));
    BER.decodeHeader(inner, type);
    return Optional.of(new OctetString(BER.decodeString(inner, type)));
  }
}
