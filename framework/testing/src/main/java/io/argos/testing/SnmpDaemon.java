package io.argos.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A net-snmp {@code snmpd} of the test's own on a free loopback port: the community {@code public}
 * reads everything, the v3 user {@code argos} with {@link #PASSWORD} (SHA, AES) as well. It ends
 * with {@link #close}, and with this process at the latest.
 */
public final class SnmpDaemon implements AutoCloseable {
  /** Community that reads everything. */
  public static final String COMMUNITY = "public";

  /** User of v3. */
  public static final String USER = "argos";

  /** Both passwords of the v3 user. */
  public static final String PASSWORD = "argos-test-password";

  /** Stands in a line of the configuration for the port on which the daemon listens. */
  public static final String PORT = "{port}";

  private final Process process;
  private final InetSocketAddress address;
  private final Thread reaper;

  private SnmpDaemon(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
    this.reaper = new Thread(process::destroyForcibly, "snmpd-reaper");
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /** The program, when this machine has it. */
  public static Optional<Path> program() {
    return Stream.of("/usr/sbin/snmpd", "/usr/local/sbin/snmpd", "/usr/bin/snmpd")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts a daemon and waits until it listens.
   *
   * @param folder for its configuration and state
   * @param lines more lines of its configuration, such as {@code override} (snmpd.conf(5))
   */
  public static SnmpDaemon start(Path folder, String... lines) {
    return start(folder, freeAddress("127.0.0.1"), lines);
  }

  /** Starts a daemon that listens to IPv6 alone, on {@code ::1}. */
  public static SnmpDaemon startOverIpv6(Path folder, String... lines) {
    return start(folder, freeAddress("::1"), lines);
  }

  /**
   * Starts a daemon where another one was. In the folder of the other it is the same engine after a
   * boot; in a folder of its own it is another engine.
   */
  public static SnmpDaemon start(Path folder, InetSocketAddress address, String... lines) {
    Path program =
        program().orElseThrow(() -> new IllegalStateException("this machine has no snmpd"));
    try {
      Path state = folder.resolve("snmpd-state");
      if (!Files.isDirectory(state)) {
        Files.createDirectories(
            state,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path configuration = folder.resolve("snmpd.conf");
      Files.write(configuration, configuration(address.getPort(), lines));
      ProcessBuilder builder =
          new ProcessBuilder(
              program.toString(),
              "-f",
              "-Lo",
              "-C",
              "-c",
              configuration.toString(),
              "-I",
              "-smux",
              transport(address));
      builder.environment().put("SNMP_PERSISTENT_DIR", state.toString());
      builder.environment().put("SNMPCONFPATH", folder.toString());
      builder.environment().put("MIBS", "");
      builder.redirectErrorStream(true);
      Process process = builder.start();
      SnmpDaemon daemon = new SnmpDaemon(process, address);
      awaitListening(process);
      return daemon;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start snmpd", e);
    }
  }

  private static String transport(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address
        ? "udp6:[::1]:" + address.getPort()
        : "udp:127.0.0.1:" + address.getPort();
  }

  private static List<String> configuration(int port, String... lines) {
    List<String> configuration =
        new ArrayList<>(
            List.of(
                "rocommunity " + COMMUNITY,
                "rocommunity6 " + COMMUNITY,
                "createUser " + USER + " SHA " + PASSWORD + " AES " + PASSWORD,
                "rouser " + USER + " priv",
                "sysName argos-test",
                "sysLocation rack 7",
                "sysContact noc@example.net"));
    for (String line : lines) {
      configuration.add(line.replace(PORT, Integer.toString(port)));
    }
    return configuration;
  }

  private static InetSocketAddress freeAddress(String host) {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), FreePorts.one());
    } catch (IOException e) {
      throw new UncheckedIOException("no address is " + host, e);
    }
  }

  private static void awaitListening(Process process) throws IOException {
    // The reader stays open behind this: closing it would end the daemon by its broken pipe.
    BufferedReader output = process.inputReader();
    List<String> said = new ArrayList<>();
    String line;
    while ((line = output.readLine()) != null) {
      said.add(line);
      if (line.startsWith("NET-SNMP version")) {
        Thread.ofVirtual().name("snmpd-output").start(() -> drain(output));
        return;
      }
    }
    throw new IOException("snmpd ended before it listened: " + said);
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // Read so that the daemon never waits for room in its pipe.
      }
    } catch (IOException e) {
      // The daemon is gone, which is how this ends.
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
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
    try {
      Runtime.getRuntime().removeShutdownHook(reaper);
    } catch (IllegalStateException e) {
      // The machine is shutting down, and the hook is doing its work.
    }
  }
}
