package io.argos.deploy.capture;

import io.argos.snmp.Oid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Texts in the index of an instance: with their length before them, or without it at the end. */
final class IndexTexts {
  /** The first arcs name the object in all MIBs that matter. */
  private static final int FIRST = 10;

  private static final int SHORTEST = 4;

  /** An oid has no more arcs. */
  private static final int MOST = 128;

  private IndexTexts() {}

  /** The instance with its texts as another function has them. */
  static Oid replaced(Oid oid, UnaryOperator<String> text) {
    int[] arcs = oid.toArray();
    List<Integer> result = new ArrayList<>();
    boolean changed = false;
    for (int at = 0; at < arcs.length; at++) {
      String own = at < FIRST ? "" : prefixed(arcs, at);
      String other = own.isEmpty() ? own : text.apply(own);
      if (!other.equals(own)) {
        result.add(other.length());
        other.chars().forEach(result::add);
        at += own.length();
        changed = true;
        continue;
      }
      own = at < FIRST || at + SHORTEST > arcs.length ? "" : rest(arcs, at);
      other = own.isEmpty() ? own : text.apply(own);
      if (!other.equals(own)) {
        other.chars().forEach(result::add);
        at = arcs.length;
        changed = true;
        continue;
      }
      result.add(arcs[at]);
    }
    return changed
        ? Oid.of(result.stream().limit(MOST).mapToInt(Integer::intValue).toArray())
        : oid;
  }

  /** The octets behind an arc that may be their number. An engine id is no text, yet a name. */
  private static String prefixed(int[] arcs, int at) {
    int length = arcs[at];
    boolean fits = length >= SHORTEST && length < arcs.length - at;
    return fits ? Addresses.octets(arcs, at + 1, length) : "";
  }

  private static String rest(int[] arcs, int at) {
    boolean isText = Arrays.stream(arcs, at, arcs.length).allMatch(arc -> arc >= ' ' && arc < 0x7f);
    return isText ? Addresses.octets(arcs, at, arcs.length - at) : "";
  }
}
