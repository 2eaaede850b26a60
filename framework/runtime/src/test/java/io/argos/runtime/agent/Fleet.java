package io.argos.runtime.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Agents of one group over one log, with a clock of their own; chance says what happens next. */
final class Fleet {
  private static final int AGENTS = 3;

  private final long seed;
  private final Random random;
  private final int pace;
  private final FleetLog log = new FleetLog();
  private final FleetLeader leader;
  private final List<FleetAgent> agents = new ArrayList<>();
  private final @Nullable FleetAgent[] owners = new FleetAgent[FleetLog.PARTITIONS];
  private long now = TestJobs.NOON.toEpochMilli();
  private int names;
  private int steps;
  private int begun;
  private boolean calm;

  Fleet(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.pace = 5 + random.nextInt(40);
    this.leader = new FleetLeader(log, random);
    for (int n = 0; n < AGENTS; n++) {
      join();
    }
  }

  Random random() {
    return random;
  }

  FleetLog log() {
    return log;
  }

  FleetLeader leader() {
    return leader;
  }

  List<FleetAgent> agents() {
    return agents;
  }

  long now() {
    return now;
  }

  long nanos() {
    return now * 1_000_000;
  }

  /** Whether nothing goes wrong any more. */
  boolean calm() {
    return calm;
  }

  String where() {
    return "argos.seed=" + seed + " step " + steps;
  }

  @Nullable FleetAgent ownerOf(int partition) {
    return owners[partition];
  }

  /** A job was begun. */
  void begun() {
    begun++;
  }

  int countOfBegun() {
    return begun;
  }

  private void join() {
    agents.add(new FleetAgent(this, "agent-" + names++));
  }

  void step() {
    steps++;
    now += random.nextInt(pace);
    coordinate();
    FleetAgent agent = agents.get(random.nextInt(agents.size()));
    int what = random.nextInt(100);
    if (what < 6) {
      leader.turn(now, false);
    } else if (what == 6 && random.nextInt(8) == 0) {
      leave(agent);
    } else if (!agent.frozen()) {
      step(agent, what);
    }
  }

  private void step(FleetAgent agent, int what) {
    if (what == 7 && random.nextInt(6) == 0) {
      agent.freeze(random.nextInt((int) FleetAgent.SESSION * 2));
    } else if (what == 8 && random.nextInt(3) == 0 && agent.member()) {
      move(agent);
    } else if (what == 9 && random.nextInt(8) == 0 && agent.member()) {
      agent.stop();
      leave(agent);
    } else if (what == 10 && random.nextInt(4) == 0) {
      agent.work().block(random.nextBoolean());
    } else if (what == 11 && leader.epoch() > 1) {
      agent.observe(leader);
    } else if (what < 30 && (agent.member() || random.nextInt(3) == 0)) {
      agent.poll(5);
    } else if (what < 32) {
      agent.commit();
    } else if (what < 39) {
      agent.readOutcomes();
    } else {
      agent.work().act();
    }
  }

  /** One dies, or has stopped; another comes. */
  private void leave(FleetAgent agent) {
    agents.remove(agent);
    disown(agent);
    join();
  }

  private void move(FleetAgent agent) {
    Set<Integer> moved =
        agent.partitions().stream().filter(_ -> random.nextBoolean()).collect(Collectors.toSet());
    agent.revoked(moved);
    moved.forEach(partition -> owners[partition] = null);
  }

  private void disown(FleetAgent agent) {
    for (int partition = 0; partition < owners.length; partition++) {
      if (owners[partition] == agent) {
        owners[partition] = null;
      }
    }
  }

  /** What the group does: expels who is silent, and gives what nobody has to anybody. */
  private void coordinate() {
    agents.stream().filter(FleetAgent::expelled).forEach(this::disown);
    List<FleetAgent> there =
        agents.stream().filter(agent -> agent.member() && !agent.frozen()).toList();
    for (int partition = 0; partition < owners.length && !there.isEmpty(); partition++) {
      FleetAgent next = there.get(random.nextInt(there.size()));
      if (owners[partition] == null && !next.partitions().contains(partition)) {
        owners[partition] = next;
        next.assigned(partition);
      }
    }
  }

  /** Nothing goes wrong any more, and in the end nothing is left to do. */
  void settle() {
    calm = true;
    agents.forEach(FleetAgent::wake);
    for (int turn = 0; turn < 400 || (turn < 4_000 && !idle()); turn++) {
      steps++;
      now += 20;
      if (turn < 100) {
        leader.turn(now, true);
      }
      coordinate();
      for (FleetAgent agent : agents) {
        agent.poll(50);
        agent.readOutcomes();
        agent.work().actAtOnce();
        agent.commit();
      }
    }
  }

  private boolean idle() {
    return agents.stream().map(FleetAgent::work).allMatch(FleetWork::idle);
  }
}
