package io.argos.runtime.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Lets one of a kind through per period and counts the others. */
final class Repeats {
  private record Seen(Instant said, long unsaid) {}

  private final InstantSource clock;
  private final Duration period;
  private final ConcurrentHashMap<String, Seen> kinds = new ConcurrentHashMap<>();

  Repeats(InstantSource clock, Duration period) {
    this.clock = clock;
    this.period = period;
  }

  /** How many went unsaid since the last one, when this one may be said; empty otherwise. */
  OptionalLong admit(String kind) {
    Instant now = clock.instant();
    var answer = new OptionalLong[] {OptionalLong.empty()};
    kinds.compute(
        kind,
        (_, seen) -> {
          if (seen != null && now.isBefore(seen.said().plus(period))) {
            return new Seen(seen.said(), seen.unsaid() + 1);
          }
          answer[0] = OptionalLong.of(seen == null ? 0 : seen.unsaid());
          return new Seen(now, 0);
        });
    return answer[0];
  }
}
