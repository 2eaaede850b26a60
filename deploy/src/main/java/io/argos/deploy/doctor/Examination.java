package io.argos.deploy.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Runs checks side by side, each for so long and no longer. A check whose server is away is not
 * made, and says so; the others are.
 */
final class Examination {
  private final Duration patience;

  Examination(Duration patience) {
    this.patience = patience;
  }

  /** The results of all checks, in their order: first those that need nothing, then the others. */
  List<Result> of(List<Check> checks) throws InterruptedException {
    Map<Check, List<Result>> results = new LinkedHashMap<>();
    checks.forEach(check -> results.put(check, List.of()));
    run(checks.stream().filter(check -> check.needs().isEmpty()).toList(), results);
    Set<String> failed =
        results.values().stream()
            .flatMap(List::stream)
            .filter(result -> result.verdict() == Result.Verdict.FAIL)
            .map(Result::name)
            .collect(Collectors.toSet());
    List<Check> possible = new ArrayList<>();
    for (Check check : checks) {
      Set<String> away = new TreeSet<>(check.needs());
      away.retainAll(failed);
      if (!away.isEmpty()) {
        results.put(
            check,
            List.of(
                Result.warn(
                    check.group(),
                    check.name(),
                    "not looked at, without " + String.join(" and ", away))));
      } else if (!check.needs().isEmpty()) {
        possible.add(check);
      }
    }
    run(possible, results);
    return results.values().stream().flatMap(List::stream).toList();
  }

  private void run(List<Check> checks, Map<Check, List<Result>> results)
      throws InterruptedException {
    // Not closed, which would wait for a look that hangs.
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    long end = System.nanoTime() + patience.toNanos();
    Map<Check, Future<List<Result>>> looks = new LinkedHashMap<>();
    checks.forEach(check -> looks.put(check, executor.submit(check.look()::look)));
    for (Map.Entry<Check, Future<List<Result>>> look : looks.entrySet()) {
      Check check = look.getKey();
      try {
        results.put(
            check, look.getValue().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
      } catch (TimeoutException _) {
        results.put(
            check, List.of(failed(check, "no answer within " + patience.toSeconds() + " s")));
      } catch (ExecutionException e) {
        results.put(check, List.of(failed(check, reason(e))));
      }
    }
    executor.shutdownNow();
  }

  private static Result failed(Check check, String why) {
    return Result.fail(check.group(), check.name(), why);
  }

  private static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
  }
}
