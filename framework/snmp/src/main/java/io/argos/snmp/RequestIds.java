package io.argos.snmp;

import java.security.SecureRandom;

/**
 * Request ids that nobody can guess: the id is what protects v1 and v2c from a forged answer. Drawn
 * in blocks, since one draw costs more than one request. Belongs to one thread.
 */
final class RequestIds {
  private final SecureRandom random = new SecureRandom();
  private final byte[] block = new byte[4096];
  private int at = block.length;

  /** A positive id: some agents do not send back a negative one as it was. */
  int next() {
    int id;
    do {
      if (at == block.length) {
        random.nextBytes(block);
        at = 0;
      }
      id =
          (block[at] & 0x7F) << 24
              | (block[at + 1] & 0xFF) << 16
              | (block[at + 2] & 0xFF) << 8
              | (block[at + 3] & 0xFF);
      at += 4;
    } while (id == 0);
    return id;
  }
}
