package io.argos.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.runtime.health.Health;
import io.argos.runtime.health.Health.Aspect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StartupGateTest {
  private final Health health = new Health();
  private final StartupGate gate =
      new StartupGate(health, Duration.ofMillis(1), Duration.ofMillis(5));

  private record Fake(String name, String place, Supplier<Optional<String>> look)
      implements Requirement {
    @Override
    public Optional<String> missing() {
      return look.get();
    }
  }

  @Test
  void opensWhenAllAreThereAndGivesTheReasonsUntilThen() throws Exception {
    var redisUp = new AtomicBoolean();
    var kafka = new Fake("kafka", "k1:9092", Optional::empty);
    var redis =
        new Fake(
            "redis",
            "r1:6379",
            () -> redisUp.get() ? Optional.empty() : Optional.of("unreachable: refused"));

    Thread waiter =
        Thread.ofVirtual()
            .start(() -> {
              try {
                gate.await(List.of(kafka, redis));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    await()
        .until(() ->
            health.status(Aspect.READY).reasons().equals("redis: unreachable: refused at r1:6379"));
    assertThat(health.ready()).isFalse();
    redisUp.set(true);
    waiter.join();

    assertThat(health.ready()).isTrue();
  }

  @Test
  void takesALookThatFailsForAReasonAndLooksAgain() throws Exception {
    var looks = new AtomicInteger();
    var flaky =
        new Fake(
            "kafka",
            "",
            () -> {
              if (looks.incrementAndGet() < 3) {
                throw new IllegalStateException("odd");
              }
              return Optional.empty();
            });

    gate.await(List.of(flaky));

    assertThat(looks).hasValue(3);
    assertThat(health.status(Aspect.STARTED).ok()).isTrue();
  }

  @Test
  void givesUpWhenInterrupted() throws Exception {
    var interrupted = new AtomicBoolean();
    var never = new Fake("kafka", "", () -> Optional.of("away"));
    Thread waiter =
        Thread.ofVirtual()
            .start(() -> {
              try {
                gate.await(List.of(never));
              } catch (InterruptedException _) {
                interrupted.set(true);
              }
            });
    await().until(() -> health.status(Aspect.STARTED).reasons().contains("away"));

    waiter.interrupt();

    assertThat(waiter.join(Duration.ofMinutes(1))).isTrue();
    assertThat(interrupted).isTrue();
  }
}
