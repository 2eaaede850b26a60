package io.argos.snmp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Datagrams that Linux dropped because a socket's receive buffer was full, from the column {@code
 * drops} of {@code /proc/net/udp} and {@code udp6} (proc(5)): nothing else tells of them.
 */
final class SocketDrops {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

  private SocketDrops() {}

  /** Whether this system tells. */
  static boolean told() {
    return TABLES.stream().anyMatch(Files::isReadable);
  }

  /** The drops, since they were opened, of the sockets that are bound to these ports. */
  static long of(Set<Integer> ports) {
    return TABLES.stream().filter(Files::isReadable).mapToLong(table -> drops(table, ports)).sum();
  }

  private static long drops(Path table, Set<Integer> ports) {
    try {
      return Files.readAllLines(table).stream()
          .skip(1)
          .map(line -> line.strip().split("\\s+"))
          .filter(columns -> ports.contains(port(columns[1])))
          .mapToLong(columns -> Long.parseLong(columns[columns.length - 1]))
          .sum();
    } catch (IOException e) {
      // It was readable a moment ago; the next look will tell.
      return 0;
    }
  }

  /** Of an address such as {@code 0100007F:A2C1}. */
  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }
}
