package io.argos.polling.trap;

import io.argos.schemas.JobReason;
import io.argos.schemas.Request;
import io.argos.schemas.topic.HashId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which resources are to be polled for their traps: each at most once in a span of time, and all
 * together at a bounded rate. A trap that comes when its resource has just been asked for asks
 * again in the next span, so that the last state is polled as well. Spans are counted from the
 * epoch, and name the request: of several processes that hear a device one job comes. For one
 * thread.
 */
final class PollWishes {
  private static final double PER_SECOND = 50;
  private static final double AT_ONCE = 500;

  private static final class Wish {
    private long asked = Long.MIN_VALUE;
    private boolean again;
  }

  private final long every;
  private final String requester;
  private final Map<String, Wish> wishes = new LinkedHashMap<>();
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
    wishes.computeIfAbsent(resourceId, _ -> new Wish()).again = true;
  }

  /** The requests to send now. */
  List<Request> due(Instant now) {
    refill(now);
    long span = now.toEpochMilli() / every;
    List<Request> due = new ArrayList<>();
    Iterator<Map.Entry<String, Wish>> entries = wishes.entrySet().iterator();
    while (entries.hasNext() && tokens >= 1) {
      Map.Entry<String, Wish> entry = entries.next();
      Wish wish = entry.getValue();
      if (wish.again && wish.asked != span) {
        wish.again = false;
        wish.asked = span;
        tokens--;
        due.add(request(entry.getKey(), span, now));
      } else if (!wish.again && wish.asked < span) {
        entries.remove();
      }
    }
    return due;
  }

  private void refill(Instant now) {
    if (at.isBefore(now)) {
      double seconds = at.equals(Instant.MIN) ? 0 : Duration.between(at, now).toMillis() / 1e3;
      tokens = Math.min(AT_ONCE, tokens + seconds * PER_SECOND);
      at = now;
    }
  }

  private Request request(String resourceId, long span, Instant now) {
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
