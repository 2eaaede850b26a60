package io.argos.polling.trap;

import io.argos.schemas.JobReason;
import io.argos.schemas.Request;
import io.argos.schemas.topic.HashId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Which resources are to be polled for their traps: each at most once in a span of time, and all
 * together at a bounded rate, those first that wait longest. A trap that comes when its resource
 * has just been asked for asks again in the next span, so that the last state is polled as well.
 * Spans are counted from the epoch, and name the request: of several processes that hear a device
 * one job comes. For one thread.
 */
final class PollWishes {
  private static final double PER_SECOND = 50;
  private static final double AT_ONCE = 500;

  private final long every;
  private final String requester;

  /** Resources to ask for, the one that waits longest first. */
  private final SequencedSet<String> waiting = new LinkedHashSet<>();

  /** Resources asked for in this span, and those of them for which another poll is wished. */
  private final Set<String> asked = new HashSet<>();

  private final Set<String> again = new LinkedHashSet<>();

  private long span = Long.MIN_VALUE;
  private double tokens = AT_ONCE;
  private Instant at = Instant.MIN;

  /**
   * @param every length of a span
   * @param requester name of this instance
   */
  PollWishes(Duration every, String requester) {
    this.every = every.toMillis();
    this.requester = requester;
  }

  /** Wishes for a poll of a resource. */
  void add(String resourceId) {
    (asked.contains(resourceId) ? again : waiting).add(resourceId);
  }

  /** The requests to send now. */
  List<Request> due(Instant now) {
    refill(now);
    begin(now.toEpochMilli() / every);
    List<Request> due = new ArrayList<>();
    while (!waiting.isEmpty() && tokens >= 1) {
      String resourceId = waiting.removeFirst();
      asked.add(resourceId);
      tokens--;
      due.add(request(resourceId, now));
    }
    return due;
  }

  /** Those asked for in the last span wait behind those that were not. */
  private void begin(long next) {
    if (next != span) {
      span = next;
      asked.clear();
      waiting.addAll(again);
      again.clear();
    }
  }

  private void refill(Instant now) {
    if (at.isBefore(now)) {
      double seconds = at.equals(Instant.MIN) ? 0 : Duration.between(at, now).toMillis() / 1e3;
      tokens = Math.min(AT_ONCE, tokens + seconds * PER_SECOND);
    }
    // Also when the clock was set back: the time that is counted goes on from there.
    at = now;
  }

  private Request request(String resourceId, Instant now) {
    return Request.newBuilder()
        .setRequestId(HashId.of("trap", resourceId, Long.toString(span)))
        .setReason(JobReason.FORCED)
        .setStage("polling")
        .setResourceId(resourceId)
        .setAt(now)
        .setRequester(requester)
        .build();
  }
}
