package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.runtime.agent.Quarantine.Admission;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private final AtomicLong now = new AtomicLong(-MINUTE);
  private final Quarantine quarantine = new Quarantine(2, Duration.ofMinutes(1), now::get);

  private void leak(int runs) {
    for (int i = 0; i < runs; i++) {
      quarantine.leaked("bad");
    }
  }

  @Test
  void refusesThePluginAboveTheBoundAndNoOther() {
    leak(2);
    assertThat(quarantine.admission("bad")).isEqualTo(Admission.FREE);

    leak(1);

    assertThat(quarantine.admission("bad")).isEqualTo(Admission.REFUSED);
    assertThat(quarantine.admission("good")).isEqualTo(Admission.FREE);
    assertThat(quarantine.names()).containsExactly("bad");
    assertThat(quarantine.sentences())
        .containsExactly("plugin 'bad' is in quarantine: 3 of its runs ignore their interrupts");
  }

  @Test
  void recoversWhenEnoughRunsHaveComeToTheirEnd() {
    leak(4);
    quarantine.returned("bad");
    assertThat(quarantine.admission("bad")).isEqualTo(Admission.REFUSED);

    quarantine.returned("bad");

    assertThat(quarantine.admission("bad")).isEqualTo(Admission.FREE);
    assertThat(quarantine.names()).isEmpty();
  }

  @Test
  void triesOneJobAfterAWhileAndRecoversWhenItEnds() {
    leak(3);
    now.addAndGet(MINUTE);

    assertThat(quarantine.admission("bad")).isEqualTo(Admission.TRIAL);
    assertThat(quarantine.admission("bad")).isEqualTo(Admission.REFUSED);
    quarantine.ended("bad", Admission.TRIAL);

    assertThat(quarantine.admission("bad")).isEqualTo(Admission.FREE);
    leak(2);
    assertThat(quarantine.admission("bad"))
        .as("the old leaks are forgiven")
        .isEqualTo(Admission.FREE);
    leak(1);
    assertThat(quarantine.admission("bad")).isEqualTo(Admission.REFUSED);
  }

  @Test
  void staysInQuarantineWhenTheTrialLeaksToo() {
    leak(3);
    now.addAndGet(MINUTE);
    assertThat(quarantine.admission("bad")).isEqualTo(Admission.TRIAL);

    leak(1);
    now.addAndGet(MINUTE - 1);

    assertThat(quarantine.admission("bad")).isEqualTo(Admission.REFUSED);
    now.addAndGet(1);
    assertThat(quarantine.admission("bad")).isEqualTo(Admission.TRIAL);
  }
}
