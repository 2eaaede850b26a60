package io.argos.runtime.agent;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** An agent of a model, as a member of its group: comes by partitions and gives them up. */
final class FleetAgent {
  static final long SESSION = 6_000;

  private final Fleet fleet;
  private final String name;
  private final Random random;
  private final PollFreshness freshness;
  private final FleetWork work;
  private final Map<Integer, FleetPartition> mine = new TreeMap<>();
  private final Map<OwnedPartition, FleetPartition> all = new IdentityHashMap<>();
  private long frozenUntil;
  private long lastSeen;
  private boolean member = true;

  FleetAgent(Fleet fleet, String name) {
    this.fleet = fleet;
    this.name = name;
    this.random = fleet.random();
    this.freshness = new PollFreshness(Duration.ofMillis(SESSION * 66 / 100), fleet::nanos);
    this.work = new FleetWork(fleet, this);
  }

  String name() {
    return name;
  }

  FleetWork work() {
    return work;
  }

  boolean fresh() {
    return freshness.fresh();
  }

  boolean frozen() {
    return frozenUntil > fleet.now();
  }

  boolean member() {
    return member;
  }

  Set<Integer> partitions() {
    return Set.copyOf(mine.keySet());
  }

  /** An assignment, be it of the past. */
  FleetPartition find(OwnedPartition partition) {
    return all.get(partition);
  }

  void freeze(long millis) {
    frozenUntil = fleet.now() + millis;
    lastSeen = fleet.now();
  }

  void wake() {
    frozenUntil = 0;
    work.block(false);
  }

  /** True once the group has not heard of it for a session. */
  boolean expelled() {
    boolean expelled = member && frozen() && fleet.now() - lastSeen > SESSION;
    member &= !expelled;
    return expelled;
  }

  void observe(FleetLeader leader) {
    work.board().observeEpoch(leader.epoch(), leader.since());
  }

  void assigned(int partition) {
    FleetPartition taken = new FleetPartition(fleet, partition);
    mine.put(partition, taken);
    all.put(taken.real(), taken);
    work.board().assigned(taken.real());
    freshness.proven(fleet.nanos());
  }

  /** A turn of the poll loop. */
  void poll(int most) {
    // Threads come up sooner than the next record does.
    work.comeUp();
    if (!member) {
      freshness.doubted();
      partitions().forEach(this::giveUp);
      partitions().forEach(this::forget);
      member = true;
    }
    boolean sure = freshness.turned();
    mine.values().forEach(partition -> partition.read(work.board(), random.nextInt(most)));
    if (!sure && !mine.isEmpty()) {
      commit();
      freshness.proven(fleet.nanos());
    }
  }

  /** What former owners have run is read, a part at a time. */
  void readOutcomes() {
    mine.values().forEach(partition -> partition.readOutcomes(work.board(), random));
  }

  /** Taken away in good order. */
  void revoked(Set<Integer> partitions) {
    partitions.forEach(this::giveUp);
    for (int n = random.nextInt(6); n > 0; n--) {
      work.act();
    }
    commit();
    partitions.forEach(this::forget);
  }

  /** Gives all back; some of what runs is cut off. */
  void stop() {
    partitions().forEach(this::giveUp);
    for (int n = random.nextInt(15); n > 0; n--) {
      work.act();
    }
    mine.values().forEach(partition -> work.cancel(partition.real()));
    work.endSome();
    commit();
  }

  private void giveUp(int partition) {
    mine.get(partition).real().disown();
    work.board().drop(mine.get(partition).real());
  }

  private void forget(int partition) {
    work.cancel(mine.remove(partition).real());
  }

  void commit() {
    if (member) {
      mine.forEach((number, partition) ->
          partition
              .real()
              .offsets()
              .watermark()
              .ifPresent(offset -> fleet.log().commit(number, offset, fleet.where())));
    }
  }

  void assertNothingHeld() {
    freshness.proven(fleet.nanos());
    work.assertNothingHeld();
  }
}
