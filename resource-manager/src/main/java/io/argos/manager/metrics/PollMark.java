package io.argos.manager.metrics;

import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import io.argos.schemas.PollResult;
import java.time.Instant;
import java.util.BitSet;

/**
 * The newest poll of a plugin on a resource that has been folded, and which of its parts.
 *
 * @param startedAt when it started
 * @param pollId its id
 * @param agent who ran it
 * @param parts parts that have been folded
 */
record PollMark(Instant startedAt, String pollId, String agent, BitSet parts) {
  private static final int LAYOUT = 1;

  PollMark {
    parts = (BitSet) parts.clone();
  }

  /** What a poll is to the newest one known. */
  enum Standing {
    /** Newer, or another part of it: to be folded. */
    NEW,
    /** The same part once more, or another execution of the same job: dropped. */
    REPEAT,
    /** It started before the newest, or with it: dropped. */
    OLDER
  }

  Standing standingOf(PollResult poll) {
    if (poll.getPollId().equals(pollId)) {
      boolean sameExecution =
          poll.getStartedAt().equals(startedAt) && poll.getAgent().equals(agent);
      return sameExecution && !parts.get(poll.getPart()) ? Standing.NEW : Standing.REPEAT;
    }
    return poll.getStartedAt().isAfter(startedAt) ? Standing.NEW : Standing.OLDER;
  }

  /** The mark after a poll of standing NEW. */
  PollMark with(PollResult poll) {
    if (!poll.getPollId().equals(pollId)) {
      return first(poll);
    }
    BitSet more = (BitSet) parts.clone();
    more.set(poll.getPart());
    return new PollMark(startedAt, pollId, agent, more);
  }

  static PollMark first(PollResult poll) {
    BitSet parts = new BitSet();
    parts.set(poll.getPart());
    return new PollMark(poll.getStartedAt(), poll.getPollId(), poll.getAgent(), parts);
  }

  byte[] toBytes(long forgetAtMillis) {
    return new StateWriter(LAYOUT)
        .number(forgetAtMillis)
        .time(startedAt)
        .text(pollId)
        .text(agent)
        .bytes(parts.toByteArray())
        .toBytes();
  }

  static PollMark fromBytes(byte[] entry) {
    StateReader in = new StateReader(entry, LAYOUT);
    in.number();
    Instant startedAt = in.time();
    return new PollMark(
        startedAt == null ? Instant.EPOCH : startedAt,
        in.text(),
        in.text(),
        BitSet.valueOf(in.bytes()));
  }
}
