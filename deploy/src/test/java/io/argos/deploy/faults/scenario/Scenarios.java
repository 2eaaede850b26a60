package io.argos.deploy.faults.scenario;

import java.util.List;
import java.util.Optional;

/** All scenarios, in the order in which they run: those that measure before those that break. */
public final class Scenarios {
  private static final List<Scenario> ALL =
      List.of(
          new DeadDevices(),
          new LeaderKill(),
          new LeaderPause(),
          new AgentKill(),
          new AgentPause(),
          new RollingRestart(),
          new JoiningLeaving(),
          new ZooKeeperBlip(),
          new ZooKeeperAway(),
          new ZooKeeperWiped(),
          new RedisAway(),
          new RedisColdStart(),
          new RedisAfterRestart(),
          new BrokerKill(),
          new BrokerUnreachable());

  private Scenarios() {}

  public static List<Scenario> all() {
    return ALL;
  }

  /** The scenario of a name. */
  public static Optional<Scenario> named(String name) {
    return ALL.stream().filter(scenario -> scenario.name().equals(name)).findAny();
  }
}
