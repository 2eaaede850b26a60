package io.argos.runtime.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProvenTermTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<Runnable> answer = new AtomicReference<>(() -> {});

  @Test
  void asksNobodyWhileTheProofIsYoung() throws InterruptedException {
    ProvenTerm term = term(System.nanoTime());

    assertThat(term.mayAct()).isTrue();
    assertThat(asked).hasValue(0);
  }

  @Test
  void asksAfterAPauseAndGoesOnWhenConfirmed() throws InterruptedException {
    ProvenTerm term = term(System.nanoTime() - HOUR.toNanos() * 2);
    answer.set(() -> term.proven(System.nanoTime()));

    assertThat(term.fresh()).isFalse();
    assertThat(term.mayAct()).isTrue();
    assertThat(asked).hasValue(1);
  }

  @Test
  void doesNotActWithoutAnAnswer() throws InterruptedException {
    ProvenTerm term = term(System.nanoTime() - HOUR.toNanos() * 2);

    assertThat(term.mayAct()).isFalse();
  }

  @Test
  void anAnswerCountsFromWhenItWasAskedFor() throws InterruptedException {
    long longAgo = System.nanoTime() - HOUR.toNanos() * 3;
    ProvenTerm term = term(longAgo);
    answer.set(() -> term.proven(longAgo + HOUR.toNanos()));

    assertThat(term.mayAct()).isFalse();
  }

  @Test
  void isOverForGood() throws InterruptedException {
    ProvenTerm term = term(System.nanoTime());
    term.end();
    term.proven(System.nanoTime());

    assertThat(term.fresh()).isFalse();
    assertThat(term.mayAct()).isFalse();
    assertThat(asked).hasValue(0);
  }

  private ProvenTerm term(long provenAt) {
    return new ProvenTerm(
        4,
        "/latch",
        HOUR,
        provenAt,
        () -> {
          asked.incrementAndGet();
          answer.get().run();
        });
  }
}
