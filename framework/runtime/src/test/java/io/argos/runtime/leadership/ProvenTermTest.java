package io.argos.runtime.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProvenTermTest {

  private static final Duration HOUR = Duration.ofHours(1);

  /** Proofs last for an hour, the lease for three. */
  private static final Candidate CANDIDATE =
      new Candidate(
          "argos", "polling", "a", HOUR.multipliedBy(100).dividedBy(66), HOUR.multipliedBy(3));

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

  @Test
  void goesOnWithoutZooKeeperWhileTheLogKnowsOfNobodyElse() throws InterruptedException {
    ProvenTerm term = term(System.nanoTime() - HOUR.toNanos() * 2);
    assertThat(term.caretaking()).isFalse();
    answer.set(() -> term.unfollowed(System.nanoTime()));

    assertThat(term.mayAct()).isTrue();
    assertThat(term.caretaking()).isTrue();
    assertThat(term.leaseLeft()).isBetween(HOUR.minusMinutes(1), HOUR);

    term.proven(System.nanoTime());
    assertThat(term.caretaking()).isFalse();
    assertThat(term.fresh()).isTrue();
  }

  @Test
  void aProofFromTheLogOfLongAgoIsNone() throws InterruptedException {
    long now = System.nanoTime();
    ProvenTerm term = term(now - HOUR.toNanos() * 5 / 2);
    answer.set(() -> term.unfollowed(now - HOUR.toNanos() * 2));

    assertThat(term.mayAct()).isFalse();
  }

  @Test
  void theLogIsNoProofBeyondTheLease() throws InterruptedException {
    ProvenTerm term = term(System.nanoTime() - HOUR.toNanos() * 4);
    answer.set(() -> term.unfollowed(System.nanoTime()));

    assertThat(term.leaseLeft()).isZero();
    assertThat(term.mayAct()).isFalse();
  }

  private ProvenTerm term(long provenAt) {
    return new ProvenTerm(
        4,
        new ProvenTerm.Seat("/latch", 1),
        CANDIDATE,
        provenAt,
        () -> {
          asked.incrementAndGet();
          answer.get().run();
        });
  }
}
