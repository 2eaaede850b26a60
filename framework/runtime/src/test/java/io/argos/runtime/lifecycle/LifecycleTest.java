package io.argos.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final List<String> events = new CopyOnWriteArrayList<>();

  @Test
  void closesInReverseOrderAndOnlyOnce() throws Exception {
    var lifecycle = new Lifecycle("test");
    lifecycle.start("first", () -> closing("first"));
    lifecycle.add("second", closing("second"));

    lifecycle.close();
    lifecycle.close();

    assertThat(events).containsExactly("second", "first");
    assertThat(lifecycle.awaitClosed(Duration.ZERO)).isTrue();
  }

  @Test
  void closesWhatWasStartedWhenALaterStepFails() throws Exception {
    var lifecycle = new Lifecycle("test");
    lifecycle.start("first", () -> closing("first"));

    assertThatThrownBy(() -> lifecycle.start("second", () -> failing()))
        .isInstanceOf(IOException.class)
        .hasMessage("no disk");

    assertThat(events).containsExactly("first");
  }

  @Test
  void goesOnWhenACloseFails() {
    var lifecycle = new Lifecycle("test");
    lifecycle.add("first", closing("first"));
    lifecycle.add(
        "second",
        () -> {
          throw new IOException("broken");
        });

    lifecycle.close();

    assertThat(events).containsExactly("first");
  }

  @Test
  void interruptsAndLeavesBehindAStepThatOverruns() throws Exception {
    var lifecycle = new Lifecycle("test", Duration.ofMillis(50), Duration.ofSeconds(5));
    var never = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    lifecycle.add("first", closing("first"));
    lifecycle.add(
        "stuck",
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });

    lifecycle.close();

    assertThat(events).containsExactly("first");
    interrupted.await();
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void boundsAllStepsTogether() {
    var lifecycle = new Lifecycle("test", Duration.ofSeconds(30), Duration.ofMillis(100));
    var never = new CountDownLatch(1);
    lifecycle.add("stuck", never::await);
    lifecycle.add("stuck too", never::await);
    long begun = System.nanoTime();

    lifecycle.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void closesAtOnceWhatIsAddedTooLate() {
    var lifecycle = new Lifecycle("test");
    lifecycle.close();

    lifecycle.add("late", closing("late"));

    assertThat(events).containsExactly("late");
  }

  private AutoCloseable closing(String name) {
    return () -> events.add(name);
  }

  private static AutoCloseable failing() throws IOException {
    throw new IOException("no disk");
  }
}
