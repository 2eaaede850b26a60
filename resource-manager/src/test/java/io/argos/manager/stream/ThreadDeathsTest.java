package io.argos.manager.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThreadDeathsTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final ThreadDeaths deaths = new ThreadDeaths(now::get);

  @Test
  void endsTheTopologyAfterTooManyDeathsInAShortTime() {
    for (int i = 0; i < 5; i++) {
      assertThat(deaths.note()).as("death %d", i + 1).isTrue();
    }
    assertThat(deaths.note()).isFalse();
  }

  @Test
  void forgetsDeathsOfLongAgo() {
    for (int i = 0; i < 20; i++) {
      now.updateAndGet(at -> at.plusSeconds(61));
      assertThat(deaths.note()).as("death %d", i + 1).isTrue();
    }
  }
}
