package io.argos.snmp;

import java.util.Arrays;
import java.util.Random;

/** Changes packets as faulty devices and foul networks do, and worse. */
final class PacketMutator {
  /** Octets that mean something where they do not belong: tags, lengths, ends. */
  private static final int[] TELLING = {
    0x00, 0x01, 0x02, 0x04, 0x05, 0x06, 0x30, 0x40, 0x41, 0x42, 0x43, 0x44, 0x46, 0x7F, 0x80, 0x81,
    0x82, 0x83, 0x84, 0x88, 0xA0, 0xA2, 0xA8, 0xFE, 0xFF
  };

  private final Random random;

  PacketMutator(Random random) {
    this.random = random;
  }

  /** A copy with one to six changes. */
  byte[] mutated(byte[] packet) {
    byte[] copy = packet.clone();
    for (int changes = random.nextInt(6); changes >= 0; changes--) {
      copy = changed(copy);
    }
    return copy;
  }

  private byte[] changed(byte[] packet) {
    if (packet.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(packet.length);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> packet[at] ^= (byte) (1 << random.nextInt(8));
      case 3, 4 -> packet[at] = (byte) random.nextInt();
      case 5, 6 -> packet[at] = (byte) TELLING[random.nextInt(TELLING.length)];
      case 7 -> {
        return Arrays.copyOf(packet, random.nextInt(packet.length + 1));
      }
      case 8 -> {
        return moved(packet, at);
      }
      default ->
          Arrays.fill(
              packet,
              at,
              Math.min(packet.length, at + 1 + random.nextInt(16)),
              (byte) TELLING[random.nextInt(TELLING.length)]);
    }
    return packet;
  }

  /** A stretch repeated, or left out. */
  private byte[] moved(byte[] packet, int at) {
    int length = Math.min(1 + random.nextInt(40), packet.length - at);
    boolean repeated = random.nextBoolean();
    byte[] result = new byte[packet.length + (repeated ? length : -length)];
    System.arraycopy(packet, 0, result, 0, at);
    int tail = repeated ? at : at + length;
    if (repeated) {
      System.arraycopy(packet, at, result, at, length);
      System.arraycopy(packet, tail, result, at + length, packet.length - tail);
    } else {
      System.arraycopy(packet, tail, result, at, packet.length - tail);
    }
    return result;
  }
}
