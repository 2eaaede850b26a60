package io.argos.discovery.plugin.subnet;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/** What came of asking one address. */
sealed interface Finding {
  /**
   * A device.
   *
   * @param address where it answered
   * @param credential name of the credential that it took
   * @param system what it says of itself
   */
  record Device(InetAddress address, String credential, SystemGroup system) implements Finding {}

  /** No answer with any credential. */
  record Nothing() implements Finding {}

  /** A v3 engine that refuses every credential. */
  record Refused(InetAddress address, String detail) implements Finding {}

  /** A device whose answers cannot be used. */
  record Broken(InetAddress address, String detail) implements Finding {}

  /** An address to which nothing can be sent. */
  record Unsendable(InetAddress address, String detail) implements Finding {}

  /**
   * The system group of a device; what it lacks is empty.
   *
   * @param bootedAt when it started, by its sysUpTime
   */
  record SystemGroup(
      String description, String objectId, String name, Optional<Instant> bootedAt) {}
}
