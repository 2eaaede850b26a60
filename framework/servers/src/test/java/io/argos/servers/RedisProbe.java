package io.argos.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** Inline commands of Redis, enough to look at a server from a test. */
final class RedisProbe implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader reader;

  RedisProbe(int port) throws IOException {
    socket = new Socket(Ports.LOOPBACK, port);
    socket.setSoTimeout(5_000);
    reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  /** The first line of the answer, or the second of a string. */
  String ask(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
    String line = reader.readLine();
    return line != null && line.startsWith("$") && !line.equals("$-1") ? reader.readLine() : line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
