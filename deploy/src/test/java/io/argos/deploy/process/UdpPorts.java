package io.argos.deploy.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The UDP ports of a process, as Linux tells them in {@code /proc}. */
final class UdpPorts {
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  /** Place of the local address among the columns, and of the inode. */
  private static final int LOCAL = 1;

  private static final int INODE = 9;

  private UdpPorts() {}

  static Set<Integer> of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> inodes = sockets(process.resolve("fd"));
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("udp", "udp6")) {
      for (String line : lines(process.resolve("net").resolve(table))) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length > INODE && inodes.contains(columns[INODE])) {
          String local = columns[LOCAL];
          ports.add(Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static Set<String> sockets(Path descriptors) {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : all) {
        target(descriptor).ifPresent(inodes::add);
      }
    } catch (IOException _) {
      // The process has ended.
    }
    return inodes;
  }

  private static Optional<String> target(Path descriptor) {
    try {
      Matcher socket = SOCKET.matcher(Files.readSymbolicLink(descriptor).toString());
      return socket.matches() ? Optional.of(socket.group(1)) : Optional.empty();
    } catch (IOException _) {
      // Closed meanwhile.
      return Optional.empty();
    }
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table, US_ASCII);
    } catch (IOException _) {
      // The process has ended, or the machine knows no such protocol.
      return List.of();
    }
  }
}
