package io.argos.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.deploy.audit.PlannedTargets.PlannedTarget;
import io.argos.runtime.schedule.Suspensions;
import io.argos.runtime.schedule.TargetKey;
import io.argos.runtime.schedule.Timing;
import io.argos.schemas.Directive;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NextSlotsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Suspensions suspensions = new Suspensions();

  @Test
  void mergesTheSlotsOfAllTargetsInOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<PlannedTarget> targets = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      targets.add(every("oslo/edge" + i, Duration.ofSeconds(1 + random.nextInt(90))));
    }
    // The slots of each target alone within a time that holds more than are asked for.
    List<Long> naive =
        targets.stream()
            .flatMap(target -> {
              var slots = target.timing().slotsOf(target.key());
              List<Long> own = new ArrayList<>();
              for (long due = slots.next(NOW.toEpochMilli());
                  due < NOW.plusSeconds(600).toEpochMilli();
                  due = slots.next(due)) {
                own.add(due);
              }
              return own.stream();
            })
            .sorted(Comparator.naturalOrder())
            .limit(200)
            .toList();

    List<NextSlot> next = new NextSlots(suspensions, Map.of()).after(NOW, targets, 200);

    assertThat(next)
        .as("seed %d", seed)
        .extracting(slot -> slot.dueAt().toEpochMilli())
        .isEqualTo(naive);
  }

  @Test
  void saysWhatIsEmittedAndWhatIsSuspended() {
    PlannedTarget target = every("oslo/edge1", Duration.ofMinutes(1));
    Instant first =
        Instant.ofEpochMilli(target.timing().slotsOf(target.key()).next(NOW.toEpochMilli()));
    var _ =
        suspensions.read(
            "oslo/edge1|1",
            Optional.of(
                Directive.newBuilder()
                    .setId("1")
                    .setResourceId("oslo/edge1")
                    .setKind(Suspensions.SUSPEND)
                    .setAuthor("ada")
                    .setAt(NOW)
                    .setStartAt(first.plusSeconds(90))
                    .setEndAt(first.plusSeconds(150))
                    .build()));

    List<NextSlot> next =
        new NextSlots(suspensions, Map.of("polling", first)).after(NOW, List.of(target), 4);

    assertThat(next)
        .extracting(NextSlot::state)
        .containsExactly(
            NextSlot.State.EMITTED,
            NextSlot.State.PLANNED,
            NextSlot.State.SUSPENDED,
            NextSlot.State.PLANNED);
    assertThat(next).allSatisfy(slot -> assertThat(slot.zone()).isEqualTo("main"));
  }

  @Test
  void endsWithACronScheduleThatHasNoMoreSlots() {
    PlannedTarget once = target("oslo/edge1", new Timing.Cron("0 0 4 2 1 ? 2026", ZoneOffset.UTC));

    assertThat(new NextSlots(suspensions, Map.of()).after(NOW, List.of(once), 10))
        .extracting(NextSlot::dueAt)
        .containsExactly(Instant.parse("2026-01-02T04:00:00Z"));
  }

  private static PlannedTarget every(String resource, Duration interval) {
    return target(resource, new Timing.Every(interval));
  }

  private static PlannedTarget target(String resource, Timing timing) {
    return new PlannedTarget(
        TargetKey.of("polling", "snmp", resource), "main", timing, Duration.ofSeconds(10));
  }
}
