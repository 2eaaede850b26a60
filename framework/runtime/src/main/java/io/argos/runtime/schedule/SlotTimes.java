package io.argos.runtime.schedule;

/**
 * The due times of one target, in milliseconds since the epoch. A pure function of the target:
 * every leader, at any time, computes the same.
 */
public interface SlotTimes {

  /** What {@link #next} answers when there is none. */
  long NEVER = Long.MAX_VALUE;

  /** What {@link #previous} answers when there is none. */
  long NONE_BEFORE = Long.MIN_VALUE;

  /** The first due time after {@code time}, or {@link #NEVER}. */
  long next(long time);

  /** The last due time at or before {@code time}, or {@link #NONE_BEFORE}. */
  long previous(long time);
}
