package io.argos.snmp;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the walk of one column stands. */
final class ColumnWalk {
  /** In place of a count of rows. */
  static final int UNKNOWN = -1;

  /**
   * What a binding is taken to be before one was seen: most are a number of five octets or less.
   */
  private static final int USUAL_VALUE_OCTETS = 12;

  private final Oid oid;
  private final byte[] prefix;
  private final ColumnRows rows;

  /** The rows that have come, where they may come in any order; otherwise null. */
  private final @Nullable Set<Oid> seen;

  private int @Nullable [] last;
  private byte[] position;
  private int positionLength;
  private int expected;
  private int most = Integer.MAX_VALUE;
  private int bindingLength;
  private int lastBinding = UNKNOWN;
  private long octetsSeen;
  private int empty;
  private boolean onTheWay;
  private boolean ended;
  private boolean complete;

  ColumnWalk(Oid oid, int expectedRows, int bindingLength, boolean unordered) {
    this.seen = unordered ? new HashSet<>() : null;
    this.oid = oid;
    this.prefix = oid.ber();
    this.rows = new ColumnRows(Math.max(expectedRows, 0));
    this.position = prefix;
    this.positionLength = prefix.length;
    this.expected = expectedRows;
    this.bindingLength = bindingLength > 0 ? bindingLength : prefix.length + USUAL_VALUE_OCTETS;
  }

  Oid oid() {
    return oid;
  }

  /** Count of the rows that have come, those without a value among them. */
  int size() {
    return rows.size() + empty;
  }

  boolean isOpen() {
    return !ended && !onTheWay;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isComplete() {
    return complete;
  }

  void setOnTheWay(boolean isOnTheWay) {
    onTheWay = isOnTheWay;
  }

  /** Takes the length of a neighbour for its own, where nothing better is known. */
  void expect(int rowsOfNeighbour) {
    if (expected == UNKNOWN) {
      expected = rowsOfNeighbour;
    }
  }

  /** Rows to ask for to come to the end of the column: those expected, and one beyond. */
  int wanted(int atOnce) {
    int bound = Math.min(most, atOnce);
    int read = size();
    if (expected == UNKNOWN || read > expected) {
      return bound;
    }
    return Math.min(expected - read + 1, bound);
  }

  /** From now on no more rows are asked for at once. */
  void bound(int rowsAtOnce) {
    most = rowsAtOnce;
  }

  /** About how many octets one of its bindings takes. */
  int bindingLength() {
    return rows.size() == 0 ? bindingLength : (int) (octetsSeen / rows.size()) + 1;
  }

  void question(BerWriter writer) {
    writer.question(position, positionLength);
  }

  /**
   * Takes the next binding of an answer.
   *
   * @return what is wrong with it, or null
   */
  @Nullable String take(PduReply reply, int binding, int maxRows, RowCache cache)
      throws MalformedReplyException {
    SnmpType type = reply.type(binding);
    if (!reply.isBelow(binding, prefix) || type == SnmpType.ABSENT && !reply.isNull(binding)) {
      return leave(reply, binding, type);
    }
    int[] index = reply.index(binding, prefix.length, cache);
    if (seen == null ? last != null && !isAfter(index, last) : !seen.add(Oid.of(index))) {
      // A question sent back as it was is how some agents say that there is nothing more.
      end(type == SnmpType.ABSENT);
      if (complete) {
        return null;
      }
      return last == null
          ? "a loop in " + oid
          : "a loop in " + oid + ": row " + Oid.of(index) + " comes after row " + Oid.of(last);
    }
    if (size() == maxRows) {
      end(false);
      return "no end of " + oid + " within " + maxRows + " rows";
    }
    if (type == SnmpType.ABSENT) {
      // NULL where a value belongs: no row, but there may be others behind it.
      empty++;
    } else {
      rows.add(index, type, reply, binding);
      octetsSeen += reply.bindingLength(binding);
    }
    last = index;
    lastBinding = binding;
    return null;
  }

  private @Nullable String leave(PduReply reply, int binding, SnmpType type) {
    boolean loop = type != SnmpType.ABSENT && reply.isOid(binding, prefix);
    end(!loop);
    return loop ? "a loop: " + oid + " comes after itself" : null;
  }

  private static boolean isAfter(int[] index, int[] former) {
    return index.length == 1 && former.length == 1
        ? Integer.compareUnsigned(index[0], former[0]) > 0
        : Arrays.compareUnsigned(index, former) > 0;
  }

  /** True when the answer that is being taken has led it on. */
  boolean isLed() {
    return lastBinding != UNKNOWN;
  }

  /** Keeps the position that an answer has led to. */
  void settle(PduReply reply) {
    onTheWay = false;
    if (lastBinding == UNKNOWN || ended) {
      lastBinding = UNKNOWN;
      return;
    }
    int length = reply.oidLength(lastBinding);
    if (position == prefix || position.length < length) {
      position = new byte[length + 4];
    }
    reply.copyOid(lastBinding, position);
    positionLength = length;
    lastBinding = UNKNOWN;
  }

  void end(boolean isComplete) {
    ended = true;
    complete = isComplete;
  }

  SnmpColumn finish(int[][] neighbour, RowCache cache) {
    if (seen != null) {
      rows.sort();
    }
    return rows.finish(oid, complete, neighbour, cache);
  }
}
