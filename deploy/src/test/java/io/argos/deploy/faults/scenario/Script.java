package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.ledger.Window;
import io.argos.deploy.process.Timers;
import io.argos.deploy.process.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a scenario works with. For one thread. */
public final class Script {
  /**
   * The devices whose agent lives on, while the leader, which is an agent too, does not: they show
   * what its death costs as that of a leader.
   */
  public static final String OF_OTHERS = "of other agents";

  /** The healthy devices while others do not answer. */
  public static final String BESIDE_DEAD = "a fifth dead";

  /**
   * A part of a scenario of which the figures are told beside those of the whole; those of the same
   * name together.
   */
  public record Part(String name, Window window, Set<String> devices) {
    public Part {
      devices = Set.copyOf(devices);
    }
  }

  private final FaultCluster cluster;
  private final Random random;
  private final boolean whole;
  private final Consumer<String> teller;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A script for one run of a scenario.
   *
   * @param whole false for the short form that CI runs
   * @param teller takes lines for who watches
   */
  public Script(FaultCluster cluster, Random random, boolean whole, Consumer<String> teller) {
    this.cluster = cluster;
    this.random = random;
    this.whole = whole;
    this.teller = teller;
  }

  public FaultCluster cluster() {
    return cluster;
  }

  public Timers timers() {
    return cluster.timers();
  }

  public Random random() {
    return random;
  }

  /** How often to do a thing: in the short form, and in the whole one. */
  int times(int brief, int full) {
    return whole ? full : brief;
  }

  /** One of several, at random but the same for a seed. */
  <T extends Comparable<T>> T oneOf(Set<T> several) {
    return List.copyOf(new TreeSet<>(several)).get(random.nextInt(several.size()));
  }

  /** Waits for a random part of a time. */
  void passUpTo(Duration most) throws InterruptedException {
    pass(Duration.ofMillis(random.nextLong(most.toMillis())));
  }

  public void pass(Duration time) throws InterruptedException {
    Waiting.pass(time);
  }

  /** Waits until a time; not at all when it has passed. */
  void passUntil(Instant time) throws InterruptedException {
    Duration left = Duration.between(Instant.now(), time);
    if (left.isPositive()) {
      pass(left);
    }
  }

  public void say(String text, Object... arguments) {
    teller.accept(text.formatted(arguments));
  }

  /** Has the figures of some devices from then until now told beside those of the whole. */
  void part(String name, Instant from, Set<String> devices) {
    parts.add(new Part(name, new Window(from, Instant.now()), devices));
  }

  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /** The polling process that leads, once there is one. */
  String leader() throws InterruptedException {
    Waiting.until(
        "somebody leads",
        timers().interval().plusSeconds(60),
        () -> cluster.leader().isPresent(),
        () -> "nobody");
    return cluster.leader().orElseThrow();
  }

  /** A polling process that does not lead. */
  String follower() throws InterruptedException {
    Set<String> others = new TreeSet<>(cluster.pollers());
    others.remove(leader());
    return oneOf(others);
  }
}
