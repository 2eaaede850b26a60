package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.schemas.OutcomeStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private final List<HeldJob> started = new CopyOnWriteArrayList<>();
  private final JobBoard board = new JobBoard(4, 1, (_, _, _, _) -> {});
  private final OwnedPartition partition = new OwnedPartition(0);

  @Test
  void startsWhatIsDueAlsoAfterAFaultOfItsOwn() {
    partition.settle();
    board.hold(TestJobs.of("s/a").in(partition).held(), TestJobs.NOON.toEpochMilli());
    AtomicInteger asked = new AtomicInteger();
    InstantSource faulty =
        () -> {
          return switch (asked.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("as planned");
            case 2 -> throw new NoClassDefFoundError("as planned");
            default -> TestJobs.NOON;
          };
        };

    try (Dispatcher dispatcher =
        new Dispatcher(
            "test-start",
            board,
            _ -> new Readiness.Ready(),
            (_, _) -> JobEnd.ok(),
            started::add,
            () -> "",
            faulty)) {
      dispatcher.start();

      await().until(() -> !started.isEmpty());
    }
    assertThat(started).hasSize(1);
  }

  @Test
  void endsAJobThatCannotBeLookedAtForWhateverReason() {
    List<OutcomeStatus> ends = new ArrayList<>();
    JobBoard judged = new JobBoard(4, 1, (_, status, _, _) -> ends.add(status));
    partition.settle();
    judged.hold(TestJobs.of("s/a").in(partition).held(), TestJobs.NOON.toEpochMilli());
    judged.hold(TestJobs.of("s/b").in(partition).at(1).held(), TestJobs.NOON.toEpochMilli());
    JobGate gate =
        job -> {
          if (job.getResourceId().equals("s/a")) {
            throw new NoClassDefFoundError("as planned");
          }
          return new Readiness.Ready();
        };

    try (Dispatcher dispatcher =
        new Dispatcher(
            "test-start",
            judged,
            gate,
            (_, _) -> JobEnd.ok(),
            started::add,
            () -> "",
            () -> TestJobs.NOON)) {
      dispatcher.dispatch();
    }

    assertThat(ends).containsExactly(OutcomeStatus.FAILED);
    assertThat(started).extracting(job -> job.job().getResourceId()).containsExactly("s/b");
  }
}
