package io.argos.deploy.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.argos.deploy.ArgosMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code argos} command as a process of its own, with the class path and the JDK of the test.
 * All it prints goes to one file. Whatever becomes of the test, no process outlives it.
 */
public final class ArgosProcess implements AutoCloseable {
  private static final Pattern HTTP = Pattern.compile("http listening .*port=(\\d+)");
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final int TAIL = 40;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final String name;
  private final Process process;
  private final Path log;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();

  private ArgosProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param name names the process in messages, and its log
   * @param folder where its log goes, and where it works
   * @param arguments of {@code argos}
   */
  public static ArgosProcess start(String name, Path folder, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", classPath(), ArgosMain.class.getName()));
    command.addAll(List.of(arguments));
    Path log = folder.resolve(name + ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      RUNNING.add(process);
      return new ArgosProcess(name, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  /** Surefire hands a class path over in a manifest, and keeps the real one in a property. */
  private static String classPath() {
    String whole = System.getProperty("surefire.test.class.path", "");
    return whole.isEmpty() ? System.getProperty("java.class.path") : whole;
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Processes that it has started itself, such as a Redis server. */
  public List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** The UDP ports that it has opened; none when it does not run. */
  public Set<Integer> udpPorts() {
    return UdpPorts.of(pid());
  }

  /** All that it has printed. */
  public String log() {
    try {
      return Files.readString(log, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }

  /** The lines that it has printed and that hold this text. */
  public List<String> lines(String text) {
    return log().lines().filter(line -> line.contains(text)).toList();
  }

  /** Waits for a line. */
  public void awaitLine(String text, Duration patience) throws InterruptedException {
    await("a line with '" + text + "'", patience, process -> !process.lines(text).isEmpty());
  }

  /** The port of its HTTP endpoint once it listens. */
  public OptionalInt httpPort() {
    Matcher matcher = HTTP.matcher(log());
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** What it says of its readiness; nothing while it does not answer. */
  public HealthReport ready() throws InterruptedException {
    OptionalInt port = httpPort();
    if (port.isEmpty()) {
      return HealthReport.NONE;
    }
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:%d/health/ready".formatted(port.getAsInt())))
                  .timeout(ANSWER)
                  .build(),
              HttpResponse.BodyHandlers.ofString(UTF_8));
      return HealthReport.of(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException e) {
      return HealthReport.NONE;
    }
  }

  /** The sum of the samples whose lines in its metrics begin so; 0 when there is none. */
  public double metric(String beginning) throws InterruptedException {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:%d/metrics".formatted(httpPort().orElseThrow())))
                  .timeout(ANSWER)
                  .build(),
              HttpResponse.BodyHandlers.ofString(UTF_8));
      return answer
          .body()
          .lines()
          .filter(line -> line.startsWith(beginning))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException("no metrics of " + name, e);
    }
  }

  /** Waits until it says that it is ready. */
  public void awaitReady(Duration patience) throws InterruptedException {
    awaitHealth("it is ready", patience, HealthReport::ok);
  }

  /** Waits until its readiness is such. */
  public void awaitHealth(String what, Duration patience, Predicate<HealthReport> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    HealthReport last = HealthReport.NONE;
    while (System.nanoTime() - end < 0 && alive()) {
      last = ready();
      if (wanted.test(last)) {
        return;
      }
      pause();
    }
    throw failure("not true within %s: %s; it says %s".formatted(patience, what, last));
  }

  private void await(String what, Duration patience, Predicate<ArgosProcess> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() - end < 0) {
      if (wanted.test(this)) {
        return;
      }
      if (!alive()) {
        break;
      }
      pause();
    }
    if (!wanted.test(this)) {
      throw failure("not true within %s: %s".formatted(patience, what));
    }
  }

  private void pause() throws InterruptedException {
    // A process that ends is seen at once.
    var _ = process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits for its end; its exit code. */
  public int awaitExit(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw failure("it has not ended within " + patience);
    }
    return process.exitValue();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGSTOP: it does nothing any more, and does not know. */
  public void freeze() throws InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  public void thaw() throws InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws InterruptedException {
    try {
      int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
      if (code != 0) {
        throw failure("signal %s could not be sent".formatted(signal));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kill", e);
    }
  }

  private AssertionError failure(String what) {
    List<String> lines = log().lines().toList();
    String end = alive() ? "running" : "ended with " + process.exitValue();
    return new AssertionError(
        "%s (process %d, %s): %s%nThe end of its log:%n%s"
            .formatted(
                name,
                pid(),
                end,
                what,
                String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()))));
  }

  /** Ends it at once, and what it has started. */
  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> children = children();
    process.destroyForcibly().waitFor();
    children.forEach(ProcessHandle::destroyForcibly);
    RUNNING.remove(process);
    http.close();
  }
}
