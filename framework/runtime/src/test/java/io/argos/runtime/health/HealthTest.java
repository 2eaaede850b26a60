package io.argos.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.runtime.health.Health.Aspect;
import io.argos.runtime.health.Health.Check;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final Health health = new Health();

  @Test
  void isReadyOnlyWhenEveryConditionIsMet() {
    var tables = health.condition(Aspect.READY, "tables", "partition 3 is behind");
    health.metCondition(Aspect.READY, "agent");

    assertThat(health.status(Aspect.READY).ok()).isFalse();
    assertThat(health.status(Aspect.READY).reasons()).isEqualTo("tables: partition 3 is behind");

    tables.met();

    assertThat(health.ready()).isTrue();
    assertThat(health.status(Aspect.READY).checks())
        .containsExactly(new Check("agent", true, ""), new Check("tables", true, ""));
  }

  @Test
  void staysStartedOnceItHasBeen() {
    var servers = health.condition(Aspect.STARTED, "kafka", "unreachable");

    assertThat(health.status(Aspect.STARTED).ok()).isFalse();
    assertThat(health.ready()).isFalse();

    servers.met();
    assertThat(health.status(Aspect.STARTED).ok()).isTrue();
    servers.unmet("unreachable");

    assertThat(health.status(Aspect.STARTED).ok()).isTrue();
    assertThat(health.ready()).isTrue();
  }

  @Test
  void isReadyWithoutWhatItCanDoWithout() {
    health.useful("zookeeper", () -> Optional.of("unreachable"));
    health.useful("redis", Optional::empty);

    assertThat(health.ready()).isTrue();
    assertThat(health.status(Aspect.READY).degraded())
        .containsExactly(new Check("zookeeper", false, "unreachable"));
    assertThat(health.status(Aspect.LIVE).degraded()).isEmpty();
  }

  @Test
  void forgetsAConditionThatIsClosed() {
    var table = health.condition(Aspect.READY, "table", "loading");

    table.close();

    assertThat(health.ready()).isTrue();
  }

  @Test
  void keepsANewerConditionWhenTheOlderOfThatNameIsClosed() {
    var older = health.condition(Aspect.READY, "table", "loading");
    health.condition(Aspect.READY, "table", "loading again");

    older.close();

    assertThat(health.status(Aspect.READY).reasons()).isEqualTo("table: loading again");
  }

  @Test
  void takesACheckThatFailsForAReason() {
    health.check(
        Aspect.LIVE,
        "poller",
        () -> {
          throw new IllegalStateException("gone");
        });
    health.check(Aspect.LIVE, "other", Optional::empty);

    assertThat(health.status(Aspect.LIVE).ok()).isFalse();
    assertThat(health.status(Aspect.LIVE).reasons()).contains("poller", "gone");
  }
}
