package io.argos.deploy.faults.cluster;

import io.argos.deploy.faults.ledger.Fault;
import io.argos.deploy.faults.ledger.Proof;
import io.argos.deploy.process.ArgosProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The services of the estate, each under a name that it keeps when it is started again, and what
 * was done to them. For one thread.
 */
final class Members implements AutoCloseable {
  static final String POLLING = "polling";
  private static final Duration START = Duration.ofSeconds(90);

  /** Supervisors grant thirty seconds between SIGTERM and SIGKILL. */
  private static final Duration END = Duration.ofSeconds(25);

  private final Path folder;
  private final Path settings;
  private final Askers askers;
  private final List<Fault> faults;
  private final Map<String, Member> running = new TreeMap<>();
  private final List<Member> all = new ArrayList<>();
  private final Map<String, Integer> starts = new HashMap<>();
  private final Map<String, Instant> frozen = new HashMap<>();
  private final Set<Member> ended = new HashSet<>();

  Members(Path folder, Path settings, Askers askers, List<Fault> faults) {
    this.folder = folder;
    this.settings = settings;
    this.askers = askers;
    this.faults = faults;
  }

  static boolean polls(Member member) {
    return member.name().startsWith(POLLING);
  }

  /** Starts the process of a name, and does not wait for it. */
  void begin(String name) {
    String command = name.startsWith(POLLING) ? POLLING : name;
    int number = starts.merge(name, 1, Integer::sum);
    String id = name + "." + number;
    ArgosProcess process =
        ArgosProcess.start(
            id, folder, command, "-c", settings.toString(), "--set", "instance.id=" + id);
    Member member = new Member(name, id + "-" + command, process);
    running.put(name, member);
    all.add(member);
  }

  Set<String> names() {
    return Set.copyOf(running.keySet());
  }

  /** The running process of a name. */
  Member get(String name) {
    Member member = running.get(name);
    if (member == null) {
      throw new IllegalStateException("no process runs as " + name);
    }
    return member;
  }

  /** The running process that calls itself so in records. */
  Optional<Member> byAgent(String agent) {
    return running.values().stream().filter(member -> member.agent().equals(agent)).findAny();
  }

  void awaitReady(String name) throws InterruptedException {
    Member member = get(name);
    member.process().awaitReady(START);
    askers.learn(member);
  }

  void kill(String name) throws InterruptedException {
    Member member = leave(name);
    Instant from = Instant.now();
    member.process().kill();
    faults.add(new Fault(Fault.Kind.KILLED, member.agent(), from, Instant.now()));
  }

  void terminate(String name) throws InterruptedException {
    Member member = leave(name);
    Instant from = Instant.now();
    member.process().terminate();
    var _ = member.process().awaitExit(END);
    faults.add(new Fault(Fault.Kind.TERMINATED, member.agent(), from, Instant.now()));
  }

  void freeze(String name) throws InterruptedException {
    Member member = get(name);
    askers.learn(member);
    member.process().freeze();
    // Behind the signal: what it began while that was on its way it began alive.
    frozen.put(name, Instant.now());
  }

  void thaw(String name) throws InterruptedException {
    Instant from = frozen.remove(name);
    if (from == null) {
      throw new IllegalStateException(name + " is not frozen");
    }
    Member member = get(name);
    // Before the signal: what it does at once must not look as if it came while it stood still.
    Instant to = Instant.now();
    member.process().thaw();
    faults.add(new Fault(Fault.Kind.FROZEN, member.agent(), from, to));
  }

  private Member leave(String name) {
    Member member = get(name);
    askers.learn(member);
    ended.add(member);
    running.remove(name);
    return member;
  }

  /** Notes whose ports are whose. */
  void learnPorts() {
    running.values().forEach(askers::learn);
  }

  /** The processes that have ended and were not made to. */
  List<String> endedByThemselves() {
    return all.stream()
        .filter(member -> !ended.contains(member) && !member.process().alive())
        .map(Member::agent)
        .toList();
  }

  /** When the group told an agent that it is a member, by the agents' logs. */
  List<Proof> proofs() {
    List<Proof> proofs = new ArrayList<>();
    for (Member member : all) {
      if (polls(member)) {
        for (String line : member.process().log().lines().toList()) {
          if (line.contains("membership confirmed after a gap stage=" + POLLING)
              || line.contains("partitions assigned stage=" + POLLING)) {
            proofs.add(
                new Proof(member.agent(), Instant.parse(line.substring(0, line.indexOf(' ')))));
          }
        }
      }
    }
    return proofs;
  }

  @Override
  public void close() throws InterruptedException {
    for (Member member : all) {
      member.process().close();
    }
  }
}
