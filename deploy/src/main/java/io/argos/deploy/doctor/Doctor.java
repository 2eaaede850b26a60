package io.argos.deploy.doctor;

import io.argos.config.ArgosConfig;
import io.argos.config.Doubts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at all of an installation, and changes nothing of it. */
public final class Doctor {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Doctor() {}

  /** The results of all checks; takes some ten seconds at most. */
  public static List<Result> examine(ArgosConfig config) throws InterruptedException {
    try (Links links = new Links(config)) {
      List<Check> checks = new ArrayList<>();
      checks.add(new Check("configuration", "promise", Set.of(), () -> promise(Doubts.of(config))));
      Stream.of(
              new ServerChecks(links).all(),
              new TopicChecks(links).all(),
              new LeaderChecks(links).all(),
              new ClockChecks(links).all(),
              new SecretChecks(links).all(),
              new AgentChecks(links).all(),
              new FlowChecks(links).all(),
              new DeadLetterChecks(links).all())
          .forEach(checks::addAll);
      return new Examination(PATIENCE).of(checks);
    }
  }

  static List<Result> promise(List<String> doubts) {
    return doubts.isEmpty()
        ? List.of(Result.ok("configuration", "promise", "polls outlive one failure by its timers"))
        : doubts.stream().map(doubt -> Result.warn("configuration", "promise", doubt)).toList();
  }
}
