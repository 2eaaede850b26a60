package io.argos.runtime.schedule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * The slots of a target that runs at an interval: slot <em>n</em> is due at {@code offset +
 * n·interval}, anchored to the epoch.
 *
 * <p>The offset is the target's hash modulo the interval, which spreads targets evenly and puts
 * each at the same place for every leader and after every restart. The hash is the first eight
 * bytes of the SHA-256 of {@code plugin|resource[|subject]} in UTF-8, read as an unsigned
 * big-endian number, so that any tool can recompute it.
 *
 * @param offsetMillis where in the interval the slot is, from 0 to interval − 1
 * @param intervalMillis the interval, at least 1
 */
public record Slots(long offsetMillis, long intervalMillis) implements SlotTimes {

  public Slots {
    if (intervalMillis < 1 || offsetMillis < 0 || offsetMillis >= intervalMillis) {
      throw new IllegalArgumentException(
          "offset %d is not within the interval %d".formatted(offsetMillis, intervalMillis));
    }
  }

  /** The slots of a target at an interval. */
  public static Slots of(TargetKey key, Duration interval) {
    long millis = interval.toMillis();
    return new Slots(Long.remainderUnsigned(hash64(key.slotName()), millis), millis);
  }

  /** The number of the slot that was due last at or before {@code time}. */
  public long numberAt(long time) {
    return Math.floorDiv(time - offsetMillis, intervalMillis);
  }

  /** When slot {@code number} is due. */
  public long dueAt(long number) {
    return offsetMillis + number * intervalMillis;
  }

  @Override
  public long next(long time) {
    return dueAt(numberAt(time) + 1);
  }

  @Override
  public long previous(long time) {
    return dueAt(numberAt(time));
  }

  /** All due times after {@code from} up to and including {@code to}. */
  public LongStream between(long from, long to) {
    return LongStream.rangeClosed(numberAt(from) + 1, numberAt(to)).map(this::dueAt);
  }

  /** The 64-bit hash of a text, as described at this class. */
  static long hash64(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
