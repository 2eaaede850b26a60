package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.ledger.Fault;
import io.argos.deploy.faults.ledger.Ledger;
import io.argos.deploy.process.ArgosProcess;
import io.argos.deploy.process.HealthReport;
import io.argos.deploy.process.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One outage of a server, and what the services say while it lasts and when it is over. No process
 * may end meanwhile. For one thread.
 */
final class ServerOutage {
  private static final Pattern ELECTED = Pattern.compile(" leading stage=(\\S+) instance=");

  private final Script script;
  private final FaultCluster cluster;
  private final String server;
  private final Map<String, Long> elected;
  private final Instant from = Instant.now();
  private Instant back = Instant.MAX;

  private ServerOutage(Script script, String server) {
    this.script = script;
    this.cluster = script.cluster();
    this.server = server;
    this.elected = elections();
  }

  /** It is about to begin. */
  static ServerOutage begin(Script script, String server) {
    return new ServerOutage(script, server);
  }

  /** When it began. */
  Instant from() {
    return from;
  }

  /** The server answers again. */
  void over() {
    back = Instant.now();
    cluster.note(new Fault(Fault.Kind.SERVER, server, from, back));
    script.say("%s was away for %.1f s", server, Duration.between(from, back).toMillis() / 1e3);
  }

  /** Waits until each polling process says such of its readiness. */
  void awaitSaid(String what, Predicate<HealthReport> wanted) throws InterruptedException {
    for (String name : cluster.pollers()) {
      cluster.process(name).awaitHealth(what, script.timers().interval(), wanted);
    }
  }

  /**
   * Waits until jobs are emitted and polls started since the server is back, and tells how long
   * that took: five seconds at most on a machine that is not busy.
   *
   * @throws AssertionError when it takes more than an interval
   */
  void awaitResumed() throws InterruptedException {
    Waiting.until(
        "jobs and polls since " + server + " is back",
        script.timers().interval(),
        () -> resumed().isPresent(),
        () -> "neither or only one of them");
    Duration took = resumed().orElseThrow();
    script.say("work went on %d ms after %s was back", took.toMillis(), server);
  }

  /** How long it took until there were both a job and a poll. */
  private Optional<Duration> resumed() throws InterruptedException {
    Ledger ledger = cluster.ledger();
    Optional<Instant> job =
        ledger.jobs().stream()
            .map(emitted -> emitted.appendedAt())
            .filter(at -> at.isAfter(back))
            .min(Comparator.naturalOrder());
    Optional<Instant> poll =
        ledger.outcomes().stream()
            .filter(ended -> ended.polled() && ended.startedAt().isAfter(back))
            .map(ended -> ended.startedAt())
            .min(Comparator.naturalOrder());
    return job.isEmpty() || poll.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Duration.between(back, job.get().isAfter(poll.get()) ? job.get() : poll.get()));
  }

  /**
   * Sees how often anybody was elected in any stage since it began.
   *
   * @throws AssertionError when that is too often
   */
  void checkElections(long most) {
    Map<String, Long> now = elections();
    now.replaceAll((stage, count) -> count - elected.getOrDefault(stage, 0L));
    script.say("elections since %s went: %s", server, now);
    if (now.values().stream().anyMatch(count -> count > most)) {
      throw new AssertionError(
          "elections without %s: %s, at most %d allowed".formatted(server, now, most));
    }
  }

  /** Elections of each stage, by the logs of the processes that run. */
  private Map<String, Long> elections() {
    Map<String, Long> elections = new TreeMap<>();
    for (ArgosProcess process : processes()) {
      process
          .lines(" leading stage=")
          .forEach(line -> {
            Matcher matcher = ELECTED.matcher(line);
            if (!line.contains("no longer") && matcher.find()) {
              elections.merge(matcher.group(1), 1L, Long::sum);
            }
          });
    }
    return elections;
  }

  private List<ArgosProcess> processes() {
    List<String> names = new ArrayList<>(FaultCluster.OTHERS);
    names.addAll(cluster.pollers());
    return names.stream().map(cluster::process).toList();
  }
}
