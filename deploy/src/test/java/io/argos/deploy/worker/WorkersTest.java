package io.argos.deploy.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.deploy.worker.Worker.Standing;
import io.argos.deploy.worker.Workers.Place;
import io.argos.schemas.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Workers workers = new Workers();

  @Test
  void keepsTheLastHeartbeatOfEachInstanceInEachStage() {
    workers.heard(beat("a", "polling", "main").setRunning(1).build(), NOW.minusSeconds(9));
    workers.heard(beat("a", "polling", "main").setRunning(3).build(), NOW.minusSeconds(1));
    workers.heard(beat("a", "polling", "main").setRunning(2).build(), NOW.minusSeconds(5));
    workers.heard(beat("a", "discovery", "main").setRunning(7).build(), NOW.minusSeconds(2));

    assertThat(workers.at(NOW, PATIENCE))
        .extracting(worker -> worker.said().getStage(), worker -> worker.said().getRunning())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("discovery", 7),
            org.assertj.core.groups.Tuple.tuple("polling", 3));
  }

  @Test
  void tellsTheSilentTheUnreadyAndTheBlockedFromTheReady() {
    workers.heard(beat("gone", "polling", "main").setLeader(true).build(), NOW.minusSeconds(15));
    workers.heard(beat("new", "polling", "main").setReady(false).build(), NOW);
    workers.heard(beat("stuck", "polling", "main").setBlocked(true).build(), NOW);
    workers.heard(beat("well", "polling", "main").setLeader(true).build(), NOW.plusSeconds(1));

    List<Worker> found = workers.at(NOW, PATIENCE);

    assertThat(found)
        .extracting(Worker::standing)
        .containsExactly(Standing.SILENT, Standing.UNREADY, Standing.BLOCKED, Standing.READY);
    assertThat(found).extracting(Worker::leads).containsExactly(false, false, false, true);
    assertThat(found.getFirst().silence()).isEqualTo(Duration.ofSeconds(15));
    assertThat(found.getLast().silence()).isZero();
  }

  @Test
  void holdsCapacityAgainstDemandByStageAndZone() {
    workers.heard(ran("a", 30, 2_000).setCapacity(4).setLate(2).build(), NOW);
    workers.heard(ran("b", 10, 6_000).setCapacity(4).setQueued(5).build(), NOW);
    workers.heard(ran("silent", 90, 9_000).setCapacity(99).build(), NOW.minusSeconds(60));

    List<ZoneLoad> loads =
        Workers.loads(
            workers.at(NOW, PATIENCE),
            Map.of(new Place("polling", "main"), 5.0, new Place("polling", "north"), 1.0));

    assertThat(loads).hasSize(2);
    ZoneLoad main = loads.getFirst();
    assertThat(main.ready()).isEqualTo(2);
    assertThat(main.others()).isEqualTo(1);
    assertThat(main.capacity()).isEqualTo(8);
    assertThat(main.late()).isEqualTo(2);
    assertThat(main.queued()).isEqualTo(5);
    // Three quarters of the runs took 2 s and a quarter 6 s: 3 s on average, five times a second.
    assertThat(main.meanRunMillis()).isEqualTo(3_000);
    assertThat(main.demand()).isEqualTo(15);
    assertThat(main.shortBy()).isEqualTo(7);
    assertThat(main.abandoned()).isFalse();
    ZoneLoad north = loads.getLast();
    assertThat(north.abandoned()).isTrue();
    assertThat(north.shortBy()).isZero();
  }

  private static Heartbeat.Builder ran(String instance, int lately, long meanMillis) {
    return beat(instance, "polling", "main").setRanLately(lately).setMeanRunMillis(meanMillis);
  }

  private static Heartbeat.Builder beat(String instance, String stage, String zone) {
    return Heartbeat.newBuilder()
        .setInstance(instance)
        .setStage(stage)
        .setZone(zone)
        .setAt(NOW)
        .setStartedAt(NOW)
        .setReady(true);
  }
}
