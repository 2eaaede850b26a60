package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingResultsTest {
  private final PendingResults pending = new PendingResults();

  @Test
  void completesWhenTheLastRecordIsAcknowledgedAndNotBefore() {
    CompletableFuture<Object> first = new CompletableFuture<>();
    CompletableFuture<Object> second = new CompletableFuture<>();
    pending.add(first);
    first.complete("ack");
    pending.add(second);

    CompletableFuture<Void> all = pending.complete();

    assertThat(all).isNotDone();
    second.complete("ack");
    assertThat(all).isCompleted();
    assertThat(pending.failed()).isZero();
  }

  @Test
  void countsWhatCouldNotBeDelivered() {
    CompletableFuture<Object> record = new CompletableFuture<>();
    pending.add(record);

    CompletableFuture<Void> all = pending.complete();
    record.completeExceptionally(new IllegalStateException("broker away"));

    assertThat(all).isCompleted();
    assertThat(pending.failed()).isOne();
    assertThat(pending.why()).isEqualTo("broker away");
  }
}
