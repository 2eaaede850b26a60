package io.argos.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.spi.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SecretCacheTest {
  private static final String PLACE = "argos:secret:snmp:default";

  private volatile Instant now = Instant.EPOCH;
  private volatile boolean down;
  private volatile boolean absent;
  private final AtomicInteger fetches = new AtomicInteger();
  private final Deque<Runnable> background = new ArrayDeque<>();
  private final List<Boolean> failures = new ArrayList<>();
  private final SecretCache cache =
      new SecretCache(
          this::fetch,
          Duration.ofMinutes(5),
          Duration.ofHours(24),
          () -> now,
          background::add,
          () -> 0.5,
          (_, _, stale) -> failures.add(stale));

  @Test
  void fetchesOnceAndKeepsIt() {
    assertThat(value()).isEqualTo("1");
    advance(Duration.ofMinutes(3));

    assertThat(value()).isEqualTo("1");
    assertThat(background).isEmpty();
  }

  @Test
  void fetchesAheadOfTimeInTheBackground() {
    value();
    // Ahead at 5 min * (0.75 + 0.25 * 0.5) = 262.5 s.
    advance(Duration.ofSeconds(263));

    assertThat(value()).isEqualTo("1");
    assertThat(value()).isEqualTo("1");
    assertThat(background).hasSize(1);
    background.remove().run();

    assertThat(value()).isEqualTo("2");
    advance(Duration.ofMinutes(4));
    assertThat(value()).isEqualTo("2");
  }

  @Test
  void fetchesAgainWhenTheClockWasSetBack() {
    value();
    advance(Duration.ofHours(-1));

    assertThat(value()).isEqualTo("2");
    assertThat(value()).isEqualTo("2");
  }

  @Test
  void asksAgainAfterAFailureAlsoWhenTheClockWasSetBack() {
    down = true;
    assertThatThrownBy(this::value).isInstanceOf(IllegalStateException.class);
    down = false;
    advance(Duration.ofHours(-1));

    assertThat(value()).isNotEmpty();
  }

  @Test
  void fetchesAgainWhenDue() {
    value();
    advance(Duration.ofMinutes(5));

    assertThat(value()).isEqualTo("2");
  }

  @Test
  void keepsAnOldOneWhileTheSourceIsDownAndAsksItNowAndThen() {
    value();
    down = true;
    advance(Duration.ofMinutes(10));

    assertThat(value()).isEqualTo("1");
    assertThat(value()).isEqualTo("1");
    runBackground();
    assertThat(fetches).hasValue(2);
    advance(Duration.ofSeconds(2));
    assertThat(value()).isEqualTo("1");
    runBackground();
    assertThat(fetches).hasValue(3);
    assertThat(failures).containsExactly(true, true);

    down = false;
    advance(Duration.ofSeconds(2));
    assertThat(value()).isEqualTo("1");
    runBackground();
    assertThat(value()).isEqualTo("4");
  }

  @Test
  void letsNobodyWaitForASourceThatFailsWhileItHasSomething() {
    String other = "argos:secret:other:default";
    value();
    cache.get(other);
    down = true;
    advance(Duration.ofMinutes(10));
    value();
    assertThat(fetches).hasValue(3);

    cache.expire(PLACE, Duration.ZERO);
    advance(Duration.ofMinutes(1));
    assertThat(value()).isEqualTo("1");
    assertThat(cache.get(other)).isPresent();

    assertThat(fetches).hasValue(3);
    assertThat(background).hasSize(2);
    down = false;
    runBackground();
    assertThat(value()).isEqualTo("4");
    advance(Duration.ofMinutes(5));
    assertThat(value()).isEqualTo("6");
  }

  @Test
  void fetchesTheOthersAsEverWhereOneCannotBeOpened() {
    String sealed = "argos:secret:sealed:default";
    value();
    advance(Duration.ofMinutes(10));
    assertThatThrownBy(() -> cache.get(sealed)).isInstanceOf(SecretEnvelopeException.class);

    assertThat(value()).isEqualTo("3");
    assertThat(background).isEmpty();
  }

  @Test
  void givesNothingThatIsTooOld() {
    value();
    down = true;
    advance(Duration.ofHours(24));

    assertThatThrownBy(this::value).hasMessage("down");
    assertThatThrownBy(this::value).hasMessage("down");
    assertThat(fetches).hasValue(2);
    assertThat(failures).containsExactly(false);
  }

  @Test
  void remembersTheAbsenceForHalfAMinute() {
    absent = true;
    assertThat(cache.get(PLACE)).isEmpty();
    absent = false;
    advance(Duration.ofSeconds(29));
    assertThat(cache.get(PLACE)).isEmpty();
    advance(Duration.ofSeconds(1));

    assertThat(value()).isEqualTo("2");
  }

  @Test
  void fetchesAgainWhenToldButNotTooOften() {
    value();
    cache.expire(PLACE, Duration.ofSeconds(10));
    assertThat(value()).isEqualTo("1");
    advance(Duration.ofSeconds(10));
    cache.expire(PLACE, Duration.ofSeconds(10));

    assertThat(value()).isEqualTo("2");
    assertThat(value()).isEqualTo("2");
  }

  @Test
  void letsManyCallersWaitForOneFetch() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var calls = new AtomicInteger();
    var slow =
        new SecretCache(
            _ -> {
              calls.incrementAndGet();
              entered.countDown();
              awaitQuietly(release);
              return Optional.of(new Secret("snmp", Map.of()));
            },
            Duration.ofMinutes(5),
            Duration.ofHours(24),
            () -> now,
            Runnable::run,
            () -> 0.5,
            (_, _, _) -> {});
    List<Future<Optional<Secret>>> answers = new ArrayList<>();

    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        answers.add(callers.submit(() -> slow.get(PLACE)));
      }
      entered.await();
      release.countDown();
    }

    assertThat(answers).allMatch(answer -> answer.resultNow().isPresent());
    assertThat(calls).hasValue(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Secret> fetch(String place) {
    int number = fetches.incrementAndGet();
    if (place.contains("sealed")) {
      throw new SecretEnvelopeException("sealed with another key");
    }
    if (down) {
      throw new IllegalStateException("down");
    }
    return absent
        ? Optional.empty()
        : Optional.of(new Secret("snmp", Map.of("n", Integer.toString(number))));
  }

  private String value() {
    return cache.get(PLACE).orElseThrow().field("n").orElseThrow();
  }

  private void runBackground() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  private void advance(Duration step) {
    now = now.plus(step);
  }
}
