package io.argos.runtime.agent;

import java.time.InstantSource;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a job keeps its partition's offset back for longer than any job may take: it was lost,
 * or its outcome cannot be written, and all behind it would be run again by the next owner. Looks
 * on the poll loop's thread; asked by any.
 */
final class WatermarkAlarm {
  private static final Logger log = LoggerFactory.getLogger(WatermarkAlarm.class);
  private static final long SAY_AGAIN_MILLIS = 60_000;

  private final String stage;
  private final InstantSource clock;
  private volatile long overdueMillis;
  private long saidAt;

  WatermarkAlarm(String stage, InstantSource clock) {
    this.stage = stage;
    this.clock = clock;
  }

  /** Looks at all partitions that are owned. */
  void look(Collection<OwnedPartition> partitions) {
    long now = clock.millis();
    long worst = 0;
    for (OwnedPartition partition : partitions) {
      long over = now - partition.offsets().latestEnd();
      if (over > worst) {
        worst = over;
        say(partition, now, over);
      }
    }
    overdueMillis = worst;
  }

  private void say(OwnedPartition partition, long now, long over) {
    if (now - saidAt >= SAY_AGAIN_MILLIS) {
      saidAt = now;
      log.warn(
          "a job keeps its offset back stage={} partition={} offset={} overdueMillis={} behind={}",
          stage,
          partition.number(),
          partition.offsets().watermark().orElse(-1),
          over,
          partition.offsets().pending());
    }
  }

  /** Seconds since the oldest such job had to be done, 0 without one. */
  long overdueSeconds() {
    return overdueMillis / 1_000;
  }
}
