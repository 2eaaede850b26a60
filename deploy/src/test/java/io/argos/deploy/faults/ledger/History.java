package io.argos.deploy.faults.ledger;

import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A run in which all is well: two devices, two agents, one poll a slot, 20 ms late, 300 ms long.
 * Tests plant in it what must not be.
 */
final class History {
  static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
  static final Duration INTERVAL = Duration.ofSeconds(10);
  static final Duration SESSION = Duration.ofSeconds(2);
  static final Duration LATE = Duration.ofMillis(20);
  static final Duration TOOK = Duration.ofMillis(300);
  static final int SLOTS = 6;
  static final String ONE = "lab/one";
  static final String TWO = "lab/two";

  /** The agent that has the first device, and the one that has the second. */
  static final String EVA = "eva";

  static final String BEN = "ben";

  final List<Slot> slots = new ArrayList<>();
  final List<Asked> asked = new ArrayList<>();
  final List<Emitted> jobs = new ArrayList<>();
  final List<Ended> outcomes = new ArrayList<>();
  final Set<String> polls = new TreeSet<>();
  final List<Taken> epochs = new ArrayList<>();
  final List<Proof> proofs = new ArrayList<>();
  final List<Fault> faults = new ArrayList<>();

  History() {
    epochs.add(new Taken(1, EVA, BEGIN.minusSeconds(60)));
    for (int number = 0; number < SLOTS; number++) {
      due(ONE, number, EVA);
      due(TWO, number, BEN);
    }
  }

  private void due(String device, int number, String agent) {
    slots.add(new Slot(device, slot(number)));
    emit(device, number, 1, number);
    poll(device, number, agent, LATE);
  }

  /** When the slot of a number is due. */
  static Instant slot(int number) {
    return BEGIN.plus(INTERVAL.multipliedBy(number));
  }

  /** The span of all slots. */
  static Window whole() {
    return new Window(BEGIN.minusSeconds(1), BEGIN.plus(INTERVAL.multipliedBy(SLOTS)));
  }

  static String jobId(String device, int number) {
    return device + "#" + number;
  }

  static int partition(String device) {
    return device.equals(ONE) ? 0 : 1;
  }

  /** A leader emits the job of a slot, five seconds ahead. */
  History emit(String device, int number, long epoch, long offset) {
    jobs.add(
        new Emitted(
            jobId(device, number),
            device,
            true,
            slot(number),
            epoch,
            partition(device),
            offset,
            slot(number).minusSeconds(5)));
    return this;
  }

  /** An agent polls a slot: outcome, requests and result. */
  History poll(String device, int number, String agent, Duration late) {
    Instant at = slot(number).plus(late);
    outcomes.add(ended(device, number, agent, OutcomeStatus.OK, at));
    ask(device, at, agent);
    ask(device, at.plusMillis(200), agent);
    polls.add(jobId(device, number));
    return this;
  }

  /** An outcome of an execution. */
  static Ended ended(
      String device, int number, String agent, OutcomeStatus status, Instant startedAt) {
    return new Ended(
        jobId(device, number),
        device,
        true,
        slot(number),
        1,
        agent,
        status,
        "",
        true,
        startedAt,
        TOOK,
        partition(device));
  }

  /** An outcome of a job that was not run. */
  History giveUp(String device, int number, OutcomeStatus status) {
    outcomes.add(
        new Ended(
            jobId(device, number),
            device,
            true,
            slot(number),
            1,
            EVA,
            status,
            "late",
            false,
            slot(number),
            Duration.ZERO,
            partition(device)));
    return this;
  }

  /** A device gets a request. */
  History ask(String device, Instant at, String agent) {
    asked.add(new Asked(device, at, agent));
    return this;
  }

  /** Whatever was told of a slot or seen of it is not. */
  History forget(String device, int number) {
    outcomes.removeIf(e -> e.device().equals(device) && e.dueAt().equals(slot(number)));
    forgetAsked(device, number);
    polls.remove(jobId(device, number));
    return this;
  }

  /** The device knows nothing of the poll of a slot. */
  History forgetAsked(String device, int number) {
    asked.removeIf(a ->
        a.device().equals(device)
            && !a.at().isBefore(slot(number))
            && a.at().isBefore(slot(number + 1)));
    return this;
  }

  /** Changes the outcome of a slot. */
  History change(String device, int number, UnaryOperator<Ended> change) {
    outcomes.replaceAll(
        e -> e.device().equals(device) && e.dueAt().equals(slot(number)) ? change.apply(e) : e);
    return this;
  }

  Ledger ledger() {
    return new Ledger(slots, asked, jobs, outcomes, polls, epochs, proofs, faults);
  }
}
