package io.argos.discovery.plugin.jsonfile;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where agents connect to.
 *
 * @param host address or name
 * @param port port as written; empty when there is none
 */
record Endpoint(String host, String port) {
  /** {@code [address6]:port} or {@code [address6]}. */
  private static final Pattern BRACKETED =
      Pattern.compile("\\[([^\\]]*:[^\\]]*)](?::([0-9]{1,5}))?");

  /** {@code host:port} or {@code host}, whose host has no colon. */
  private static final Pattern PLAIN = Pattern.compile("([^\\s/:\\[\\]]+)(?::([0-9]{1,5}))?");

  private static final Pattern ADDRESS4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern QUALIFIED =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+\\.?");

  /** Reads {@code host}, {@code host:port}, {@code address6} or {@code [address6]:port}. */
  static Optional<Endpoint> parse(String text) {
    if (text.contains(":") && isAddress(text)) {
      return Optional.of(new Endpoint(text, ""));
    }
    Matcher matcher = (text.startsWith("[") ? BRACKETED : PLAIN).matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(1);
    String port = matcher.group(2) == null ? "" : matcher.group(2);
    boolean isHost = !host.contains(":") || isAddress(host);
    return isHost && isPort(port) ? Optional.of(new Endpoint(host, port)) : Optional.empty();
  }

  private static boolean isPort(String port) {
    return port.isEmpty() || Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65_535;
  }

  /** True for an IPv4 address of four numbers and for an IPv6 address. */
  static boolean isAddress(String text) {
    if (!text.contains(":") && !ADDRESS4.matcher(text).matches()) {
      return false;
    }
    try {
      return !InetAddress.ofLiteral(text).isAnyLocalAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** True for a name of several parts, which may stand in the DNS. */
  static boolean isQualifiedName(String text) {
    return QUALIFIED.matcher(text).matches() && !ADDRESS4.matcher(text).matches();
  }
}
