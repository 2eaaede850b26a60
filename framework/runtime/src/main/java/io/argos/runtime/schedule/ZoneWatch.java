package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.schemas.Heartbeat;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows from the heartbeats which zones have an agent of the stage. Safe for use by any thread. */
final class ZoneWatch {

  private static final Logger log = LoggerFactory.getLogger(ZoneWatch.class);

  /**
   * Share of the silence for which a leader may stand still and still have heard whoever is there.
   */
  private static final int ATTENTION = 4;

  /** Where ticks are far apart, a leader did not stand still for that. */
  private static final long TICKS = 2;

  private static final long NEVER = Long.MIN_VALUE;

  private final String stage;
  private final long silenceMillis;
  private final long attentionMillis;
  private final Object lock = new Object();

  /** When a ready agent was last heard, by zone. */
  @GuardedBy("lock")
  private final Map<String, Long> heard = new HashMap<>();

  /**
   * Of which it was said that they have no agent; kept over a term, so that their return is told.
   */
  @GuardedBy("lock")
  private final Set<String> reported = new HashSet<>();

  /** Since when this watch listens as a leader: silence counts from here for zones never heard. */
  @GuardedBy("lock")
  private long listeningSince = Long.MAX_VALUE;

  /** When it was asked last in this term. */
  @GuardedBy("lock")
  private long asked = NEVER;

  /**
   * A watch that has heard nobody yet.
   *
   * @param silence after which a zone counts as without an agent
   * @param tick how often the watch is asked
   */
  ZoneWatch(String stage, Duration silence, Duration tick) {
    this.stage = stage;
    this.silenceMillis = silence.toMillis();
    this.attentionMillis = Math.max(silenceMillis / ATTENTION, TICKS * tick.toMillis());
  }

  /** Takes note of a heartbeat. An agent that is not ready takes no jobs. */
  void heard(Heartbeat heartbeat) {
    if (heartbeat.getStage().equals(stage) && heartbeat.getReady()) {
      synchronized (lock) {
        heard.merge(heartbeat.getZone(), heartbeat.getAt().toEpochMilli(), Math::max);
      }
    }
  }

  /** A term begins. */
  void listen(long now) {
    synchronized (lock) {
      listeningSince = now;
      asked = NEVER;
    }
  }

  /**
   * The zones among these that have no agent now, each with the time at which it had one last.
   * Nothing as long as the watch has not listened long enough to tell, which begins anew when it
   * was not asked for a while: a leader that stood still, or that could write nothing, has heard
   * nobody either.
   */
  Optional<Map<String, Long>> silent(Set<String> zones, long now) {
    synchronized (lock) {
      if (asked != NEVER && now - asked > attentionMillis) {
        listeningSince = Math.max(listeningSince, now);
      }
      if (asked != NEVER && now < asked) {
        // The clock was set back, and what was noted before would be of the future until then.
        listeningSince = now;
        heard.replaceAll((_, at) -> Math.min(at, now));
      }
      asked = now;
      boolean tells = now - listeningSince >= silenceMillis;
      Map<String, Long> silent = new HashMap<>();
      for (String zone : zones) {
        Long last = heard.get(zone);
        boolean alive = last != null && now - last < silenceMillis;
        if (alive) {
          report(zone, false);
        } else if (tells) {
          silent.put(zone, last == null ? Long.MIN_VALUE : last);
          report(zone, true);
        }
      }
      return tells ? Optional.of(silent) : Optional.empty();
    }
  }

  @GuardedBy("lock")
  private void report(String zone, boolean quiet) {
    if (quiet && reported.add(zone)) {
      log.warn("zone without an agent, its jobs are missed stage={} zone={}", stage, zone);
    } else if (!quiet && reported.remove(zone)) {
      log.info("zone has an agent again stage={} zone={}", stage, zone);
    }
  }
}
