package io.argos.runtime.stage;

import io.argos.runtime.agent.Agent;
import io.argos.runtime.agent.ClockGate;
import io.argos.runtime.agent.ClockSkew;
import io.argos.runtime.agent.HeartbeatWriter;
import io.argos.runtime.agent.JobGate;
import io.argos.runtime.agent.JobRunner;
import io.argos.runtime.health.Health;
import io.argos.runtime.schedule.JobScheduler;
import io.argos.runtime.schedule.SchedulerLinks;
import io.argos.runtime.schedule.SchedulerSpec;
import io.argos.runtime.schedule.Suspensions;
import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Directive;
import io.argos.schemas.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two halves of a stage's instance: a scheduler that emits jobs while it leads, and an agent
 * that takes them. Both are closed with the process, the scheduler first.
 */
public final class StageEngine {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration AGENT_CLOSE = Duration.ofSeconds(15);

  private StageEngine() {}

  /** A scheduler of the stage that does not run for the leadership yet. */
  public static JobScheduler scheduler(StageLinks links) {
    return new JobScheduler(
        new SchedulerSpec(
            links.stage(),
            links.instance(),
            links.config().schedule(),
            links.config().zookeeper().sessionTimeout()),
        new SchedulerLinks(
            links.kafka(),
            links.topics(),
            links.schemas(),
            links.deadLetters(),
            links.zookeeper().curator(),
            links.meters(),
            links.clock()));
  }

  /** Starts the agent, then the scheduler, and tells the estate that this instance is there. */
  public static void start(
      StageLinks links, JobScheduler scheduler, JobRunner runner, JobGate gate) {
    ClockSkew skew = new ClockSkew(links.config().agent().clockSkew());
    JobGate all = suspending(links, new ClockGate(gate, skew));
    Agent agent = new Agent(links.agentSpec(), links.agentLinks(), runner, all);
    CompactedTable<Epoch> epochs = links.table(links.topics().epochs(), Epoch.class, "agent");
    epochs.listen((stage, before, after, place) -> {
      if (stage.equals(links.stage()) && after.isPresent()) {
        agent.observeEpoch(after.get().getEpoch(), Instant.ofEpochMilli(place.timestampMillis()));
      }
    });
    epochs.assignAll();
    epochs.start();
    links.lifecycle().add(links.stage() + " agent", AGENT_CLOSE, agent);
    agent.start();
    links.lifecycle().add(links.stage() + " scheduler", scheduler);
    scheduler.start();
    LeaderClock leaderClock =
        new LeaderClock(skew::trouble, scheduler::leading, scheduler::resign, System::nanoTime);
    links
        .lifecycle()
        .add(
            links.stage() + " leader clock",
            RepeatedTask.start(
                links.stage() + "-leader-clock", LeaderClock.LOOK, leaderClock::look));
    links.health().check(Health.Aspect.READY, links.stage() + " agent", () -> trouble(agent, skew));
    links
        .health()
        .useful(
            links.stage() + " plugins",
            () -> Optional.of(String.join("; ", agent.warnings())).filter(text -> !text.isEmpty()));
    HeartbeatWriter heartbeat =
        new HeartbeatWriter(
            new HeartbeatWriter.Self(
                links.instance(),
                links.stage(),
                links.config().instance().zone(),
                links.topics().heartbeats(),
                HEARTBEAT,
                version()),
            links.results(),
            links.schemas(),
            agent::status,
            scheduler::leading,
            links.health()::ready,
            skew,
            links.clock());
    links.lifecycle().add(links.stage() + " heartbeat", heartbeat);
    heartbeat.start();
  }

  private static JobGate suspending(StageLinks links, JobGate gate) {
    Suspensions suspensions = new Suspensions();
    CompactedTable<Directive> directives =
        links.table(links.topics().directives(), Directive.class, "agent");
    directives.holdNothing();
    directives.listen((key, _, after, _) -> suspensions.read(key, after));
    directives.assignAll();
    directives.start();
    return new SuspensionGate(gate, suspensions, links.clock());
  }

  private static Optional<String> trouble(Agent agent, ClockSkew skew) {
    List<String> troubles = new ArrayList<>();
    skew.trouble().ifPresent(troubles::add);
    troubles.addAll(agent.troubles());
    return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles));
  }

  private static String version() {
    String version = StageEngine.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
