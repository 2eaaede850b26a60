package io.argos.runtime.leadership;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a term going while ZooKeeper is out of reach: it asks the log whether anybody follows.
 * Whoever does has published an epoch there before its first work. On a thread of its own, since
 * the log may be slow to answer.
 */
final class Caretaker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Caretaker.class);

  private final Candidate candidate;
  private final EpochLog epochs;
  private final ObjLongConsumer<ProvenTerm> followed;
  private final ExecutorService executor;
  private final AtomicBoolean asking = new AtomicBoolean();

  /** The epoch whose caretaking was announced, 0 for none; of the leadership's thread alone. */
  private long announced;

  /**
   * A caretaker that has nothing to do yet.
   *
   * @param followed told of a term that a higher epoch follows
   */
  Caretaker(Candidate candidate, EpochLog epochs, ObjLongConsumer<ProvenTerm> followed) {
    this.candidate = candidate;
    this.epochs = epochs;
    this.followed = followed;
    this.executor =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name(candidate.stage() + "-caretaker").daemon().factory());
  }

  /** Asks for a proof from the log, unless that is being done; returns at once. */
  void ask(ProvenTerm term) {
    if (!asking.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(() -> {
        try {
          prove(term);
        } finally {
          asking.set(false);
        }
      });
    } catch (RejectedExecutionException e) {
      log.debug("closed already stage={}", candidate.stage());
    }
  }

  private void prove(ProvenTerm term) {
    long askedAt = System.nanoTime();
    try {
      long highest = epochs.highest(candidate.stage());
      if (highest > term.epoch()) {
        followed.accept(term, highest);
      } else {
        term.unfollowed(askedAt);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Without an answer the term simply grows stale.
      log.debug("no proof from the log stage={}", candidate.stage(), e);
    }
  }

  /** Says once that caretaking has begun, and once that it is over. */
  void announce(ProvenTerm term) {
    boolean same = announced == term.epoch();
    if (!same && term.caretaking()) {
      announced = term.epoch();
      log.warn(
          "ZooKeeper is out of reach, going on as caretaker stage={} instance={} epoch={} lease={}",
          candidate.stage(),
          candidate.instance(),
          term.epoch(),
          term.leaseLeft());
    } else if (same && (term.over() || term.confirmed())) {
      announced = 0;
      log.info(
          "caretaking is over stage={} instance={} epoch={} cause={}",
          candidate.stage(),
          candidate.instance(),
          term.epoch(),
          term.over() ? "the term is" : "ZooKeeper confirms the term");
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
