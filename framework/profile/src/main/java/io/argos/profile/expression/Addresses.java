package io.argos.profile.expression;

/** Texts of internet addresses, the same wherever the octets come from, so that they compare. */
public final class Addresses {
  private Addresses() {}

  /**
   * Four octets in dotted form, or sixteen as RFC 5952 has them; empty text for any other count.
   */
  public static String text(byte[] octets) {
    if (octets.length == 16) {
      return compressed(octets);
    }
    if (octets.length != 4) {
      return "";
    }
    return (octets[0] & 0xff)
        + "."
        + (octets[1] & 0xff)
        + "."
        + (octets[2] & 0xff)
        + "."
        + (octets[3] & 0xff);
  }

  private static String compressed(byte[] octets) {
    int[] words = new int[8];
    for (int i = 0; i < 8; i++) {
      words[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
    }
    int bestFrom = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int run = i;
      while (run < 8 && words[run] == 0) {
        run++;
      }
      if (run - i > bestLength) {
        bestFrom = i;
        bestLength = run - i;
      }
      i = Math.max(i, run - 1);
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == bestFrom) {
        text.append("::");
        i += bestLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(words[i]));
    }
    return text.toString();
  }
}
