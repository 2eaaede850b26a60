package io.argos.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The simulator of {@code bench/simulator}, a process of its own: any number of devices of 48
 * interfaces, on the addresses 127.1.0.0 upwards. Its own counters are what a run is judged by.
 */
final class DeviceSimulator implements AutoCloseable {
  private static final Pattern FIELD = Pattern.compile("(\\w+)=([0-9.]+)");
  private final Process process;
  private final Path log;
  private final int port;

  private DeviceSimulator(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts the compiled program; its log goes to a folder. */
  static DeviceSimulator start(Path program, Path folder, int port, String... options)
      throws IOException, InterruptedException {
    Path log = folder.resolve("simulator.log");
    List<String> command = new ArrayList<>(List.of(program.toString(), "-p", "" + port));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    // Whatever ends this program early ends the simulator too.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    DeviceSimulator simulator = new DeviceSimulator(process, log, port);
    simulator.awaitLines(1);
    return simulator;
  }

  /** Address of a device. */
  InetSocketAddress device(int number) {
    try {
      byte[] address = {127, 1, (byte) (number >> 8), (byte) number};
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (IOException e) {
      throw new IllegalStateException("an address of four octets was not taken", e);
    }
  }

  /**
   * What it was asked since the last call.
   *
   * @param requests requests
   * @param bindings variable bindings it answered with
   */
  record Counts(long requests, long bindings) {}

  /** Reads its counters and sets them to zero. */
  Counts takeCounts() throws IOException, InterruptedException {
    int lines = Files.readAllLines(log).size();
    new ProcessBuilder("kill", "-USR1", "" + process.pid()).start().waitFor();
    String line = awaitLines(lines + 1).getLast();
    long requests = 0;
    long bindings = 0;
    Matcher field = FIELD.matcher(line);
    while (field.find()) {
      switch (field.group(1)) {
        case "req" -> requests = Long.parseLong(field.group(2));
        case "varbinds" -> bindings = Long.parseLong(field.group(2));
        default -> {
          // The other counters are for people who read the log.
        }
      }
    }
    return new Counts(requests, bindings);
  }

  private List<String> awaitLines(int count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (System.nanoTime() < deadline) {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      if (lines.size() >= count) {
        return lines;
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new IOException("the simulator does not answer; its log is " + log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
