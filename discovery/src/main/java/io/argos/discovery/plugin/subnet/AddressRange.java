package io.argos.discovery.plugin.subnet;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Addresses that follow one another, both ends included.
 *
 * @param first the first, as a number
 * @param last the last, as a number
 * @param octets octets of each address: 4 or 16
 */
record AddressRange(BigInteger first, BigInteger last, int octets) {
  private static final Pattern ADDRESS4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /**
   * Reads {@code 192.0.2.0/24}, {@code 192.0.2.7-192.0.2.12} or {@code 192.0.2.7}, or the same in
   * IPv6.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    int dash = text.indexOf('-');
    if (slash >= 0) {
      return network(text.substring(0, slash), text.substring(slash + 1));
    }
    if (dash >= 0) {
      AddressRange first = one(text.substring(0, dash));
      AddressRange last = one(text.substring(dash + 1));
      if (first.octets != last.octets || first.first.compareTo(last.first) > 0) {
        throw new IllegalArgumentException("its end does not follow its beginning");
      }
      return new AddressRange(first.first, last.last, first.octets);
    }
    return one(text);
  }

  private static AddressRange one(String text) {
    // Literals only: a configuration is checked without asking the DNS.
    String literal = text.strip();
    byte[] address;
    try {
      // The JDK also takes 192.0.2 for 192.0.0.2, which nobody means.
      if (!literal.contains(":") && !ADDRESS4.matcher(literal).matches()) {
        throw new IllegalArgumentException(literal);
      }
      address = InetAddress.ofLiteral(literal).getAddress();
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("'" + text + "' is not an IP address");
    }
    BigInteger number = new BigInteger(1, address);
    return new AddressRange(number, number, address.length);
  }

  private static AddressRange network(String address, String prefix) {
    AddressRange base = one(address);
    int bits = base.octets * 8;
    int length;
    try {
      length = Integer.parseInt(prefix.strip());
    } catch (NumberFormatException _) {
      length = -1;
    }
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException(
          "'/%s' is not a prefix length from 0 to %d".formatted(prefix, bits));
    }
    BigInteger hosts = BigInteger.ONE.shiftLeft(bits - length).subtract(BigInteger.ONE);
    BigInteger first = base.first.andNot(hosts);
    return new AddressRange(first, first.or(hosts), base.octets);
  }

  /**
   * The same for a network without the addresses that no device has: network and broadcast in IPv4
   * (but for /31, RFC 3021, and /32), the routers' anycast in IPv6 (RFC 4291, 2.6.1).
   */
  AddressRange devices() {
    if (size().compareTo(BigInteger.valueOf(4)) < 0) {
      return this;
    }
    BigInteger end = octets == 4 ? last.subtract(BigInteger.ONE) : last;
    return new AddressRange(first.add(BigInteger.ONE), end, octets);
  }

  BigInteger size() {
    return last.subtract(first).add(BigInteger.ONE);
  }

  InetAddress address(long offset) {
    byte[] number = first.add(BigInteger.valueOf(offset)).toByteArray();
    byte[] address = new byte[octets];
    // A BigInteger has a sign octet in front, or fewer octets than the address.
    int length = Math.min(number.length, octets);
    System.arraycopy(number, number.length - length, address, octets - length, length);
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + octets + " octets", e);
    }
  }

  boolean contains(InetAddress address) {
    byte[] raw = address.getAddress();
    BigInteger number = new BigInteger(1, raw);
    return raw.length == octets && number.compareTo(first) >= 0 && number.compareTo(last) <= 0;
  }
}
