package io.argos.snmp.trap;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each address, so that one sender's storm takes nothing from the others. Of
 * many addresses those that have been silent longest are forgotten. For one thread.
 */
final class SourceRates {
  private static final int MOST_SOURCES = 20_000;

  /** Seconds of its rate that a sender may use at once. */
  private static final int BURST_SECONDS = 10;

  private final double perNano;
  private final double burst;
  private final LongSupplier nanos;
  private final Map<InetAddress, Bucket> buckets = new LinkedHashMap<>(256, 0.75f, true);

  private static final class Bucket {
    private double tokens;
    private long at;
  }

  /**
   * @param perSecond datagrams of one address each second
   * @param nanos a clock that only goes forward
   */
  SourceRates(int perSecond, LongSupplier nanos) {
    this.perNano = perSecond / 1e9;
    this.burst = (double) perSecond * BURST_SECONDS;
    this.nanos = nanos;
  }

  /** Takes a token; false when there is none left. */
  boolean take(InetAddress source) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.get(source);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.tokens = burst;
      bucket.at = now;
      buckets.put(source, bucket);
      forget();
    }
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) * perNano);
    bucket.at = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }

  private void forget() {
    if (buckets.size() > MOST_SOURCES) {
      buckets.remove(buckets.keySet().iterator().next());
    }
  }

  /** Addresses that are remembered. */
  int size() {
    return buckets.size();
  }
}
