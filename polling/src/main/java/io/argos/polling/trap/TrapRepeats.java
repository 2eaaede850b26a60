package io.argos.polling.trap;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The traps of the last while by their content, so that one that is sent again, as informs are that
 * wait for an answer, becomes no second event. Of too many the oldest are forgotten. For one
 * thread.
 */
final class TrapRepeats {
  private static final Duration REMEMBERED = Duration.ofMinutes(2);
  private static final int MOST = 20_000;

  private record Seen(Instant at, CompletableFuture<?> kept) {}

  private final Map<String, Seen> seen = new LinkedHashMap<>();

  /**
   * The fate of a trap with the same content a short while ago, if there was one and it did not
   * fail.
   */
  Optional<CompletableFuture<?>> find(String content, Instant now) {
    Seen before = seen.get(content);
    return before == null
            || before.at().plus(REMEMBERED).isBefore(now)
            || before.kept().isCompletedExceptionally()
        ? Optional.empty()
        : Optional.of(before.kept());
  }

  /** Remembers a trap and its fate. */
  void add(String content, Instant now, CompletableFuture<?> kept) {
    seen.remove(content);
    seen.put(content, new Seen(now, kept));
    var oldest = seen.entrySet().iterator();
    while (oldest.hasNext()) {
      boolean old = oldest.next().getValue().at().plus(REMEMBERED).isBefore(now);
      if (!old && seen.size() <= MOST) {
        break;
      }
      oldest.remove();
    }
  }

  int size() {
    return seen.size();
  }
}
