package io.argos.deploy.faults.cluster;

import io.argos.deploy.faults.ledger.Asked;
import io.argos.deploy.faults.ledger.Ended;
import io.argos.deploy.faults.ledger.Fault;
import io.argos.deploy.faults.ledger.Ledger;
import io.argos.deploy.faults.ledger.Slot;
import io.argos.deploy.faults.ledger.Taken;
import io.argos.deploy.faults.servers.FaultServers;
import io.argos.deploy.process.ArgosProcess;
import io.argos.deploy.process.Settings;
import io.argos.deploy.process.Simulation;
import io.argos.deploy.process.Timers;
import io.argos.deploy.process.Waiting;
import io.argos.runtime.schedule.Slots;
import io.argos.runtime.schedule.TargetKey;
import io.argos.testing.simulator.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An estate for all scenarios of a run: simulated devices, servers behind proxies, and services as
 * processes, three of which poll. Scenarios do harm through its methods, which note it in the
 * ledger. For one thread.
 */
public final class FaultCluster implements AutoCloseable {
  /** The services that do not poll. */
  public static final List<String> OTHERS = List.of("resource-manager", "discovery", "enrichment");

  private static final Set<String> POLLERS = Set.of("polling-1", "polling-2", "polling-3");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Timers timers;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Askers askers = new Askers();
  private final Simulation simulation;
  private final FaultServers servers;
  private final Members members;
  private final LedgerReader reader;
  private final Instant begun;

  /** Starts everything, in a folder; returns when each device is polled. */
  public static FaultCluster start(Path folder, Timers timers) throws InterruptedException {
    return new FaultCluster(folder, timers);
  }

  private FaultCluster(Path folder, Timers timers) throws InterruptedException {
    this.timers = timers;
    boolean up = false;
    try {
      Ground ground = opened(Ground.start(folder, timers));
      simulation = ground.simulation();
      servers = ground.servers();
      members = opened(new Members(folder, ground.settings(), askers, faults));
      reader = opened(new LedgerReader(ground.reading()));
      List.of(OTHERS, POLLERS).forEach(names -> names.forEach(members::begin));
      awaitWhole();
      Instant whole = Instant.now();
      Set<String> all = simulation.all();
      until("each device is polled", () -> polledSince(whole).equals(all));
      begun = Instant.now();
      up = true;
    } finally {
      if (!up) {
        close();
      }
    }
  }

  public Timers timers() {
    return timers;
  }

  public Simulation simulation() {
    return simulation;
  }

  public FaultServers servers() {
    return servers;
  }

  /** When it was complete, and each device polled. */
  public Instant begun() {
    return begun;
  }

  /** The names of the polling processes that run. */
  public Set<String> pollers() {
    return members.names().stream()
        .filter(name -> name.startsWith(Members.POLLING))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The name of the polling process that took the highest epoch; empty when it runs no more. */
  public Optional<String> leader() {
    reader.read();
    return reader.epochs().stream()
        .max(Comparator.comparing(Taken::epoch))
        .flatMap(taken -> members.byAgent(taken.leader()))
        .map(Member::name);
  }

  /** The highest epoch of the polling stage. */
  public long epoch() {
    reader.read();
    return reader.epochs().stream().mapToLong(Taken::epoch).max().orElse(0);
  }

  /** Starts the process of a name, and does not wait for it. */
  public void begin(String name) {
    members.begin(name);
  }

  /** Waits until the process of a name is ready. */
  public void awaitReady(String name) throws InterruptedException {
    members.awaitReady(name);
  }

  /** SIGKILL. */
  public void kill(String name) throws InterruptedException {
    members.kill(name);
  }

  /** SIGTERM; returns when the process has ended. */
  public void terminate(String name) throws InterruptedException {
    members.terminate(name);
  }

  /** SIGSTOP. */
  public void freeze(String name) throws InterruptedException {
    members.freeze(name);
  }

  /** SIGCONT. */
  public void thaw(String name) throws InterruptedException {
    members.thaw(name);
  }

  /** The process of a name, for who asks how it stands. */
  public ArgosProcess process(String name) {
    return members.get(name).process();
  }

  /** Notes what was done by other means than this class. */
  public void note(Fault fault) {
    faults.add(fault);
  }

  /** The name of the polling process that sent a request, if that is what it is. */
  public Optional<String> pollerThatSent(Request request) {
    return askers.of(request).filter(Members::polls).map(Member::name);
  }

  /** The devices that were polled last by another than the process of a name. */
  public Set<String> devicesOfOthers(String name) {
    String agent = members.get(name).agent();
    reader.read();
    Map<String, String> pollers = new TreeMap<>();
    reader.outcomes().stream()
        .filter(Ended::polled)
        .sorted(Comparator.comparing(Ended::startedAt))
        .forEach(ended -> pollers.put(ended.device(), ended.agent()));
    pollers.values().removeIf(agent::equals);
    return Set.copyOf(pollers.keySet());
  }

  /** Waits until the group has told a polling process after a time that it is a member. */
  public void awaitMembership(String name, Instant since) throws InterruptedException {
    String agent = members.get(name).agent();
    until(
        agent + " is told that it is a member",
        () ->
            members.proofs().stream()
                .anyMatch(proof -> proof.agent().equals(agent) && proof.at().isAfter(since)));
  }

  /** Waits until somebody leads with an epoch above this one. */
  public void awaitElection(long above) throws InterruptedException {
    until("a leader with an epoch above " + above, () -> epoch() > above);
  }

  /**
   * Waits until work goes on: the leader has emitted jobs, and some of each partition were run, all
   * since then.
   */
  public void awaitWork(Instant since) throws InterruptedException {
    until(
        "jobs emitted and run in each partition since " + since,
        () -> {
          long epoch = epoch();
          Set<Integer> partitions =
              reader.outcomes().stream().map(Ended::partition).collect(Collectors.toSet());
          return reader.jobs().reversed().stream()
                  .anyMatch(job -> job.epoch() == epoch && job.appendedAt().isAfter(since))
              && reader.outcomes().stream()
                  .filter(ended -> ended.polled() && ended.startedAt().isAfter(since))
                  .map(Ended::partition)
                  .collect(Collectors.toSet())
                  .equals(partitions);
        });
  }

  /** Starts what is missing of the estate, and waits until all is ready. */
  public void awaitWhole() throws InterruptedException {
    Set<String> wanted = new TreeSet<>(POLLERS);
    wanted.addAll(OTHERS);
    for (String name : wanted) {
      if (!members.names().contains(name)) {
        members.begin(name);
      }
    }
    for (String name : members.names()) {
      members.awaitReady(name);
    }
  }

  private void until(String what, Waiting.Condition condition) throws InterruptedException {
    Waiting.until(what, PATIENCE.plus(timers.interval()), condition, this::state);
  }

  private String state() {
    return "processes %s, leader %s, epoch %d, ended by themselves %s"
        .formatted(members.names(), leader(), epoch(), members.endedByThemselves());
  }

  private Set<String> polledSince(Instant since) {
    reader.read();
    return reader.outcomes().stream()
        .filter(ended -> ended.polled() && ended.startedAt().isAfter(since))
        .map(Ended::device)
        .collect(Collectors.toSet());
  }

  /** The processes that have ended and were not made to. */
  public List<String> endedByThemselves() {
    return members.endedByThemselves();
  }

  /** All that is known until now. */
  public Ledger ledger() {
    reader.read();
    members.learnPorts();
    List<Asked> asked = askers.polls(simulation.requests());
    return new Ledger(
        slots(),
        asked,
        reader.jobs(),
        reader.outcomes(),
        reader.polls(),
        reader.epochs(),
        members.proofs(),
        faults);
  }

  private List<Slot> slots() {
    long from = begun.toEpochMilli();
    long to = System.currentTimeMillis();
    List<Slot> slots = new ArrayList<>();
    for (String device : simulation.all()) {
      Slots.of(TargetKey.of("polling", Settings.POLLING, device), timers.interval())
          .between(from, to)
          .forEach(at -> slots.add(new Slot(device, Instant.ofEpochMilli(at))));
    }
    return slots;
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /** Ends everything at once; logs stay in the folder. */
  @Override
  public void close() throws InterruptedException {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        // Whatever does not close must not keep the others from it.
        System.err.println("not closed: " + e);
      }
    }
  }
}
