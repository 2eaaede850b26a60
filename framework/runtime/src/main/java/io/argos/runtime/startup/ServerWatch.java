package io.argos.runtime.startup;

import io.argos.runtime.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the servers again and again once a service runs, and tells its health: a vital one that
 * was missing for longer than a session makes it unready, any other degraded. One line is logged
 * when a server has gone and one when it is back.
 */
public final class ServerWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServerWatch.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);
  private static final int LOOKS_PER_SESSION = 3;

  private final Health health;
  private final Duration session;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * A watch that watches nothing yet.
   *
   * @param session how long a server may be missing unnoticed
   */
  public ServerWatch(Health health, Duration session) {
    this.health = health;
    this.session = session;
  }

  /** Properties of a client of Kafka that is asked by a watch: it answers within a session. */
  public static Map<String, Object> bounds(Duration session) {
    int millis = Math.toIntExact(session.toMillis());
    return Map.of("default.api.timeout.ms", millis, "request.timeout.ms", millis);
  }

  /** Watches a server without which the service can do nothing. */
  public ServerWatch vital(Requirement server) {
    Watched watched = begin(server);
    health.check(Health.Aspect.READY, server.name(), watched::trouble);
    return this;
  }

  /** Watches a server that the service can do without for a while. */
  public ServerWatch useful(Requirement server) {
    Watched watched = begin(server);
    health.useful(server.name(), watched::trouble);
    return this;
  }

  private Watched begin(Requirement server) {
    Watched watched = new Watched(server);
    threads.add(Thread.ofVirtual().name("watch-" + server.name()).start(watched::run));
    return watched;
  }

  @Override
  public void close() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      var _ = thread.join(CLOSE_WAIT);
    }
  }

  private final class Watched {
    private final Requirement server;
    private volatile long seenAt = System.nanoTime();
    private volatile String reason = "it does not answer";
    private boolean gone;

    Watched(Requirement server) {
      this.server = server;
    }

    /** A look that hangs is an answer as well, hence by time and not by the last look. */
    Optional<String> trouble() {
      Duration missing = Duration.ofNanos(System.nanoTime() - seenAt);
      return missing.compareTo(session) < 0
          ? Optional.empty()
          : Optional.of(
              "%s at %s, for %d s".formatted(reason, server.place(), missing.toSeconds()));
    }

    void run() {
      try {
        while (true) {
          Thread.sleep(session.dividedBy(LOOKS_PER_SESSION));
          look();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void look() throws InterruptedException {
      long asked = System.nanoTime();
      Optional<String> missing;
      try {
        missing = server.missing();
      } catch (RuntimeException | Error e) {
        // The edge of a look; the next one may do better.
        missing = Optional.of(e.toString());
      }
      if (missing.isEmpty()) {
        seenAt = asked;
        if (gone) {
          log.info("{} is back at={}", server.name(), server.place());
          gone = false;
        }
        return;
      }
      reason = missing.get();
      if (!gone && trouble().isPresent()) {
        log.warn("{} has gone at={} reason=\"{}\"", server.name(), server.place(), reason);
        gone = true;
      }
    }
  }
}
