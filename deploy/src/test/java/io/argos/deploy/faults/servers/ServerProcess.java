package io.argos.deploy.faults.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@link ServerMain} in a JVM of its own. It ends with the process that started it, whatever ends
 * that.
 */
final class ServerProcess implements FaultServer.Running {
  private static final Duration START = Duration.ofSeconds(60);
  private static final int TAIL = 3_000;

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a server and waits until it is up.
   *
   * @param log what it prints is appended here
   */
  static ServerProcess start(Path log, String heap, List<String> arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath(),
            ServerMain.class.getName()));
    command.addAll(arguments);
    try {
      long before = Files.exists(log) ? Files.size(log) : 0;
      ServerProcess started =
          new ServerProcess(
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                  .start());
      started.awaitUp(log, before);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + arguments, e);
    }
  }

  /** Surefire hands a class path over in a manifest, and keeps the real one in a property. */
  private static String classPath() {
    String whole = System.getProperty("surefire.test.class.path", "");
    return whole.isEmpty() ? System.getProperty("java.class.path") : whole;
  }

  private void awaitUp(Path log, long from) throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (!said(log, from).contains(ServerMain.UP)) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
        close();
        String all = said(log, from);
        throw new IllegalStateException(
            "a server did not come up:\n" + all.substring(Math.max(0, all.length() - TAIL)));
      }
    }
  }

  private static String said(Path log, long from) throws IOException {
    return Files.readString(log).substring((int) from);
  }

  @Override
  public List<ProcessHandle> processes() {
    return process.isAlive() ? List.of(process.toHandle()) : List.of();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
