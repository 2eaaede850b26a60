package io.argos.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis as a process of its own: {@code redis-server} of the PATH, or the one that comes in
 * the embedded-redis jar. It ends with this process, also when that is killed: a shell holds a pipe
 * from us and stops Redis when the pipe closes. Its configuration goes through that pipe too, so
 * that a password is in no file and no process list.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final String EXECUTABLE = "redis-server";
  private static final Duration START_BOUND = Duration.ofSeconds(20);
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);
  private static final int LINES_KEPT = 10;

  /**
   * Reads the configuration up to a line with a dot and starts Redis with it, in a session of its
   * own where that can be, for a Ctrl-C must reach us alone. Ends when Redis ends.
   */
  private static final String WATCH =
      """
      trap '' INT
      exec 3<&0
      conf=$(while IFS= read -r line <&3 && [ "$line" != . ]; do printf '%s\\n' "$line"; done)
      session=$(command -v setsid || true)
      printf '%s\\n' "$conf" | $session "$0" - 3<&- &
      redis=$!
      trap 'kill -TERM $redis' TERM
      { while read -r _ <&3; do :; done; kill -TERM $redis; } 2>/dev/null &
      exec 3<&-
      wait $redis
      """;

  private final Process process;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedRedis(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts Redis on a free port, without a password, with its data in the folder. */
  public static EmbeddedRedis start(Path folder) {
    return start(folder, 0, Optional.empty());
  }

  /**
   * Starts Redis, on the data of a former one where the folder has some.
   *
   * @param port port on loopback; 0 for a free one
   * @param password what clients must give, if anything
   * @throws ServerStartException when the port is taken or Redis does not come up
   */
  public static EmbeddedRedis start(Path folder, int port, Optional<String> password) {
    int listener = Ports.claim(port, "Redis", "servers.redis-port");
    var lines = new LastLines();
    Process process;
    try {
      Files.createDirectories(folder);
      String executable = executable(folder);
      process =
          new ProcessBuilder("/bin/sh", "-c", WATCH, executable).redirectErrorStream(true).start();
      OutputStream pipe = process.getOutputStream();
      pipe.write((configuration(folder, listener, password) + ".\n").getBytes(UTF_8));
      pipe.flush();
    } catch (IOException e) {
      throw new ServerStartException(
          "Redis cannot be started (%s): install redis-server with your package manager."
              .formatted(e.getMessage()),
          e);
    }
    Thread.ofVirtual().name("redis-output").start(() -> follow(process, lines));
    var redis = new EmbeddedRedis(process, listener);
    boolean up = false;
    try {
      redis.awaitAnswer(password, lines);
      up = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException("Redis was interrupted while it started.", e);
    } finally {
      if (!up) {
        redis.close();
      }
    }
    log.info("redis started address={}:{} folder={}", Ports.LOOPBACK, listener, folder);
    return redis;
  }

  /** Host for clients. */
  public String host() {
    return Ports.LOOPBACK;
  }

  /** The port in use. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      // The shell sees the end of the pipe and stops Redis, which saves and goes.
      process.getOutputStream().close();
    } catch (IOException e) {
      log.debug("redis pipe was closed already", e);
    }
    boolean ended = false;
    try {
      ended = process.waitFor(CLOSE_BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      log.warn("redis close overran bound={}", CLOSE_BOUND);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String configuration(Path folder, int port, Optional<String> password) {
    var lines = new StringBuilder();
    lines.append("bind ").append(Ports.LOOPBACK).append('\n');
    lines.append("port ").append(port).append('\n');
    lines.append("dir ").append(quoted(folder.toAbsolutePath().toString())).append('\n');
    lines.append("daemonize no\nprotected-mode yes\nappendonly yes\nappendfsync everysec\n");
    lines.append("save \"\"\ndatabases 1\nlogfile \"\"\n");
    password.ifPresent(word -> lines.append("requirepass ").append(quoted(word)).append('\n'));
    return lines.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String executable(Path folder) throws IOException {
    String path = System.getenv("PATH");
    for (String place : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(place).resolve(EXECUTABLE);
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return candidate.toAbsolutePath().toString();
      }
    }
    log.info("redis-server is not on the PATH, the one of the jar is used");
    return unpacked(folder);
  }

  /** The executable of the jar, unpacked into the data folder. */
  static String unpacked(Path folder) throws IOException {
    Path place = Files.createDirectories(folder.resolve("bin"));
    return ExecutableProvider.newJarResourceProvider(place.toFile()).get().getAbsolutePath();
  }

  private static void follow(Process process, LastLines lines) {
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        log.debug("redis says=\"{}\"", line);
      }
    } catch (IOException e) {
      log.debug("redis output ended", e);
    }
  }

  private void awaitAnswer(Optional<String> password, LastLines lines) throws InterruptedException {
    long deadline = System.nanoTime() + START_BOUND.toNanos();
    while (System.nanoTime() < deadline) {
      // The wait between two attempts ends at once when Redis does.
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new ServerStartException("Redis ended as it started and said: " + lines + ".");
      }
      if (answers(password)) {
        return;
      }
    }
    throw new ServerStartException(
        "Redis did not answer within %d s and said: %s.".formatted(START_BOUND.toSeconds(), lines));
  }

  private boolean answers(Optional<String> password) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), 500);
      socket.setSoTimeout(500);
      var out = socket.getOutputStream();
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      if (password.isPresent()) {
        // Whoever has not logged in is told so even while Redis still loads its data.
        byte[] word = password.get().getBytes(UTF_8);
        out.write(("*2\r\n$4\r\nAUTH\r\n$" + word.length + "\r\n").getBytes(UTF_8));
        out.write(word);
        out.write("\r\n".getBytes(UTF_8));
        if (!"+OK".equals(reader.readLine())) {
          return false;
        }
      }
      out.write("PING\r\n".getBytes(UTF_8));
      return "+PONG".equals(reader.readLine());
    } catch (IOException _) {
      return false;
    }
  }

  /** What the process said last, for the message when it fails. */
  private static final class LastLines {
    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
      if (lines.size() == LINES_KEPT) {
        lines.removeFirst();
      }
      lines.add(line.strip());
    }

    @Override
    public synchronized String toString() {
      return String.join(" / ", lines);
    }
  }
}
