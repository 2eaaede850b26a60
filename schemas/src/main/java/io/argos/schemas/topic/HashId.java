package io.argos.schemas.topic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Deterministic ids of runs, jobs and events: the first 128 bits of SHA-256, in hex. */
public final class HashId {
  private static final int BYTES = 16;
  private static final HexFormat HEX = HexFormat.of();

  private HashId() {}

  /**
   * The id of a sequence of texts; each is preceded by its length, so that no two sequences meet.
   */
  public static String of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return HEX.formatHex(digest.digest(), 0, BYTES);
  }

  /** The id of some bytes. */
  public static String of(byte[] content) {
    return HEX.formatHex(sha256().digest(content), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
