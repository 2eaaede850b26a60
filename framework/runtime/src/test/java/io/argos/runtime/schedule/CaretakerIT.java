package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.runtime.schedule.SchedulerEstate.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a leader does while ZooKeeper is away for longer than session and lookahead together. */
class CaretakerIT {

  /** In the log before it is due by at least this much, or it could be late. */
  private static final Duration MARGIN = SchedulerEstate.CONFIG.lookahead().dividedBy(2);

  /** Looks in a row at which a leader may be behind: a machine that stood still is so at a few. */
  private static final int BEHIND_AT_MOST = 100;

  @TempDir Path folder;
  private SchedulerEstate estate;
  private SlotLedger ledger;

  @BeforeEach
  void start() throws Exception {
    estate = new SchedulerEstate(folder);
    ledger = new SlotLedger(estate);
  }

  @AfterEach
  void stop() throws Exception {
    estate.close();
  }

  @Test
  void emitsWithoutAGapWhileZooKeeperIsAwayAndElectsOnceAtMostWhenItIsBack() {
    List<Target> targets = SlotLedger.targets(60);
    Member first = estate.join("a", targets);
    soon().until(() -> first.scheduler().leading());
    Member second = estate.join("b", targets);
    soon().until(() -> second.scheduler().caughtUp());
    Instant begin = Instant.now().plus(SchedulerEstate.CONFIG.lookahead());
    soon().until(() -> reached(first, begin));
    int port = estate.zooKeeper.port();
    soon().until(() -> first.scheduler().leading());
    List<Long> before = ledger.epochs();

    estate.zooKeeper.close();
    Instant away = Instant.now();
    Duration outage = SchedulerEstate.SESSION.plus(SchedulerEstate.CONFIG.lookahead());
    Instant late = away.plus(outage.multipliedBy(3).dividedBy(2));
    AtomicReference<Instant> last = new AtomicReference<>(begin);
    AtomicInteger behind = new AtomicInteger();
    soon()
        .until(() -> {
          // Far enough ahead all through the outage.
          first.scheduler().watermark().ifPresent(last::set);
          boolean ahead = last.get().isAfter(Instant.now().plus(MARGIN));
          behind.updateAndGet(looks -> ahead ? 0 : looks + 1);
          assertThat(behind).hasValueLessThan(BEHIND_AT_MOST);
          assertThat(second.scheduler().leading()).isFalse();
          return Instant.now().isAfter(late);
        });
    // Two proofs from the log may lie further apart than one is fresh in so short a session.
    soon().until(() -> gauge(first, "caretaker") == 1);
    assertThat(ledger.epochs()).isEqualTo(before);

    estate.zooKeeper = SchedulerEstate.startZooKeeper(folder.resolve("zk"), port);
    soon()
        .until(() ->
            gauge(first, "caretaker") == 0
                && (first.scheduler().leading() || second.scheduler().leading()));
    Instant end = Instant.now().plus(SchedulerEstate.CONFIG.lookahead());
    soon().until(() -> reached(first, end) || reached(second, end));

    assertThat(ledger.epochs())
        .hasSizeLessThanOrEqualTo(before.size() + 1)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(ledger.missedAmongAll(targets, begin, end)).isZero();
    assertEveryJobLeftInTime(begin);
  }

  @Test
  void aLeaderThatAloneLostZooKeeperStopsWhenItIsFollowed() {
    List<Target> targets = SlotLedger.targets(20);
    Member first = estate.join("a", targets);
    soon().until(() -> first.scheduler().leading());
    Member second = estate.join("b", targets);
    soon().until(() -> second.scheduler().caughtUp());
    Instant begin = Instant.now().plus(SchedulerEstate.CONFIG.lookahead());

    first.wayToZooKeeper().stall();
    soon().until(() -> second.scheduler().leading());

    soon().until(() -> !first.scheduler().leading() && gauge(first, "caretaker") == 0);
    Instant end = Instant.now().plus(SchedulerEstate.CONFIG.lookahead());
    soon().until(() -> reached(second, end));
    assertThat(first.scheduler().leading()).isFalse();
    // A machine that stands still for a session elects once more, and may then miss a slot.
    assertThat(ledger.epochs()).isSorted().doesNotHaveDuplicates().startsWith(1L, 2L);
    int missed = ledger.missedAmongAll(targets, begin, end);
    if (ledger.epochs().size() == 2) {
      assertThat(missed).isZero();
    }
    assertEveryJobLeftInTime(begin);
  }

  private void assertEveryJobLeftInTime(Instant begin) {
    assertThat(ledger.jobs())
        .filteredOn(job -> job.getDueAt().isAfter(begin))
        .isNotEmpty()
        .allSatisfy(job -> assertThat(job.getLeaseUntil()).isAfter(job.getDueAt()));
  }

  private static double gauge(Member member, String name) {
    return member.meters().get("argos.scheduler." + name).gauge().value();
  }

  private static boolean reached(Member member, Instant time) {
    return member.scheduler().watermark().orElse(Instant.MIN).isAfter(time);
  }

  private static ConditionFactory soon() {
    return await().atMost(60, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(20));
  }
}
