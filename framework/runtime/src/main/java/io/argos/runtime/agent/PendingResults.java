package io.argos.runtime.agent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records of one execution until each is acknowledged or has failed, without keeping
 * hold of them: a run of discovery may send a hundred thousand.
 */
final class PendingResults {
  /** The sum of what is under way, and one until {@link #complete}. */
  private final AtomicInteger open = new AtomicInteger(1);

  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
  private final CompletableFuture<Void> all = new CompletableFuture<>();

  /** Adds a record that was sent. */
  void add(CompletableFuture<?> acknowledged) {
    open.incrementAndGet();
    var _ =
        acknowledged.whenComplete((_, error) -> {
          if (error != null) {
            failed.incrementAndGet();
            firstFailure.compareAndSet(null, error);
          }
          ended();
        });
  }

  /** No more will be added. Completes when nothing is under way any more; never exceptionally. */
  CompletableFuture<Void> complete() {
    ended();
    return all;
  }

  /** Records that could not be delivered. */
  int failed() {
    return failed.get();
  }

  /** Why the first of them could not. */
  String why() {
    Throwable first = firstFailure.get();
    return first == null ? "" : String.valueOf(first.getMessage());
  }

  private void ended() {
    if (open.decrementAndGet() == 0) {
      all.complete(null);
    }
  }
}
