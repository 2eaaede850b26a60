package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.runtime.agent.HeldJob.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PermitsTest {

  private static HeldJob job(String resource, int dueSeconds) {
    return TestJobs.of(resource).due(Duration.ofSeconds(dueSeconds)).at(dueSeconds).held();
  }

  private static HeldJob take(Permits permits, HeldJob job) {
    permits.enter(job);
    permits.take(job);
    return job;
  }

  @Test
  void letsOneSnmpJobWorkOnADeviceAtOnceAndTheOneDueFirstFollow() {
    Permits permits = new Permits(10, 1);
    HeldJob first = take(permits, job("s/a", 1));
    HeldJob third = take(permits, job("s/a", 3));
    HeldJob second = take(permits, job("s/a", 2));

    assertThat(first.place).isEqualTo(Place.GRANTED);
    assertThat(second.place).isEqualTo(Place.DEVICE);
    assertThat(permits.giveBack(first)).containsExactly(second);
    assertThat(permits.giveBack(second)).containsExactly(third);
  }

  @Test
  void letsFourNetworkJobsWorkOnADeviceBesideTheSnmpJob() {
    Permits permits = new Permits(10, 1);
    take(permits, job("s/a", 0));
    List<HeldJob> network = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      HeldJob job = job("s/a", i);
      job.permit = PermitClass.NET;
      network.add(take(permits, job));
    }

    assertThat(network).filteredOn(job -> job.place == Place.GRANTED).hasSize(4);
    assertThat(network.getLast().place).isEqualTo(Place.DEVICE);
  }

  @Test
  void leavesOthersTheirPermitsWhenTheDevicesOfASiteAreDead() {
    Permits permits = new Permits(100, 0.25);
    HeldJob alive = job("alive/first", 0);
    permits.enter(alive);
    permits.enter(job("b/x", 0));
    permits.enter(job("c/x", 0));
    List<HeldJob> dead = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      dead.add(take(permits, job("dead/" + i, i)));
    }

    permits.take(alive);

    assertThat(dead).filteredOn(job -> job.place == Place.GRANTED).hasSize(25);
    assertThat(alive.place).isEqualTo(Place.GRANTED);
  }

  @Test
  void givesASiteThatIsAloneAllPermits() {
    Permits permits = new Permits(20, 0.25);
    List<HeldJob> jobs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      jobs.add(take(permits, job("only/" + i, i)));
    }

    assertThat(jobs).filteredOn(job -> job.place == Place.GRANTED).hasSize(20);
  }

  @Test
  void givesTheNextFreePermitToThePoorestSite() {
    Permits permits = new Permits(8, 0.25);
    List<HeldJob> dead = new ArrayList<>();
    for (String site : List.of("d1", "d2", "d3", "d4")) {
      permits.enter(job(site + "/x", 0));
    }
    for (String site : List.of("d1", "d2", "d3", "d4")) {
      for (int i = 0; i < 4; i++) {
        dead.add(take(permits, job(site + "/" + i, i)));
      }
    }
    HeldJob healthy = take(permits, job("healthy/a", 50));

    List<HeldJob> next = permits.giveBack(dead.getFirst());

    assertThat(healthy.place).isEqualTo(Place.GRANTED);
    assertThat(next).containsExactly(healthy);
  }

  @Test
  void neverExceedsABoundAndLeavesNobodyWaitingWhileThereIsRoom() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int bound = 12;
    Permits permits = new Permits(bound, 0.4);
    List<HeldJob> holding = new ArrayList<>();
    List<HeldJob> waiting = new ArrayList<>();

    for (int step = 0; step < 20_000; step++) {
      if (holding.isEmpty() || random.nextInt(100) < 50 && waiting.size() < 60) {
        HeldJob job = job("s" + random.nextInt(5) + "/" + random.nextInt(6), step);
        job.permit = PermitClass.values()[random.nextInt(3)];
        take(permits, job);
        (job.place == Place.GRANTED ? holding : waiting).add(job);
      } else {
        HeldJob done = holding.remove(random.nextInt(holding.size()));
        done.place = Place.GONE;
        List<HeldJob> granted = new ArrayList<>(permits.giveBack(done));
        granted.addAll(permits.leave(done));
        waiting.removeAll(granted);
        holding.addAll(granted);
      }

      assertSound(permits, bound, holding, waiting, "seed " + seed + " step " + step);
    }
  }

  private static void assertSound(
      Permits permits, int bound, List<HeldJob> holding, List<HeldJob> waiting, String where) {
    Map<String, Integer> devices = new HashMap<>();
    for (HeldJob job : holding) {
      assertThat(job.place).as(where).isEqualTo(Place.GRANTED);
      String device = job.target().resourceId() + job.permit;
      assertThat(devices.merge(device, 1, Integer::sum))
          .as(where)
          .isLessThanOrEqualTo(job.permit.jobsPerDevice());
    }
    assertThat(permits.taken()).as(where).isEqualTo(holding.size()).isLessThanOrEqualTo(bound);
    for (HeldJob job : waiting) {
      if (job.place == Place.DEVICE) {
        // Somebody has, or waits with, each of the device's permits.
        long ahead =
            waiting.stream()
                .filter(other -> other.place == Place.SITE && other.permit == job.permit)
                .filter(other -> other.target().equals(job.target()))
                .count();
        assertThat(devices.getOrDefault(job.target().resourceId() + job.permit, 0) + ahead)
            .as(where)
            .isEqualTo(job.permit.jobsPerDevice());
      }
    }
  }
}
