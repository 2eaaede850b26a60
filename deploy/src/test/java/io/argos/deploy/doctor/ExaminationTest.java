package io.argos.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ExaminationTest {
  @Test
  void makesTheOtherChecksWhenAServerIsAway() throws InterruptedException {
    var looked = new AtomicBoolean();

    List<Result> results =
        new Examination(Duration.ofSeconds(5))
            .of(
                List.of(
                    check("kafka", Set.of(), () -> List.of(Result.fail("g", "kafka", "away"))),
                    check("redis", Set.of(), () -> List.of(Result.ok("g", "redis", "there"))),
                    check(
                        "topics",
                        Set.of("kafka"),
                        () -> {
                          looked.set(true);
                          return List.of();
                        }),
                    check(
                        "secrets",
                        Set.of("redis"),
                        () -> List.of(Result.ok("g", "secrets", "there")))));

    assertThat(results)
        .containsExactly(
            Result.fail("g", "kafka", "away"),
            Result.ok("g", "redis", "there"),
            Result.warn("g", "topics", "not looked at, without kafka"),
            Result.ok("g", "secrets", "there"));
    assertThat(looked).isFalse();
  }

  @Test
  void givesUpACheckThatHangsAndTellsOfOneThatThrows() throws InterruptedException {
    var never = new CountDownLatch(1);

    List<Result> results =
        new Examination(Duration.ofMillis(50))
            .of(
                List.of(
                    check(
                        "hangs",
                        Set.of(),
                        () -> {
                          never.await();
                          return List.of();
                        }),
                    check(
                        "throws",
                        Set.of(),
                        () -> {
                          throw new IllegalStateException("outer", new java.io.IOException("why"));
                        })));

    assertThat(results)
        .containsExactly(
            Result.fail("g", "hangs", "no answer within 0 s"), Result.fail("g", "throws", "why"));
  }

  private static Check check(String name, Set<String> needs, Check.Look look) {
    return new Check("g", name, needs, look);
  }
}
