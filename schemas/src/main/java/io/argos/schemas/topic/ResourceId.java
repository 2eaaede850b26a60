package io.argos.schemas.topic;

import java.util.Locale;

/**
 * The id of a resource: {@code <site>/<name>}. Control characters, {@code |} (the separator of
 * composite keys) and {@code %} are percent-encoded, in the site {@code /} as well, so that two
 * resources never share an id.
 */
public final class ResourceId {
  private ResourceId() {}

  /**
   * The id of a resource.
   *
   * @throws IllegalArgumentException when site or name is empty
   */
  public static String of(String site, String name) {
    if (site.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException(
          "a resource needs a site and a name, not '" + site + "' and '" + name + "'");
    }
    return encode(site, true) + '/' + encode(name, false);
  }

  /** Site of a resource id, decoded; empty for a text that is no resource id. */
  public static String siteOf(String id) {
    int slash = id.indexOf('/');
    return slash < 0 ? "" : decode(id.substring(0, slash));
  }

  /** Name of a resource id, decoded; the text itself when it is no resource id. */
  public static String nameOf(String id) {
    return decode(id.substring(id.indexOf('/') + 1));
  }

  private static String encode(String text, boolean slash) {
    StringBuilder encoded = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f || c == '|' || c == '%' || (slash && c == '/')) {
        encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }

  private static String decode(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length() && isHex(text, i + 1)) {
        decoded.append((char) Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        decoded.append(c);
      }
    }
    return decoded.toString();
  }

  private static boolean isHex(String text, int at) {
    return Character.digit(text.charAt(at), 16) >= 0
        && Character.digit(text.charAt(at + 1), 16) >= 0;
  }
}
