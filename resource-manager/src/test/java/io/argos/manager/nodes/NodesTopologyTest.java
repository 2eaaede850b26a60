package io.argos.manager.nodes;

import static io.argos.schemas.OutcomeStatus.DUPLICATE;
import static io.argos.schemas.OutcomeStatus.EXPIRED;
import static io.argos.schemas.OutcomeStatus.FAILED;
import static io.argos.schemas.OutcomeStatus.FENCED;
import static io.argos.schemas.OutcomeStatus.MISSED;
import static io.argos.schemas.OutcomeStatus.OK;
import static io.argos.schemas.OutcomeStatus.SUPERSEDED;
import static io.argos.schemas.OutcomeStatus.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.argos.manager.stream.LogDriver;
import io.argos.schemas.Event;
import io.argos.schemas.Health;
import io.argos.schemas.JobReason;
import io.argos.schemas.NodeState;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.Reachability;
import io.argos.schemas.Resource;
import io.argos.schemas.Severity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesTopologyTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ID = "lab/core1";
  private static final int INTERVAL = 60;

  @TempDir Path data;
  private LogDriver log;
  private NodeState last;

  @BeforeEach
  void start() {
    log = driver();
  }

  private LogDriver driver() {
    return new LogDriver(NodesTopology.NAME, data, NodesTopology::build);
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  private static Resource resource() {
    return new Resource(
        ID,
        "lab",
        "core1",
        List.of(),
        "network",
        "switch",
        "acme",
        "192.0.2.1",
        List.of(),
        Map.of(),
        null,
        false,
        3600L,
        T0,
        1L,
        List.of());
  }

  private static Outcome outcome(
      long slot, String plugin, OutcomeStatus status, @Nullable Integer code, String detail) {
    boolean ran = status == OK || status == FAILED || status == TIMEOUT;
    return new Outcome(
        plugin + slot,
        "polling",
        plugin,
        ID,
        null,
        JobReason.SCHEDULED,
        status,
        code,
        detail.isEmpty() ? "" : "no-answer",
        detail,
        at(slot * INTERVAL),
        ran ? at(slot * INTERVAL) : null,
        ran ? 1000L : 0L,
        INTERVAL * 1000L,
        1L,
        "agent-1");
  }

  private static Outcome ok(long slot) {
    return outcome(slot, "interfaces", OK, 0, "");
  }

  private static Outcome silent(long slot) {
    return outcome(slot, "interfaces", TIMEOUT, 3, "no answer in 5 s");
  }

  private void resourceAppears() {
    log.write(log.topics().resources(), ID, resource(), T0);
  }

  private void write(Outcome outcome) {
    write(log, outcome);
  }

  private static void write(LogDriver log, Outcome outcome) {
    log.write(log.topics().outcomes(), ID, outcome, outcome.getDueAt().plusSeconds(1));
  }

  private List<NodeState> states() {
    return log.read(log.topics().nodes(), NodeState.class).stream()
        .map(LogDriver.Written::record)
        .toList();
  }

  /** The last state that was written. */
  private NodeState state() {
    List<NodeState> more = states();
    last = more.isEmpty() ? last : more.getLast();
    return last;
  }

  private List<Event> events() {
    return log.read(log.topics().events(), Event.class).stream()
        .map(LogDriver.Written::record)
        .toList();
  }

  @Test
  void isPendingUntilItsFirstOutcome() {
    resourceAppears();

    NodeState pending = state();

    assertThat(pending.getReachability()).isEqualTo(Reachability.PENDING);
    assertThat(pending.getHealth()).isEqualTo(Health.UNKNOWN);
    assertThat(pending.getSince()).isEqualTo(T0);
    assertThat(pending.getRevision()).isEqualTo(1);
    assertThat(pending.getReason()).isEqualTo("not polled yet");
    assertThat(events()).isEmpty();
  }

  @Test
  void isReachableOnceItAnswered() {
    resourceAppears();
    write(ok(1));

    NodeState reachable = state();

    assertThat(reachable.getReachability()).isEqualTo(Reachability.REACHABLE);
    assertThat(reachable.getHealth()).isEqualTo(Health.OK);
    assertThat(reachable.getReason()).isEmpty();
    assertThat(reachable.getSince()).isEqualTo(at(61));
    assertThat(reachable.getLastPollAt()).isEqualTo(at(61));
    assertThat(reachable.getLastSuccessAt()).isEqualTo(at(61));
    assertThat(reachable.getExpectedBy()).isEqualTo(at(180));
    assertThat(reachable.getPlugins()).containsExactly(Map.entry("interfaces", "OK"));
    assertThat(events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getType()).isEqualTo("node.reachable");
          assertThat(event.getAt()).isEqualTo(at(61));
          assertThat(event.getSeverity()).isEqualTo(Severity.INFO);
        });
  }

  @Test
  void isUnreachableAfterTwoFailuresInARow() {
    resourceAppears();
    write(ok(1));
    write(silent(2));
    NodeState degraded = state();
    write(silent(3));
    NodeState unreachable = state();
    write(ok(4));

    assertThat(degraded.getReachability()).isEqualTo(Reachability.DEGRADED);
    assertThat(degraded.getReason()).isEqualTo("1 failed poll: no answer in 5 s");
    assertThat(unreachable.getReachability()).isEqualTo(Reachability.UNREACHABLE);
    assertThat(unreachable.getHealth()).isEqualTo(Health.CRITICAL);
    assertThat(unreachable.getConsecutiveFailures()).isEqualTo(2);
    assertThat(unreachable.getReason()).isEqualTo("2 failed polls: no answer in 5 s");
    assertThat(unreachable.getSince()).isEqualTo(at(181));
    assertThat(unreachable.getLastSuccessAt()).isEqualTo(at(61));
    assertThat(state().getReachability()).isEqualTo(Reachability.REACHABLE);
    assertThat(events())
        .extracting(Event::getType)
        .containsExactly("node.reachable", "node.degraded", "node.unreachable", "node.reachable");
  }

  @Test
  void isDegradedWhenSomethingIsMissing() {
    resourceAppears();
    for (int code : new int[] {4, 5, 6, 8}) {
      write(outcome(code * 3L, "interfaces", FAILED, code, "half of it"));
      write(outcome(code * 3L + 1, "interfaces", FAILED, code, "half of it"));
      assertThat(state().getReachability()).as("code %d", code).isEqualTo(Reachability.DEGRADED);
      assertThat(state().getHealth()).isEqualTo(Health.WARNING);
      assertThat(state().getReason()).isEqualTo("interfaces is incomplete: half of it");
      write(ok(code * 3L + 2));
    }
  }

  @Test
  void isDegradedWhileOneOfItsPluginsAnswersAndAnotherDoesNot() {
    resourceAppears();
    write(ok(1));
    write(outcome(1, "system", TIMEOUT, 3, "no answer"));
    write(ok(2));
    write(outcome(2, "system", TIMEOUT, 3, "no answer"));

    NodeState state = state();

    assertThat(state.getReachability()).isEqualTo(Reachability.DEGRADED);
    assertThat(state.getReason()).isEqualTo("system fails: no answer");
    assertThat(state.getPlugins())
        .containsEntry("system", "TIMEOUT")
        .containsEntry("interfaces", "OK");
  }

  @Test
  void isStaleWhenNoOutcomeComesInTime() {
    resourceAppears();
    write(ok(1));
    log.tick(at(181));
    assertThat(state().getReachability()).isEqualTo(Reachability.REACHABLE);

    log.tick(at(182));

    NodeState stale = state();
    assertThat(stale.getReachability()).isEqualTo(Reachability.STALE);
    assertThat(stale.getSince()).as("dated at the deadline").isEqualTo(at(180));
    assertThat(stale.getReason()).contains("no outcome of interfaces by 2026-01-01T00:03:00Z");
    assertThat(stale.getExpectedBy()).isNull();
    assertThat(events().getLast().getAt()).isEqualTo(at(180));
    write(ok(4));
    assertThat(state().getReachability()).isEqualTo(Reachability.REACHABLE);
    assertThat(state().getSince()).isEqualTo(at(241));
  }

  @Test
  void isStaleWhenOurOwnSideDoesNotPoll() {
    resourceAppears();
    write(ok(1));
    write(outcome(2, "interfaces", EXPIRED, null, "the queue was full"));

    NodeState stale = state();

    assertThat(stale.getReachability()).isEqualTo(Reachability.STALE);
    assertThat(stale.getReason())
        .isEqualTo("interfaces was not polled, EXPIRED: the queue was full");
    assertThat(stale.getLastPollAt()).isEqualTo(at(61));
    write(outcome(3, "interfaces", MISSED, null, "no agent"));
    assertThat(state().getReason()).isEqualTo("interfaces was not polled, MISSED: no agent");
    write(ok(4));
    assertThat(state().getReachability()).isEqualTo(Reachability.REACHABLE);
  }

  @Test
  void ignoresWhatSaysNothingOfTheDevice() {
    resourceAppears();
    write(ok(1));
    states();

    write(outcome(2, "interfaces", DUPLICATE, null, ""));
    write(outcome(2, "interfaces", FENCED, null, ""));
    write(outcome(2, "interfaces", SUPERSEDED, null, ""));
    Outcome check = silent(2);
    check.setSubject("http");
    write(check);

    assertThat(states()).isEmpty();
  }

  @Test
  void saysWhetherASilentDeviceAnswersPing() {
    resourceAppears();
    write(outcome(1, "interfaces", FAILED, 3, "answers ping, but no SNMP: no answer in 5 s"));
    write(outcome(2, "interfaces", FAILED, 3, "answers ping, but no SNMP: no answer in 5 s"));
    String there = state().getReason();
    write(outcome(3, "interfaces", FAILED, 7, "answers neither ping nor SNMP: no answer in 5 s"));
    NodeState gone = state();

    assertThat(there).isEqualTo("2 failed polls: answers ping, but no SNMP: no answer in 5 s");
    assertThat(gone.getReachability()).isEqualTo(Reachability.UNREACHABLE);
    assertThat(gone.getReason())
        .isEqualTo("3 failed polls: answers neither ping nor SNMP: no answer in 5 s");
  }

  @Test
  void notesEnrichmentsWithoutDecidingByThem() {
    resourceAppears();
    Outcome failed = outcome(1, "snmp-system", FAILED, null, "no answer to any of 2 credentials");
    failed.setStage("enrichment");
    write(failed);
    NodeState pending = state();
    write(outcome(2, "interfaces", FAILED, 8, "not enriched"));

    assertThat(pending.getReachability()).isEqualTo(Reachability.PENDING);
    assertThat(pending.getReason())
        .isEqualTo("not enriched, snmp-system FAILED: no answer to any of 2 credentials");
    assertThat(pending.getPlugins()).containsEntry("snmp-system", "FAILED");
    assertThat(state().getReachability()).isEqualTo(Reachability.DEGRADED);
    assertThat(state().getReason()).contains("interfaces is incomplete").contains("2 credentials");
  }

  @Test
  void countsTwoExecutionsOfAJobOnce() {
    resourceAppears();
    Outcome first = silent(1);
    Outcome second = silent(1);
    second.setAgent("agent-2");
    second.setDurationMillis(3000L);
    write(first);
    write(second);
    assertThat(state().getConsecutiveFailures()).isEqualTo(1);

    Outcome better = ok(1);
    better.setAgent("agent-3");
    write(better);

    assertThat(state().getReachability()).isEqualTo(Reachability.REACHABLE);
    assertThat(state().getConsecutiveFailures()).isZero();
  }

  @Test
  void endsAlikeInWhicheverOrderOutcomesArrive() {
    List<Outcome> outcomes =
        new ArrayList<>(
            List.of(
                ok(1),
                silent(2),
                ok(3),
                silent(4),
                silent(5),
                silent(5),
                ok(6),
                outcome(7, "interfaces", EXPIRED, null, "full"),
                silent(8),
                silent(9),
                silent(10),
                outcome(9, "system", OK, 0, ""),
                outcome(10, "system", TIMEOUT, 3, "none")));
    resourceAppears();
    outcomes.forEach(o -> log.write(log.topics().outcomes(), ID, withTime(o), at(340)));
    NodeState inOrder = state();
    assertThat(log.refusals()).isZero();

    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(outcomes, random);
      try (LogDriver other = driver()) {
        other.write(other.topics().resources(), ID, resource(), T0);
        outcomes.forEach(o -> other.write(other.topics().outcomes(), ID, withTime(o), at(340)));
        NodeState state = other.read(other.topics().nodes(), NodeState.class).getLast().record();
        state.setRevision(inOrder.getRevision());
        assertThat(state).as("round %d", round).isEqualTo(inOrder);
      }
    }
  }

  /** Shuffled, all are read at one time; a job that never ran takes its own time from the log. */
  private static Outcome withTime(Outcome outcome) {
    if (outcome.getStartedAt() == null) {
      outcome.setStartedAt(outcome.getDueAt());
    }
    return outcome;
  }

  @Test
  void givesTheSameOutputWhenTheLogIsReplayed() {
    List<Outcome> outcomes = List.of(ok(1), silent(2), silent(3), ok(4));
    resourceAppears();
    outcomes.forEach(this::write);
    log.tick(at(500));
    var nodes = log.read(log.topics().nodes(), NodeState.class);
    var events = log.read(log.topics().events(), Event.class);

    try (LogDriver other = driver()) {
      other.write(other.topics().resources(), ID, resource(), T0);
      outcomes.forEach(o -> write(other, o));
      other.tick(at(500));
      assertThat(other.read(other.topics().nodes(), NodeState.class))
          .extracting(LogDriver.Written::record)
          .isEqualTo(nodes.stream().map(LogDriver.Written::record).toList());
      assertThat(other.read(other.topics().events(), Event.class))
          .extracting(w -> w.headers().get("ce_id"))
          .isEqualTo(events.stream().map(w -> w.headers().get("ce_id")).toList())
          .doesNotHaveDuplicates();
      assertThat(other.store("node-entries")).isEqualTo(log.store("node-entries"));
    }
  }

  @Test
  void buriesANodeWithItsResource() {
    resourceAppears();
    write(ok(1));
    states();

    log.writeBytes(log.topics().resources(), ID, null, at(90));

    assertThat(log.read(log.topics().nodes(), NodeState.class))
        .singleElement()
        .satisfies(buried -> {
          assertThat(buried.key()).isEqualTo(ID);
          assertThat(buried.record()).isNull();
        });
    assertThat(log.store("node-entries")).isEmpty();
  }

  @Test
  void letsOutcomesWaitForTheirResource() {
    write(ok(1));
    assertThat(states()).isEmpty();
    resourceAppears();
    assertThat(state().getReachability()).isEqualTo(Reachability.REACHABLE);

    Outcome stray = ok(2);
    stray.setResourceId("lab/gone");
    log.write(log.topics().outcomes(), "lab/gone", stray, at(121));
    assertThat(log.store("node-entries")).hasSize(2);
    log.tick(at(121 + 602));

    assertThat(log.store("node-entries")).containsOnlyKeys(ID);
  }

  @Test
  void sendsWhatItCannotUseToDeadLettersAndGoesOn() {
    resourceAppears();
    log.writeBytes(log.topics().outcomes(), ID, new byte[] {0, 1}, at(0));
    log.writeBytes(log.topics().resources(), ID, new byte[] {0, 0, 0, 0, 99, 1}, at(0));
    log.writeBytes(log.topics().ticks(), "0", new byte[0], at(0));
    Outcome astray = ok(1);
    log.write(log.topics().outcomes(), ID, astray, at(1000));
    write(ok(2));

    assertThat(state().getLastPollAt()).isEqualTo(at(121));
    assertThat(log.readBytes("t.outcomes.v1.dlq")).hasSize(2);
    assertThat(log.readBytes("t.resources.v1.dlq")).hasSize(1);
    assertThat(log.readBytes("t.ticks.v1.dlq")).hasSize(1);
  }

  @Test
  void isNamedThroughoutAndRepartitionsNothing() {
    String described = log.topology().describe().toString();

    assertThat(described).doesNotContain("repartition").doesNotContain("KSTREAM");
    assertThat(described)
        .isEqualToIgnoringWhitespace(
            """
            Topologies:
               Sub-topology: 0
                Source: outcomes-source (topics: [t.outcomes.v1])
                  --> with-resources
                Source: resources-source (topics: [t.resources.v1])
                  --> with-resources
                Source: enrichments-source (topics: [t.enrichments.v1])
                  --> with-enrichments
                Processor: with-resources (stores: [])
                  --> with-enrichments
                  <-- outcomes-source, resources-source
                Source: ticks-source (topics: [t.ticks.v1])
                  --> with-ticks
                Processor: with-enrichments (stores: [])
                  --> with-ticks
                  <-- with-resources, enrichments-source
                Processor: with-ticks (stores: [])
                  --> node-states
                  <-- with-enrichments, ticks-source
                Processor: node-states (stores: [node-entries])
                  --> enrichments-dead-letters-sink, events-sink, nodes-sink, outcomes-dead-letters-sink, resources-dead-letters-sink, ticks-dead-letters-sink
                  <-- with-ticks
                Sink: enrichments-dead-letters-sink (topic: t.enrichments.v1.dlq)
                  <-- node-states
                Sink: events-sink (topic: t.events.v1)
                  <-- node-states
                Sink: nodes-sink (topic: t.nodes.v1)
                  <-- node-states
                Sink: outcomes-dead-letters-sink (topic: t.outcomes.v1.dlq)
                  <-- node-states
                Sink: resources-dead-letters-sink (topic: t.resources.v1.dlq)
                  <-- node-states
                Sink: ticks-dead-letters-sink (topic: t.ticks.v1.dlq)
                  <-- node-states
            """);
  }
}
