package io.argos.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.runtime.health.Health;
import io.argos.runtime.health.Health.Aspect;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServerWatchTest {
  private static final Duration SESSION = Duration.ofMillis(300);

  private final Health health = new Health();
  private volatile Optional<String> missing = Optional.empty();
  private volatile boolean hangs;
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger looks = new AtomicInteger();

  private final Requirement server =
      new Requirement() {
        @Override
        public String name() {
          return "kafka";
        }

        @Override
        public String place() {
          return "broker:9092";
        }

        @Override
        public Optional<String> missing() throws InterruptedException {
          looks.incrementAndGet();
          if (hangs) {
            never.await();
          }
          return missing;
        }
      };

  @Test
  void isNotReadyWithoutAVitalServerUntilItIsBack() throws Exception {
    try (ServerWatch watch = new ServerWatch(health, SESSION).vital(server)) {
      await().until(() -> looks.get() > 4);
      // A machine that stands still makes a look one that hangs, for a moment.
      await("ready under " + watch).until(health::ready);

      missing = Optional.of("unreachable: refused");
      await()
          .untilAsserted(() ->
              assertThat(health.status(Aspect.READY).reasons())
                  .matches("kafka: unreachable: refused at broker:9092, for \\d+ s"));

      missing = Optional.empty();
      await().until(health::ready);
    }
  }

  @Test
  void takesALookThatHangsForAnAnswer() throws Exception {
    try (ServerWatch watch = new ServerWatch(health, SESSION).vital(server)) {
      hangs = true;

      await()
          .untilAsserted(() ->
              assertThat(health.status(Aspect.READY).reasons())
                  .as("reasons of %s", watch)
                  .startsWith("kafka: it does not answer at broker:9092"));
    }
  }

  @Test
  void isReadyWithoutAServerThatItCanDoWithoutAndSaysSo() throws Exception {
    missing = Optional.of("unreachable: refused");
    try (ServerWatch watch = new ServerWatch(health, SESSION).useful(server)) {
      await()
          .untilAsserted(() ->
              assertThat(health.status(Aspect.READY).degraded()).as("under %s", watch).hasSize(1));

      assertThat(health.ready()).isTrue();
    }
  }
}
