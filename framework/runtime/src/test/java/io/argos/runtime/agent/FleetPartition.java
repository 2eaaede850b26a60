package io.argos.runtime.agent;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One assignment of a partition in a model: reads its jobs, and what former owners have run. */
final class FleetPartition {
  private final Fleet fleet;
  private final OwnedPartition real;
  private final long since;
  private final Set<String> begun = new HashSet<>();
  private long read;
  private long former;
  private long formerEnd = -1;

  FleetPartition(Fleet fleet, int number) {
    this.fleet = fleet;
    this.real = new OwnedPartition(number);
    this.since = fleet.now();
    this.read = fleet.log().committed(number);
  }

  OwnedPartition real() {
    return real;
  }

  /** When it was assigned. */
  long since() {
    return since;
  }

  /** Ids of the jobs of it that were begun. */
  Set<String> begun() {
    return begun;
  }

  void read(JobBoard board, int count) {
    List<FleetLog.Emitted> jobs = fleet.log().jobs(real.number());
    for (int n = 0; n < count && read < jobs.size(); n++) {
      FleetLog.Emitted next = jobs.get((int) read);
      if (real.begin()) {
        formerEnd = fleet.log().outcomes(real.number()).size();
      }
      real.offsets().read(read, 0);
      board.hold(new HeldJob(next.job(), real, read++, next.at()), fleet.now());
    }
  }

  /** A part at a time. */
  void readOutcomes(JobBoard board, Random random) {
    List<FleetLog.Told> told = fleet.log().outcomes(real.number());
    for (int n = random.nextInt(40); n > 0 && former < formerEnd; n--) {
      FleetLog.Told next = told.get((int) former++);
      if (next.run()) {
        board.ranBefore(real, next.outcome(), fleet.now());
      }
    }
    if (former == formerEnd) {
      real.settle();
    }
  }
}
