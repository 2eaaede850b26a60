package io.argos.deploy.faults.cluster;

import io.argos.deploy.faults.ledger.Asked;
import io.argos.deploy.process.Simulation;
import io.argos.testing.simulator.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who asked the devices: the processes by the UDP ports that are theirs. Safe for threads. */
final class Askers {
  private final Map<Integer, Member> ports = new ConcurrentHashMap<>();

  /** Notes the ports of a process, which must still run. */
  void learn(Member member) {
    member.process().udpPorts().forEach(port -> ports.put(port, member));
  }

  /** The process that sent a request. */
  Optional<Member> of(Request request) {
    return Optional.ofNullable(ports.get(request.from().getPort()));
  }

  /** What the devices were asked, but by the stages that do not poll. */
  List<Asked> polls(List<Request> requests) {
    return requests.stream()
        .filter(request -> of(request).map(Members::polls).orElse(true))
        .map(request ->
            new Asked(
                Simulation.id(request.device()),
                request.at(),
                of(request).map(Member::agent).orElse("")))
        .toList();
  }
}
