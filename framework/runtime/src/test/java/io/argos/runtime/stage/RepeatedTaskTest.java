package io.argos.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedTaskTest {
  @Test
  void goesOnAfterWhateverWasThrown() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    RepeatedTask.Task task =
        () -> {
          switch (runs.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("as planned");
            case 2 -> throw new NoClassDefFoundError("as planned");
            default -> {}
          }
        };

    try (RepeatedTask _ = RepeatedTask.start("test", Duration.ofMillis(5), task)) {
      await().until(() -> runs.get() > 2);
    }

    assertThat(runs).hasValueGreaterThan(2);
  }
}
