package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.ledger.Fault;
import io.argos.testing.simulator.Behaviour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A fifth of the devices does not answer; the others must not feel it. */
record DeadDevices() implements Scenario {
  private static final int SHARE = 5;

  @Override
  public String name() {
    return "dead-devices";
  }

  @Override
  public String sentence() {
    return "a fifth of the devices falls silent, and answers again";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    List<String> devices = new ArrayList<>(cluster.simulation().all());
    Collections.shuffle(devices, script.random());
    List<String> dead = devices.subList(0, devices.size() / SHARE);
    Set<String> healthy = new TreeSet<>(devices.subList(dead.size(), devices.size()));
    int intervals = script.times(1, 3);

    Instant from = Instant.now();
    script.pass(script.timers().interval().multipliedBy(intervals));
    script.part("all alive", from, healthy);

    Instant deadFrom = Instant.now();
    script.say("%d of %d devices fall silent", dead.size(), devices.size());
    dead.forEach(device -> cluster.simulation().behave(device, new Behaviour.Dead()));
    script.pass(script.timers().interval().multipliedBy(intervals));
    script.part(Script.BESIDE_DEAD, deadFrom, healthy);
    dead.forEach(device -> cluster.simulation().behave(device));
    cluster.note(new Fault(Fault.Kind.DEVICES, "devices", deadFrom, Instant.now()));
  }
}
