package io.argos.deploy.faults.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Each slot has a poll of which an agent tells and which the device has seen, within one interval.
 * What is not polled is accounted for at least; and that is enough for a slot whose whole time went
 * by while the broker was away, since nobody could be told to poll.
 *
 * @param interval time between the slots of a device; a poll may be late by this, and by no more
 */
public record EverySlotIsPolled(Duration interval) implements Checker {
  /** How soon work is to go on once the broker is back. */
  private static final Duration RESUME = Duration.ofSeconds(5);

  public static final String MISSED = "missed";
  public static final String UNACCOUNTED = "unaccounted";
  public static final String NOT_ASKED = "not-asked";
  public static final String LATE = "late";

  @Override
  public List<Violation> check(Ledger ledger, Window window) {
    List<Violation> violations = new ArrayList<>();
    judge(ledger, window, _ -> true, violations);
    return violations;
  }

  /** How the slots of some devices fared. */
  public Figures figures(Ledger ledger, Window window, Predicate<String> devices) {
    return judge(ledger, window, devices, new ArrayList<>());
  }

  private Figures judge(
      Ledger ledger, Window window, Predicate<String> devices, List<Violation> violations) {
    Map<Slot, List<Ended>> outcomes = ledger.outcomesBySlot();
    Map<String, List<Asked>> asked = ledger.askedByDevice();
    List<Duration> lateness = new ArrayList<>();
    int slots = 0;
    int doubled = 0;
    int shared = 0;
    for (Slot slot : ledger.slotsIn(window)) {
      if (!devices.test(slot.device())) {
        continue;
      }
      slots++;
      List<Ended> ended = outcomes.getOrDefault(slot, List.of());
      List<Ended> polls =
          ended.stream()
              .filter(Ended::polled)
              .sorted(Comparator.comparing(Ended::startedAt))
              .toList();
      if (polls.size() > 1) {
        doubled++;
      }
      List<Asked> requests = asked.getOrDefault(slot.device(), List.of());
      if (askers(slot, requests) > 1) {
        shared++;
      }
      boolean lost = lost(slot, ledger.faults());
      if (polls.isEmpty()) {
        if (!lost || ended.isEmpty()) {
          violations.add(missed(slot, ended));
        }
        continue;
      }
      Optional<Instant> first = firstRequest(polls, requests);
      if (first.isEmpty()) {
        violations.add(
            new Violation(NOT_ASKED, slot.device(), slot.dueAt(), "told of, but: " + polls));
        continue;
      }
      Duration late = Duration.between(slot.dueAt(), first.get());
      lateness.add(late);
      if (late.compareTo(interval) > 0 && !lost) {
        violations.add(
            new Violation(LATE, slot.device(), slot.dueAt(), "by " + late.toMillis() + " ms"));
      }
    }
    return new Figures(slots, doubled, shared, lateness);
  }

  /** How many agents asked the device between this slot and the next. */
  private long askers(Slot slot, List<Asked> requests) {
    Window own = new Window(slot.dueAt().minus(SLACK), slot.dueAt().plus(interval).minus(SLACK));
    return requests.stream()
        .filter(request -> own.holds(request.at()))
        .map(Asked::agent)
        .distinct()
        .count();
  }

  /** Whether its time came and went while the broker was away. */
  private boolean lost(Slot slot, List<Fault> faults) {
    return faults.stream()
        .anyMatch(fault ->
            fault.kind() == Fault.Kind.SERVER
                && fault.subject().equals(Fault.BROKER)
                && !slot.dueAt().isBefore(fault.from())
                && !slot.dueAt().plus(interval).isAfter(fault.to().plus(RESUME)));
  }

  private static Violation missed(Slot slot, List<Ended> ended) {
    return ended.isEmpty()
        ? new Violation(UNACCOUNTED, slot.device(), slot.dueAt(), "no outcome at all")
        : new Violation(MISSED, slot.device(), slot.dueAt(), ended.toString());
  }

  private static Optional<Instant> firstRequest(List<Ended> polls, List<Asked> asked) {
    return asked.stream()
        .filter(request ->
            polls.stream()
                .anyMatch(poll ->
                    poll.covers(request.at(), SLACK) && poll.agent().equals(request.agent())))
        .map(Asked::at)
        .findFirst();
  }
}
