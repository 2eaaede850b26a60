package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Directive;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuspensionsTest {

  private final Suspensions suspensions = new Suspensions();

  @Test
  void lastsFromItsBeginningToBeforeItsEnd() {
    read(directive("one", Suspensions.SUSPEND, 100).setStartAt(at(1_000)).setEndAt(at(2_000)));

    assertThat(covers("p", 999)).isFalse();
    assertThat(covers("p", 1_000)).isTrue();
    assertThat(covers("p", 1_999)).isTrue();
    assertThat(covers("p", 2_000)).isFalse();
    assertThat(suspensions.covers("main/other", "p", 1_500)).isFalse();
  }

  @Test
  void beginsWhenItWasSaidAndLastsForGoodWithoutTimes() {
    read(directive("one", Suspensions.SUSPEND, 100));

    assertThat(covers("p", 99)).isFalse();
    assertThat(covers("p", 100)).isTrue();
    assertThat(covers("p", Long.MAX_VALUE - 1)).isTrue();
  }

  @Test
  void concernsOnePluginWhenItNamesOne() {
    read(directive("one", Suspensions.SUSPEND, 100).setAttributes(Map.of("plugin", "p")));

    assertThat(covers("p", 200)).isTrue();
    assertThat(covers("q", 200)).isFalse();
  }

  @Test
  void aResumptionEndsWhatBeganBeforeIt() {
    read(directive("one", Suspensions.SUSPEND, 100));
    read(directive("two", Suspensions.RESUME, 200));
    read(directive("three", Suspensions.SUSPEND, 300));

    assertThat(covers("p", 150)).isTrue();
    assertThat(covers("p", 200)).isFalse();
    assertThat(covers("p", 299)).isFalse();
    assertThat(covers("p", 300)).isTrue();
  }

  @Test
  void aResumptionOfOnePluginLeavesTheOthersSuspended() {
    read(directive("one", Suspensions.SUSPEND, 100));
    read(directive("two", Suspensions.RESUME, 200).setAttributes(Map.of("plugin", "p")));

    assertThat(covers("p", 250)).isFalse();
    assertThat(covers("q", 250)).isTrue();
  }

  @Test
  void aDirectiveThatIsDeletedOrWrittenAnewCountsNoMore() {
    read(directive("one", Suspensions.SUSPEND, 100));
    read(directive("one", Suspensions.SUSPEND, 100).setEndAt(at(200)));
    assertThat(covers("p", 300)).isFalse();
    assertThat(covers("p", 150)).isTrue();

    assertThat(suspensions.read("main/r1|one", Optional.empty()))
        .contains(new Suspensions.Freed("main/r1", "", 100));

    assertThat(covers("p", 150)).isFalse();
    assertThat(suspensions.resources()).isEmpty();
  }

  @Test
  void leavesDirectivesOnServicesAndOtherKindsAlone() {
    read(directive("one", Suspensions.SUSPEND, 100).setCheck("http"));
    read(directive("two", "downtime", 100));

    assertThat(covers("p", 200)).isFalse();
    assertThat(suspensions.read("main/r1|two", Optional.empty())).isEmpty();
  }

  private boolean covers(String plugin, long time) {
    return suspensions.covers("main/r1", plugin, time);
  }

  @Test
  void onlyWhatMayBringSlotsBackIsTold() {
    Directive suspension =
        directive("one", Suspensions.SUSPEND, 100).setAttributes(Map.of("plugin", "p")).build();
    Directive resumption =
        directive("two", Suspensions.RESUME, 200).setAttributes(Map.of("plugin", "p")).build();

    assertThat(suspensions.read("main/r1|one", Optional.of(suspension))).isEmpty();
    assertThat(suspensions.read("main/r1|two", Optional.of(resumption)))
        .contains(new Suspensions.Freed("main/r1", "p", 200));
    assertThat(suspensions.read("main/r1|one", Optional.of(suspension))).isEmpty();
    assertThat(suspensions.read("main/r1|two", Optional.empty())).isEmpty();
    assertThat(suspensions.read("main/r1|one", Optional.empty()))
        .contains(new Suspensions.Freed("main/r1", "p", 100));
  }

  private void read(Directive.Builder directive) {
    Directive built = directive.build();
    suspensions.read(built.getResourceId() + "|" + built.getId(), Optional.of(built));
  }

  private static Directive.Builder directive(String id, String kind, long at) {
    return Directive.newBuilder()
        .setId(id)
        .setResourceId("main/r1")
        .setKind(kind)
        .setAuthor("somebody")
        .setAt(at(at));
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
