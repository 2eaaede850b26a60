package io.argos.polling.ping;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings machines with the system's program, since Java reaches no ICMP socket. Opens nothing before
 * the first ping, runs a bounded number of processes at once, and kills what still runs when it is
 * closed. Safe for use by any thread.
 */
public final class Pinger implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pinger.class);

  /** Enough for 1900 dead devices a minute at two seconds each. */
  private static final int AT_ONCE = 64;

  /** What starting the program and reading what it said may take beyond the ping itself. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private static final List<Path> FOLDERS =
      List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));

  private final List<Path> folders;
  private final Semaphore permits;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean closed;

  /** A pinger with the program that the system has where programs are. */
  public Pinger() {
    this(FOLDERS, AT_ONCE);
  }

  Pinger(List<Path> folders, int atOnce) {
    this.folders = List.copyOf(folders);
    this.permits = new Semaphore(atOnce);
  }

  /**
   * Pings a machine. Blocks, and no longer than {@code within}: fewer packets are sent when all of
   * them do not fit into it.
   *
   * @throws InterruptedException when interrupted; the program is killed then
   */
  public PingAnswer ping(InetAddress address, PingSpec spec, Duration within)
      throws InterruptedException {
    Optional<PingSpec> fitting = spec.within(within.minus(SLACK));
    if (fitting.isEmpty()) {
      return new PingAnswer.NotTried("no time was left for a ping");
    }
    Optional<Path> program = program();
    if (program.isEmpty()) {
      return missing();
    }
    Duration spare = within.minus(SLACK).minus(fitting.get().timeout());
    if (!permits.tryAcquire(spare.toNanos(), TimeUnit.NANOSECONDS)) {
      return new PingAnswer.NotTried("too many pings at once");
    }
    try {
      return run(program.get(), address, fitting.get());
    } finally {
      permits.release();
    }
  }

  private Optional<Path> program() {
    return folders.stream()
        .map(folder -> folder.resolve("ping"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private PingAnswer missing() {
    if (!told.getAndSet(true)) {
      log.warn(
          "there is no program ping: silent devices are not told apart from silent agents folders={}",
          folders);
    }
    return new PingAnswer.NotTried("there is no program ping");
  }

  private PingAnswer run(Path program, InetAddress address, PingSpec spec)
      throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(spec.arguments());
    command.add(address.getHostAddress());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    // Nothing of ours is the program's business, and its words must be those we know.
    environment.clear();
    environment.put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new PingAnswer.NotTried("ping does not start: " + e.getMessage());
    }
    running.add(process);
    try {
      if (closed) {
        return new PingAnswer.NotTried("closed");
      }
      process.getOutputStream().close();
      process.onExit().get(spec.timeout().plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
      return PingOutput.read(
          process.exitValue(),
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII),
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (TimeoutException e) {
      return new PingAnswer.NotTried("ping did not end in time");
    } catch (IOException | ExecutionException e) {
      return new PingAnswer.NotTried("ping cannot be read: " + e.getMessage());
    } finally {
      running.remove(process);
      process.destroyForcibly();
    }
  }

  /** Count of programs that run. */
  int running() {
    return running.size();
  }

  /** Kills what still runs; who waits for it is told that nothing is known. */
  @Override
  public void close() {
    closed = true;
    running.forEach(Process::destroyForcibly);
  }
}
