package io.argos.polling.trap;

import static io.argos.polling.trap.TrapFixture.LINK_DOWN;
import static io.argos.polling.trap.TrapFixture.LINK_UP;
import static io.argos.polling.trap.TrapFixture.ifIndex;
import static io.argos.polling.trap.TrapFixture.trap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.argos.schemas.Event;
import io.argos.schemas.JobReason;
import io.argos.schemas.Severity;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import io.argos.snmp.trap.Trap;
import io.argos.snmp.trap.TrapVarbind;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrapFlowTest {
  private final TrapFixture traps = new TrapFixture();

  @Test
  void makesAnEventOfATrapByTheDefinitionOfItsProfile() throws Exception {
    traps.knows("lab", "r1", "192.0.2.1");

    traps.receive(trap("192.0.2.1", LINK_DOWN, 100, ifIndex(7)));

    assertThat(traps.events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getResourceId()).isEqualTo("lab/r1");
          assertThat(event.getType()).isEqualTo("snmp.link_down");
          assertThat(event.getSeverity()).isEqualTo(Severity.MAJOR);
          assertThat(event.getSubject()).isEqualTo("7");
          assertThat(event.getAt()).isEqualTo(traps.clock.instant());
          assertThat(event.getAttributes())
              .containsEntry("key", "7")
              .containsEntry("if_index", "7")
              .containsEntry("trap", LINK_DOWN)
              .containsEntry("source", "192.0.2.1")
              .containsEntry("version", "2c");
        });
    assertThat(traps.requests)
        .singleElement()
        .satisfies(request -> {
          assertThat(request.getResourceId()).isEqualTo("lab/r1");
          assertThat(request.getStage()).isEqualTo("polling");
          assertThat(request.getReason()).isEqualTo(JobReason.FORCED);
        });
  }

  @Test
  void keepsATrapThatNoProfileKnowsAsItCame() throws Exception {
    traps.knows("lab", "r1", "192.0.2.1");
    TrapVarbind[] many =
        IntStream.range(0, 100)
            .mapToObj(i ->
                new TrapVarbind(
                    Oid.parse("1.3.6.1.4.1.99999.2." + i), SnmpType.OCTETS, 0, new byte[5_000]))
            .toArray(TrapVarbind[]::new);

    traps.receive(trap("192.0.2.1", "1.3.6.1.4.1.99999.1", 100, many));

    Event event = traps.events.getFirst();
    assertThat(event.getType()).isEqualTo("snmp.trap");
    assertThat(event.getSummary()).isEqualTo("Trap 1.3.6.1.4.1.99999.1 that no profile knows");
    assertThat(event.getAttributes()).hasSizeLessThan(80).containsEntry("varbinds.left-out", "36");
    assertThat(event.getAttributes().values())
        .allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(512));
  }

  @Test
  void keepsTheTrapOfAnUnknownSenderUnderItsAddressAndAsksForNoPoll() throws Exception {
    traps.receive(trap("2001:db8::1", LINK_DOWN, 100, ifIndex(7)));

    assertThat(traps.events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getResourceId()).isEqualTo("unknown/2001:db8::1");
          assertThat(event.getType()).isEqualTo("snmp.link_down");
          assertThat(event.getAttributes()).containsEntry("sender", "unknown");
        });
    assertThat(traps.requests).isEmpty();
    assertThat(traps.count("argos.traps.unknown")).isEqualTo(1);
  }

  @Test
  void answersAnInformOnceItsEventIsKeptAndItsRepetitionAsWell() throws Exception {
    traps.keeps = false;
    AtomicInteger answers = new AtomicInteger();
    Trap inform = trap("192.0.2.1", LINK_DOWN, 100, ifIndex(7));

    traps.flow.received(inform, answers::incrementAndGet);
    traps.flow.received(inform, answers::incrementAndGet);
    assertThat(answers).hasValue(0);
    traps.fates.getFirst().complete(null);

    assertThat(answers).hasValue(2);
    assertThat(traps.events).hasSize(1);
    assertThat(traps.count("argos.traps.repeated")).isEqualTo(1);
  }

  @Test
  void writesAnInformAgainWhoseEventWasLost() throws Exception {
    traps.keeps = false;
    AtomicInteger answers = new AtomicInteger();
    Trap inform = trap("192.0.2.1", "1.3.6.1.6.3.1.1.5.1", 100);

    traps.flow.received(inform, answers::incrementAndGet);
    traps.fates.getFirst().completeExceptionally(new IllegalStateException("lost"));
    traps.clock.advance(Duration.ofSeconds(11));
    traps.flow.idle();
    traps.keeps = true;
    traps.flow.received(inform, answers::incrementAndGet);

    assertThat(answers).hasValue(1);
    assertThat(traps.events).extracting(Event::getId).hasSize(2).containsOnly(id(0));
  }

  @Test
  void givesOneTrapThatTwoProcessesHearOneId() throws Exception {
    TrapFixture other = new TrapFixture();
    Trap trap = trap("192.0.2.1", LINK_DOWN, 100, ifIndex(7));

    traps.receive(trap);
    other.clock.advance(Duration.ofSeconds(2));
    other.receive(trap);
    traps.receive(trap("192.0.2.1", LINK_DOWN, 101, ifIndex(8)));

    assertThat(other.events.getFirst().getId()).isEqualTo(id(0));
    assertThat(id(1)).isNotEqualTo(id(0));
  }

  @Test
  void endsWithWhatIsTrueOfAnInterfaceThatFlaps() throws Exception {
    for (int i = 0; i < 50; i++) {
      traps.receive(trap("192.0.2.1", i % 2 == 0 ? LINK_DOWN : LINK_UP, 100 + i, ifIndex(7)));
    }
    assertThat(traps.events)
        .extracting(Event::getType)
        .containsExactly("snmp.link_down", "snmp.link_up");

    traps.clock.advance(Duration.ofSeconds(10));
    traps.flow.idle();

    Event last = traps.events.getLast();
    assertThat(traps.events).hasSize(3);
    assertThat(last.getType()).isEqualTo("snmp.link_up");
    assertThat(last.getAttributes()).containsEntry("folded", "48");
    assertThat(traps.events).extracting(Event::getId).doesNotHaveDuplicates();
  }

  @Test
  void goesOnWhenTheClockIsSetBack() throws Exception {
    traps.knows("lab", "r1", "192.0.2.1");
    for (int i = 0; i < 3; i++) {
      traps.receive(trap("192.0.2.1", LINK_DOWN, 100 + i, ifIndex(7)));
    }
    traps.flow.lost(TrapFixture.address("192.0.2.1"), 40);
    traps.flow.idle();
    assertThat(traps.events).hasSize(2);

    traps.clock.advance(Duration.ofHours(-1));
    traps.flow.lost(TrapFixture.address("192.0.2.1"), 2);
    traps.flow.idle();

    assertThat(traps.events)
        .extracting(event -> event.getAttributes().getOrDefault("folded", event.getType()))
        .containsExactly("snmp.link_down", "snmp.traps_lost", "2", "snmp.traps_lost");
  }

  @Test
  void keepsWhatRawTrapsSayAndAsksForNoPollOfWhatNobodyPolls() throws Exception {
    traps.knows("lab", "not-polled", "192.0.2.1");

    for (int i = 0; i < 50; i++) {
      traps.receive(trap("192.0.2.1", "1.3.6.1.4.1.99999.1", 100 + i, ifIndex(i)));
    }
    traps.clock.advance(Duration.ofSeconds(10));
    traps.flow.idle();

    assertThat(traps.events).hasSize(21);
    assertThat(traps.events.getLast().getAttributes()).containsEntry("folded", "30");
    assertThat(traps.requests).isEmpty();
  }

  @Test
  void tellsOfTrapsThatWereLostAndAsksForAPollInTheirPlace() throws Exception {
    traps.knows("lab", "r1", "192.0.2.1");

    traps.flow.lost(TrapFixture.address("192.0.2.1"), 40);
    traps.flow.lost(TrapFixture.address("192.0.2.99"), 40);
    traps.flow.idle();
    traps.flow.lost(TrapFixture.address("192.0.2.1"), 2);
    traps.flow.lost(TrapFixture.address("192.0.2.1"), 3);
    traps.flow.idle();
    assertThat(traps.events).hasSize(1);
    traps.clock.advance(Duration.ofSeconds(10));
    traps.flow.idle();

    assertThat(traps.events)
        .extracting(Event::getType, event -> event.getAttributes().get("lost"))
        .containsExactly(tuple("snmp.traps_lost", "40"), tuple("snmp.traps_lost", "5"));
    assertThat(traps.requests).hasSize(2);
  }

  @Test
  void countsEveryTrapOfAStormAndHoldsBoundedlyMany() throws Exception {
    long seed = 20260101;
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      traps.knows("lab", "r" + i, "192.0.2." + i);
    }
    int sent = 100_000;
    for (int i = 0; i < sent; i++) {
      traps.receive(
          trap(
              "192.0.2." + random.nextInt(60),
              random.nextBoolean() ? LINK_DOWN : "1.3.6.1.4.1.99999." + random.nextInt(1_000),
              random.nextInt(50_000),
              ifIndex(random.nextInt(500))));
      if (i % 5 == 0) {
        traps.clock.advance(Duration.ofMillis(1));
      }
      if (i % 500 == 0) {
        traps.flow.idle();
      }
    }
    traps.flow.settle();

    double written =
        traps.count("argos.traps.events", "kind", "defined")
            + traps.count("argos.traps.events", "kind", "raw");
    double folded = traps.count("argos.traps.folded");
    double repeated = traps.count("argos.traps.repeated");
    double summaries = traps.count("argos.traps.events", "kind", "folded");
    assertThat(written + folded + repeated).as("seed %d", seed).isEqualTo(sent);
    assertThat(traps.events).hasSize((int) (written + summaries));
    assertThat(
            traps.events.stream()
                .map(event -> event.getAttributes().getOrDefault("folded", "0"))
                .mapToInt(Integer::parseInt)
                .sum())
        .isEqualTo((int) folded);
    // Twenty seconds of traps of fifty devices: two or three spans of ten.
    assertThat(traps.requests).hasSizeBetween(100, 150);
  }

  private String id(int at) {
    return traps.events.get(at).getId();
  }
}
