package io.argos.deploy.faults.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that is known of a run, from sources that do not know of each other.
 *
 * @param slots what was due, by arithmetic
 * @param asked what reached the devices, by their own log
 * @param jobs the topic of jobs, in the order of each partition
 * @param outcomes the topic of outcomes
 * @param polls ids of the jobs of which the topic of polls has a result
 * @param epochs the topic of epochs, in its order
 * @param proofs the group's word to agents, by their logs
 * @param faults what was done
 */
public record Ledger(
    List<Slot> slots,
    List<Asked> asked,
    List<Emitted> jobs,
    List<Ended> outcomes,
    Set<String> polls,
    List<Taken> epochs,
    List<Proof> proofs,
    List<Fault> faults) {
  public Ledger {
    slots = List.copyOf(slots);
    asked = List.copyOf(asked);
    jobs = List.copyOf(jobs);
    outcomes = List.copyOf(outcomes);
    polls = Set.copyOf(polls);
    epochs = List.copyOf(epochs);
    proofs = List.copyOf(proofs);
    faults = List.copyOf(faults);
  }

  /** The requests to each device, oldest first. */
  Map<String, List<Asked>> askedByDevice() {
    return asked.stream()
        .sorted(Comparator.comparing(Asked::at))
        .collect(Collectors.groupingBy(Asked::device));
  }

  /** The outcomes of the jobs of slots. */
  Map<Slot, List<Ended>> outcomesBySlot() {
    return outcomes.stream()
        .filter(Ended::scheduled)
        .collect(Collectors.groupingBy(ended -> new Slot(ended.device(), ended.dueAt())));
  }

  Map<String, List<Ended>> outcomesByJob() {
    return outcomes.stream().collect(Collectors.groupingBy(Ended::jobId));
  }

  Map<String, List<Emitted>> jobsById() {
    return jobs.stream().collect(Collectors.groupingBy(Emitted::jobId));
  }

  /** What was due in a span of time. */
  public List<Slot> slotsIn(Window window) {
    return slots.stream().filter(slot -> window.holds(slot.dueAt())).toList();
  }

  /** How often a leader took an epoch in a span of time. */
  public long electionsIn(Window window) {
    return epochs.stream().filter(taken -> window.holds(taken.at())).count();
  }

  /** Whether each slot of a span of time has been polled, so that nothing more need be awaited. */
  public boolean ripe(Window window) {
    Map<Slot, List<Ended>> ended = outcomesBySlot();
    return slotsIn(window).stream()
        .allMatch(slot -> ended.getOrDefault(slot, List.of()).stream().anyMatch(Ended::polled));
  }

  /** All that is known of a device around a time, one line each, for who looks for the cause. */
  public List<String> story(String device, Instant around, java.time.Duration reach) {
    Window window = new Window(around.minus(reach), around.plus(reach));
    record Line(Instant at, String text) {}
    List<Line> lines = new ArrayList<>();
    slots.stream()
        .filter(slot -> slot.device().equals(device) && window.holds(slot.dueAt()))
        .forEach(slot -> lines.add(new Line(slot.dueAt(), "slot due")));
    jobs.stream()
        .filter(job -> job.device().equals(device) && window.holds(job.dueAt()))
        .forEach(job ->
            lines.add(
                new Line(
                    job.appendedAt(),
                    "job %s emitted for %s epoch=%d place=%d@%d"
                        .formatted(
                            job.jobId(),
                            job.dueAt(),
                            job.epoch(),
                            job.partition(),
                            job.offset()))));
    outcomes.stream()
        .filter(ended -> ended.device().equals(device) && window.holds(ended.dueAt()))
        .forEach(ended ->
            lines.add(
                new Line(ended.endedAt(), "outcome for %s: %s".formatted(ended.dueAt(), ended))));
    asked.stream()
        .filter(request -> request.device().equals(device) && window.holds(request.at()))
        .forEach(request -> lines.add(new Line(request.at(), "asked by " + request.agent())));
    faults.stream()
        .filter(fault -> window.holds(fault.from()) || window.holds(fault.to()))
        .forEach(fault ->
            lines.add(
                new Line(
                    fault.from(),
                    "%s %s until %s".formatted(fault.subject(), fault.kind(), fault.to()))));
    epochs.stream()
        .filter(taken -> window.holds(taken.at()))
        .forEach(taken ->
            lines.add(
                new Line(taken.at(), "epoch %d by %s".formatted(taken.epoch(), taken.leader()))));
    return lines.stream()
        .sorted(Comparator.comparing(Line::at))
        .map(line -> line.at() + " " + line.text())
        .toList();
  }
}
