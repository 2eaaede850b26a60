package io.argos.deploy.faults.servers;

import io.argos.testing.ChaosProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server whose process is killed, frozen and started again, on the same ports and data, and whose
 * network fails. Clients reach it through a proxy. For one thread.
 */
public final class FaultServer implements AutoCloseable {
  /** A way to start the server; returns when it answers. */
  @FunctionalInterface
  interface Launch {
    Running start() throws InterruptedException;
  }

  /** A server that runs, and the processes that it consists of. */
  interface Running extends AutoCloseable {
    List<ProcessHandle> processes();

    /** Ends it at once. */
    @Override
    void close();
  }

  private final String name;
  private final Path data;
  private final ChaosProxy proxy;
  private final Launch launch;
  private Running running = NONE;

  private static final Running NONE =
      new Running() {
        @Override
        public List<ProcessHandle> processes() {
          return List.of();
        }

        @Override
        public void close() {
          // Nothing runs.
        }
      };

  FaultServer(String name, Path data, ChaosProxy proxy, Launch launch) {
    this.name = name;
    this.data = data;
    this.proxy = proxy;
    this.launch = launch;
  }

  /** Where its clients connect. */
  public InetSocketAddress address() {
    return proxy.address();
  }

  /** Starts it on the data that it left; returns when it answers. */
  public void start() throws InterruptedException {
    running.close();
    running = launch.start();
  }

  /** SIGKILL; its ports refuse connections from then on. */
  public void kill() {
    running.processes().forEach(ProcessHandle::destroyForcibly);
    running.processes().forEach(process -> process.onExit().join());
    running.close();
    running = NONE;
  }

  /** SIGSTOP: connections stay open, and nothing answers. */
  public void freeze() throws InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  public void thaw() throws InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws InterruptedException {
    for (ProcessHandle process : running.processes()) {
      try {
        int code =
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
          throw new IllegalStateException("cannot send %s to %s".formatted(signal, name));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot run kill", e);
      }
    }
  }

  /** Its network swallows everything, also what new connections say; its own process goes on. */
  public void unreachable() {
    proxy.stall();
  }

  /** Its network is there again, with what it held back. */
  public void reachable() {
    proxy.resume();
  }

  /** Deletes its data; it must have been killed. */
  public void wipe() {
    if (!running.processes().isEmpty()) {
      throw new IllegalStateException(name + " runs and keeps its data");
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + data, e);
    }
  }

  @Override
  public void close() {
    proxy.close();
    kill();
  }

  @Override
  public String toString() {
    return name + " at " + address();
  }
}
