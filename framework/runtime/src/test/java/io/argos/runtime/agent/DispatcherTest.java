package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.InstantSource;
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
          if (asked.incrementAndGet() < 3) {
            throw new IllegalStateException("as planned");
          }
          return TestJobs.NOON;
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
}
