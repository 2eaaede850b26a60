package io.argos.deploy.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a server takes connections at all. */
final class Reach {
  private static final int CONNECT_MILLIS = 2_000;

  private Reach() {}

  /** Why none of the servers takes one; empty when one does. */
  static Optional<String> closed(List<String> servers) {
    List<String> failures = new ArrayList<>();
    for (String server : servers) {
      int colon = server.lastIndexOf(':');
      String host = server.substring(0, colon).strip().replace("[", "").replace("]", "");
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1).strip())),
            CONNECT_MILLIS);
        return Optional.empty();
      } catch (IOException e) {
        failures.add(server + " (" + e.getMessage() + ")");
      }
    }
    return Optional.of("out of reach: " + String.join(", ", failures));
  }
}
