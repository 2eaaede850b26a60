package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangesTest {

  private static final TargetKey KEY = TargetKey.of("polling", "interfaces", "r1");

  private final Changes changes = new Changes();

  @Test
  void ofWhatChangedSeveralTimesTheEarliestCounts() {
    changes.changed(KEY, 200, 200);
    changes.changed(KEY, 100, 100);
    changes.changed(KEY, 300, 300);

    assertThat(changes.drain().changed()).isEqualTo(Map.of(KEY, 100L));
    assertThat(changes.drain().changed()).isEmpty();
  }

  @Test
  void slotsOfAFormerTimingAreForgotten() {
    changes.changed(KEY, 100, 100);
    changes.renewed(KEY, 200);
    changes.changed(KEY, 300, 300);

    assertThat(changes.drain().changed()).isEqualTo(Map.of(KEY, 200L));
  }

  @Test
  void whatComesAfterTheLastSignOfLifeIsKept() {
    changes.changed(KEY, 100, 100);
    changes.changed(KEY, 200, 200);
    changes.changed(KEY, 300, 300);

    changes.forgetBefore(200, false);

    assertThat(changes.drain().changed()).isEqualTo(Map.of(KEY, 200L));
  }

  @Test
  void whatWasActedUponIsForgotten() {
    changes.changed(KEY, 100, 100);
    changes.first(KEY, "revision 1", 100);

    changes.forgetBefore(101, false);

    assertThat(changes.drain()).isEqualTo(new Changes.Batch(Map.of(), Map.of()));
  }

  @Test
  void aTargetThatChangesAllTheTimeKeepsItsLatest() {
    for (long at = 0; at < 10_000; at++) {
      changes.changed(KEY, at, at);
    }

    changes.forgetBefore(9_999, false);

    assertThat(changes.drain().changed()).isEqualTo(Map.of(KEY, 9_999L));
  }

  @Test
  void aTargetThatIsGoneHasNoChanges() {
    changes.changed(KEY, 100, 100);
    changes.first(KEY, "revision 1", 100);

    changes.removed(KEY);

    assertThat(changes.drain()).isEqualTo(new Changes.Batch(Map.of(), Map.of()));
  }

  @Test
  void whatWasDrawnInATermIsThereInTheNext() {
    changes.changed(KEY, 100, 100);
    changes.first(KEY, "revision 1", 100);
    var drawn = changes.drain();
    changes.changed(KEY, 200, 200);

    changes.begin();

    assertThat(changes.drain()).isEqualTo(drawn);
  }

  @Test
  void aLeaderActsOnWhatItHearsLateAndForgetsWhatItHasActedUpon() {
    TargetKey other = TargetKey.of("polling", "interfaces", "r2");
    changes.changed(other, 100, 100);
    changes.drain();
    changes.changed(KEY, 100, 100);

    changes.forgetBefore(200, true);

    assertThat(changes.drain().changed()).isEqualTo(Map.of(KEY, 100L));
    changes.begin();
    assertThat(changes.drain().changed()).isEqualTo(Map.of(KEY, 100L));
  }

  @Test
  void whatConcernsSlotsOfLongAgoIsNewAllTheSame() {
    changes.changed(KEY, 100, 5_000);

    changes.forgetBefore(1_000, false);

    assertThat(changes.drain().changed()).isEqualTo(Map.of(KEY, 100L));
  }
}
