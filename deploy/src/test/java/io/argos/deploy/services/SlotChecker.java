package io.argos.deploy.services;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells from three ledgers whether each slot has had its poll: the slots that were due, the
 * executions that the agents have told of, and what the devices were asked, which nobody can make
 * up. A function of its input.
 *
 * @param interval time between the slots of a device; a poll may be late by this, and by no more
 * @param timeout longest run of a poll
 * @param faultAt when a process was killed: what ran then may be lost
 */
record SlotChecker(Duration interval, Duration timeout, Instant faultAt) {
  /** Clocks of the ledgers are read at different places of one machine. */
  private static final Duration SLACK = Duration.ofMillis(50);

  /**
   * An execution of the poll of a slot, as its agent tells of it.
   *
   * @param polled whether it asked the device, whatever came of it
   */
  record Execution(
      String resource, Instant dueAt, boolean polled, Instant startedAt, Duration took) {
    boolean covers(Instant time) {
      return !time.isBefore(startedAt.minus(SLACK))
          && !time.isAfter(startedAt.plus(took).plus(SLACK));
    }
  }

  /** A device was asked something. */
  record Asked(String resource, Instant at) {}

  /** A slot that is not as it must be. */
  sealed interface Violation {
    /** Nobody has told of a poll. */
    record Missed(String resource, Instant dueAt) implements Violation {}

    /** An agent tells of a poll, and the device was not asked. */
    record NotAsked(String resource, Instant dueAt, Instant startedAt) implements Violation {}

    /** The device was asked when the next slot was due already. */
    record Late(String resource, Instant dueAt, Duration by) implements Violation {}
  }

  /**
   * What was found.
   *
   * @param lateness of each slot that was polled, shortest first
   * @param repeated slots that were polled more than once
   * @param lost slots that were being polled at the fault and have no poll
   */
  record Report(
      int slots, List<Duration> lateness, int repeated, int lost, List<Violation> violations) {
    Report {
      lateness = lateness.stream().sorted().toList();
      violations = List.copyOf(violations);
    }

    /** The lateness below which this share of the slots stays; 1 for the longest. */
    Duration lateness(double share) {
      return lateness.isEmpty()
          ? Duration.ZERO
          : lateness.get(Math.max(0, (int) Math.ceil(share * lateness.size()) - 1));
    }

    @Override
    public String toString() {
      return "slots=%d polled=%d repeated=%d lost=%d lateMillis p50=%d p90=%d max=%d violations=%s"
          .formatted(
              slots,
              lateness.size(),
              repeated,
              lost,
              lateness(0.5).toMillis(),
              lateness(0.9).toMillis(),
              lateness(1).toMillis(),
              violations);
    }
  }

  /**
   * Looks at every slot.
   *
   * @param due slots of each resource
   */
  Report check(Map<String, List<Instant>> due, List<Execution> executions, List<Asked> asked) {
    List<Duration> lateness = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    int slots = 0;
    int repeated = 0;
    int lost = 0;
    for (Map.Entry<String, List<Instant>> device : due.entrySet()) {
      String resource = device.getKey();
      List<Instant> times =
          asked.stream()
              .filter(a -> a.resource().equals(resource))
              .map(Asked::at)
              .sorted()
              .toList();
      for (Instant dueAt : device.getValue()) {
        slots++;
        List<Execution> polls =
            executions.stream()
                .filter(e -> e.polled() && e.resource().equals(resource) && e.dueAt().equals(dueAt))
                .sorted(Comparator.comparing(Execution::startedAt))
                .toList();
        if (polls.size() > 1) {
          repeated++;
        }
        if (polls.isEmpty() && wasRunning(dueAt, times)) {
          lost++;
        } else {
          judge(resource, dueAt, polls, times, lateness, violations);
        }
      }
    }
    return new Report(slots, lateness, repeated, lost, violations);
  }

  private void judge(
      String resource,
      Instant dueAt,
      List<Execution> polls,
      List<Instant> times,
      List<Duration> lateness,
      List<Violation> violations) {
    if (polls.isEmpty()) {
      violations.add(new Violation.Missed(resource, dueAt));
      return;
    }
    Optional<Instant> first =
        times.stream()
            .filter(time -> polls.stream().anyMatch(poll -> poll.covers(time)))
            .findFirst();
    if (first.isEmpty()) {
      violations.add(new Violation.NotAsked(resource, dueAt, polls.getFirst().startedAt()));
      return;
    }
    Duration late = Duration.between(dueAt, first.get());
    lateness.add(late);
    if (late.compareTo(interval) > 0) {
      violations.add(new Violation.Late(resource, dueAt, late));
    }
  }

  /** It was due before the fault and had time left, and the device had been asked. */
  private boolean wasRunning(Instant dueAt, List<Instant> times) {
    return !dueAt.isAfter(faultAt)
        && dueAt.plus(timeout).isAfter(faultAt)
        && times.stream()
            .anyMatch(time -> !time.isBefore(dueAt.minus(SLACK)) && !time.isAfter(faultAt));
  }
}
