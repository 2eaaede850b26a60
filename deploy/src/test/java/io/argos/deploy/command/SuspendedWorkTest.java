package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.runtime.schedule.Suspensions;
import io.argos.schemas.Directive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SuspendedWorkTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void tellsWhoSuspendedWhatUntilWhenAndWhy() {
    Directive works = suspend("oslo/edge1", Optional.empty(), NOW.minusSeconds(60));
    works.setComment("power is cut");
    works.setEndAt(NOW.plusSeconds(60));

    List<SuspendedWork> found = SuspendedWork.of(List.of(works), NOW);

    assertThat(found)
        .singleElement()
        .satisfies(work -> {
          assertThat(work.resource()).isEqualTo("oslo/edge1");
          assertThat(work.plugin()).isEmpty();
          assertThat(work.since()).isEqualTo(NOW.minusSeconds(60));
          assertThat(work.until()).contains(NOW.plusSeconds(60));
          assertThat(work.author()).isEqualTo("ada");
          assertThat(work.comment()).isEqualTo("power is cut");
        });
    assertThat(SuspendedWork.of(List.of(works), NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void namesThePluginsThatWereResumedWhereAllWereSuspended() {
    Directive all = suspend("oslo/edge1", Optional.empty(), NOW.minusSeconds(60));
    Directive one = resume("oslo/edge1", Optional.of("snmp"), NOW.minusSeconds(30));

    List<SuspendedWork> found = SuspendedWork.of(List.of(one, all), NOW);

    assertThat(found)
        .singleElement()
        .satisfies(work -> {
          assertThat(work.resumed()).containsExactly("snmp");
          assertThat(work.concerns(Optional.of("snmp"))).isFalse();
          assertThat(work.concerns(Optional.of("ping"))).isTrue();
          assertThat(work.concerns(Optional.empty())).isTrue();
        });
    Directive rest = resume("oslo/edge1", Optional.empty(), NOW);
    assertThat(SuspendedWork.of(List.of(one, all, rest), NOW)).isEmpty();
  }

  @Test
  void isResumedFromAMachineWhoseClockIsBehindToo() {
    Directive works = suspend("oslo/edge1", Optional.empty(), NOW);
    Instant behind = NOW.minusSeconds(5);
    List<Directive> all = new ArrayList<>(List.of(works));

    List<Instant> begins =
        SuspendedWork.resumptions(SuspendedWork.of(List.of(works), behind), behind);
    begins.forEach(at -> all.add(resume("oslo/edge1", Optional.empty(), at)));

    assertThat(begins).containsExactly(behind, NOW);
    assertThat(SuspendedWork.of(all, NOW)).isEmpty();
    assertThat(SuspendedWork.resumptions(SuspendedWork.of(List.of(works), NOW), NOW))
        .containsExactly(NOW);
  }

  @Test
  void saysTheSameAsTheSchedulersDo() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      List<Directive> directives = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        Optional<String> plugin = random.nextBoolean() ? Optional.empty() : pluginOf(random);
        Instant at = NOW.minusSeconds(random.nextInt(5));
        Directive directive =
            random.nextBoolean() ? suspend("r", plugin, at) : resume("r", plugin, at);
        if (random.nextInt(3) == 0 && directive.getKind().equals(Suspensions.SUSPEND)) {
          directive.setEndAt(NOW.plusSeconds(random.nextInt(5) - 2));
        }
        directives.add(directive);
      }
      Suspensions schedulers = new Suspensions();
      for (int i = 0; i < directives.size(); i++) {
        var _ = schedulers.read("r|" + i, Optional.of(directives.get(i)));
      }

      List<SuspendedWork> told = SuspendedWork.of(directives, NOW);

      for (String plugin : List.of("snmp", "ping", "other")) {
        assertThat(told.stream().anyMatch(work -> work.concerns(Optional.of(plugin))))
            .as("seed %d round %d plugin %s of %s", seed, round, plugin, directives)
            .isEqualTo(schedulers.covers("r", plugin, NOW.toEpochMilli()));
      }
    }
  }

  private static Optional<String> pluginOf(Random random) {
    return Optional.of(random.nextBoolean() ? "snmp" : "ping");
  }

  private static Directive suspend(String resource, Optional<String> plugin, Instant at) {
    return directive(Suspensions.SUSPEND, resource, plugin, at);
  }

  private static Directive resume(String resource, Optional<String> plugin, Instant at) {
    return directive(Suspensions.RESUME, resource, plugin, at);
  }

  private static Directive directive(
      String kind, String resource, Optional<String> plugin, Instant at) {
    return Directive.newBuilder()
        .setId("id")
        .setResourceId(resource)
        .setKind(kind)
        .setAuthor("ada")
        .setAt(at)
        .setAttributes(plugin.map(name -> Map.of(Suspensions.PLUGIN, name)).orElse(Map.of()))
        .build();
  }
}
