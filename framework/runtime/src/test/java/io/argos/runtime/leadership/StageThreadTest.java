package io.argos.runtime.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StageThreadTest {
  @Test
  void doesTimeAndAgainAlsoAfterAnError() {
    AtomicInteger runs = new AtomicInteger();
    try (StageThread thread = new StageThread("test")) {
      thread.every(
          Duration.ofMillis(5),
          () -> {
            if (runs.incrementAndGet() == 1) {
              throw new NoClassDefFoundError("as planned");
            }
          });

      await().until(() -> runs.get() > 1);
    }

    assertThat(runs).hasValueGreaterThan(1);
  }
}
