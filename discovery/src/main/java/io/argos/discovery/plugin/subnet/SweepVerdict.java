package io.argos.discovery.plugin.subnet;

import io.argos.spi.Cause;
import io.argos.spi.Discoverer.Outcome;
import io.argos.spi.Failure;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a sweep ended: complete only when nothing can be there that was not found. */
final class SweepVerdict {
  /** Addresses that a sentence names before it only counts the others. */
  private static final int NAMED = 3;

  private record Trouble(InetAddress address, String detail) {}

  private final List<Failure> failures = new ArrayList<>();
  private final boolean nothingAtAll;

  /**
   * @param secretProblems a sentence for each credential that could not be tried
   * @param result what came of the addresses
   * @param asked count of addresses asked
   */
  SweepVerdict(List<String> secretProblems, Sweep.Result result, long asked) {
    List<Trouble> refused = new ArrayList<>();
    List<Trouble> broken = new ArrayList<>();
    List<Trouble> unsendable = new ArrayList<>();
    for (Finding finding : result.findings()) {
      switch (finding) {
        case Finding.Refused(var address, String detail) ->
            refused.add(new Trouble(address, detail));
        case Finding.Broken(var address, String detail) -> broken.add(new Trouble(address, detail));
        case Finding.Unsendable(var address, String detail) ->
            unsendable.add(new Trouble(address, detail));
        case Finding.Device _, Finding.Nothing _ -> {
          // as it should be
        }
      }
    }
    secretProblems.forEach(problem -> failures.add(new Failure(Cause.SECRET, problem)));
    add(Cause.NETWORK, "could not be sent to", unsendable);
    add(Cause.AUTHENTICATION, "refused every credential (add one, or exclude them)", refused);
    add(Cause.MALFORMED, "answered what cannot be used", broken);
    if (!result.whole()) {
      failures.add(
          new Failure(
              Cause.TIMEOUT,
              "the deadline came after %d addresses; the next run goes on behind them (a longer"
                      .formatted(asked)
                  + " timeout, more packets-per-second or concurrency sweep more in one run)"));
    }
    this.nothingAtAll = asked > 0 && unsendable.size() == asked;
  }

  private void add(Cause cause, String what, List<Trouble> troubles) {
    if (troubles.isEmpty()) {
      return;
    }
    String named =
        troubles.stream()
            .limit(NAMED)
            .map(trouble -> trouble.address().getHostAddress())
            .collect(Collectors.joining(", "));
    failures.add(
        new Failure(
            cause,
            "%d %s %s: %s%s: %s"
                .formatted(
                    troubles.size(),
                    troubles.size() == 1 ? "address" : "addresses",
                    what,
                    named,
                    troubles.size() > NAMED ? " and others" : "",
                    troubles.getFirst().detail())));
  }

  Outcome outcome() {
    if (failures.isEmpty()) {
      return new Outcome.Complete();
    }
    Failure all =
        new Failure(
            failures.getFirst().cause(),
            failures.stream().map(Failure::detail).collect(Collectors.joining("; ")));
    return nothingAtAll ? new Outcome.Failed(all) : new Outcome.Incomplete(all);
  }
}
