package io.argos.runtime.agent;

import java.util.BitSet;
import java.util.OptionalLong;

/**
 * Which offsets of one partition are done. Only the highest offset below which all are done may be
 * committed: with any other, a crash would lose the jobs in between. Safe for use by any thread.
 */
final class OffsetTracker {
  private static final int FIRST_CAPACITY = 256;

  private final Object lock = new Object();

  // A ring of the offsets not yet left behind, in ascending order, and which of them are done.
  private long[] offsets = new long[FIRST_CAPACITY];
  private long[] latestEnds = new long[FIRST_CAPACITY];
  private final BitSet done = new BitSet(FIRST_CAPACITY);
  private int head;
  private int size;
  private long next = -1;

  /**
   * Notes that an offset was read and is not done.
   *
   * @param latestEnd when it has to be done, milliseconds since the epoch
   * @return false when it was read before, or one above it
   */
  boolean read(long offset, long latestEnd) {
    synchronized (lock) {
      if (offset < next) {
        return false;
      }
      if (size == offsets.length) {
        grow();
      }
      int slot = slot(size);
      offsets[slot] = offset;
      latestEnds[slot] = latestEnd;
      done.clear(slot);
      size++;
      next = offset + 1;
      return true;
    }
  }

  /** Notes that an offset is done. Others are ignored, so that doing it twice does no harm. */
  void done(long offset) {
    synchronized (lock) {
      int position = find(offset);
      if (position < 0) {
        return;
      }
      done.set(slot(position));
      while (size > 0 && done.get(head)) {
        head = (head + 1) % offsets.length;
        size--;
      }
    }
  }

  /** The offset to commit: the lowest that is not done. Empty until something was read. */
  OptionalLong watermark() {
    synchronized (lock) {
      if (next < 0) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(size == 0 ? next : offsets[head]);
    }
  }

  /**
   * When what holds the watermark back had to be done; {@link Long#MAX_VALUE} when nothing does.
   */
  long latestEnd() {
    synchronized (lock) {
      return size == 0 ? Long.MAX_VALUE : latestEnds[head];
    }
  }

  /** Offsets at or above the watermark that were read, done or not. */
  int pending() {
    synchronized (lock) {
      return size;
    }
  }

  private int find(long offset) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = offsets[slot(middle)];
      if (found < offset) {
        low = middle + 1;
      } else if (found > offset) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -1;
  }

  private int slot(int position) {
    return (head + position) % offsets.length;
  }

  private void grow() {
    long[] larger = new long[offsets.length * 2];
    long[] ends = new long[larger.length];
    BitSet doneThere = new BitSet(larger.length);
    for (int i = 0; i < size; i++) {
      larger[i] = offsets[slot(i)];
      ends[i] = latestEnds[slot(i)];
      doneThere.set(i, done.get(slot(i)));
    }
    offsets = larger;
    latestEnds = ends;
    done.clear();
    done.or(doneThere);
    head = 0;
  }
}
