package io.argos.discovery.plugin.subnet;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses to ask, in the order of their ranges, each once. */
final class Addresses {
  /** More would take hours in any case. */
  static final long MOST = 1 << 20;

  private final List<AddressRange> ranges;
  private final List<AddressRange> excluded;
  private final long size;

  private Addresses(List<AddressRange> ranges, List<AddressRange> excluded, long size) {
    this.ranges = List.copyOf(ranges);
    this.excluded = List.copyOf(excluded);
    this.size = size;
  }

  /**
   * Reads ranges.
   *
   * @param problems takes each problem, with its key
   */
  static Addresses parse(List<String> ranges, List<String> excluded, List<String> problems) {
    List<AddressRange> asked = new ArrayList<>();
    for (String text : ranges) {
      parse("ranges", text, problems)
          .ifPresent(range -> asked.add(text.contains("/") ? range.devices() : range));
    }
    List<AddressRange> left = new ArrayList<>();
    for (String text : excluded) {
      parse("excluded", text, problems).ifPresent(left::add);
    }
    BigInteger size =
        asked.stream().map(AddressRange::size).reduce(BigInteger.ZERO, BigInteger::add);
    if (size.compareTo(BigInteger.valueOf(MOST)) > 0) {
      problems.add("ranges: %d addresses in all, and at most %d are swept".formatted(size, MOST));
      return new Addresses(List.of(), left, 0);
    }
    return new Addresses(asked, left, size.longValueExact());
  }

  private static Optional<AddressRange> parse(String key, String text, List<String> problems) {
    try {
      return Optional.of(AddressRange.parse(text));
    } catch (IllegalArgumentException e) {
      problems.add(
          "%s: '%s' is not a range such as 192.0.2.0/24 or 192.0.2.7-192.0.2.12: %s"
              .formatted(key, text, e.getMessage()));
      return Optional.empty();
    }
  }

  /** Count of places, those of excluded and repeated addresses included. */
  long size() {
    return size;
  }

  /** The address at a place; empty where it is excluded or stands in an earlier range. */
  Optional<InetAddress> at(long place) {
    long offset = place;
    for (int i = 0; i < ranges.size(); i++) {
      AddressRange range = ranges.get(i);
      long length = range.size().longValueExact();
      if (offset < length) {
        InetAddress address = range.address(offset);
        return isLeftOut(address, i) ? Optional.empty() : Optional.of(address);
      }
      offset -= length;
    }
    throw new IndexOutOfBoundsException("place " + place + " of " + size);
  }

  private boolean isLeftOut(InetAddress address, int before) {
    return excluded.stream().anyMatch(range -> range.contains(address))
        || ranges.subList(0, before).stream().anyMatch(range -> range.contains(address));
  }
}
