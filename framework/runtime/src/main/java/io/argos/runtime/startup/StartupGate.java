package io.argos.runtime.startup;

import io.argos.runtime.health.Health;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for what a service needs, all at once, with growing pauses. One line is logged per change,
 * and the reasons are conditions of the process having started, so that a supervisor sees them.
 */
public final class StartupGate {
  private static final Logger log = LoggerFactory.getLogger(StartupGate.class);

  private final Health health;
  private final Duration firstPause;
  private final Duration longestPause;

  /** Pauses from a quarter of a second to five. */
  public StartupGate(Health health) {
    this(health, Duration.ofMillis(250), Duration.ofSeconds(5));
  }

  public StartupGate(Health health, Duration firstPause, Duration longestPause) {
    this.health = health;
    this.firstPause = firstPause;
    this.longestPause = longestPause;
  }

  /** Waits until every requirement has been met once. Interrupt to give up. */
  public void await(List<Requirement> requirements) throws InterruptedException {
    Map<Requirement, Health.Condition> conditions = new LinkedHashMap<>();
    for (Requirement requirement : requirements) {
      conditions.put(
          requirement,
          health.condition(Health.Aspect.STARTED, requirement.name(), "not yet looked at"));
    }
    try (ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> waits =
          conditions.entrySet().stream()
              .<Future<?>>map(one ->
                  looks.submit(() -> {
                    await(one.getKey(), one.getValue());
                    return null;
                  }))
              .toList();
      try {
        for (Future<?> wait : waits) {
          wait.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("waiting for the servers failed", e.getCause());
      } finally {
        looks.shutdownNow();
      }
    }
  }

  private void await(Requirement requirement, Health.Condition condition)
      throws InterruptedException {
    String where = requirement.place().isEmpty() ? "" : " at " + requirement.place();
    String said = "";
    Duration pause = firstPause;
    while (true) {
      Optional<String> missing = look(requirement);
      if (missing.isEmpty()) {
        condition.met();
        log.info("{} ready{}", requirement.name(), where);
        return;
      }
      String reason = missing.get();
      condition.unmet(reason + where);
      if (!reason.equals(said)) {
        log.warn("{} not ready{} reason=\"{}\", trying on", requirement.name(), where, reason);
        said = reason;
      }
      // Half of the pause is chance, or a whole estate comes back in step.
      long millis = pause.toMillis();
      Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
    }
  }

  private static Optional<String> look(Requirement requirement) throws InterruptedException {
    try {
      return requirement.missing();
    } catch (RuntimeException e) {
      // A look that fails for a reason of its own is a reason too; the next may do better.
      String message = e.getMessage();
      return Optional.of(message == null ? e.getClass().getSimpleName() : message);
    }
  }
}
