package io.argos.manager.nodes;

import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the polls of one plugin say of a node.
 *
 * @param status status of its latest outcome
 * @param verdict its latest verdict on the device; null before the first
 * @param why what that verdict said
 * @param failures failures in a row
 * @param dueAt when the poll of that verdict was due
 * @param expectedBy by when the next outcome is expected; null when the plugin has no interval
 * @param lapsed whether that time has passed without one
 * @param notPolled why our own side has not polled since; null when it has
 */
record PluginView(
    String status,
    @Nullable Verdict verdict,
    String why,
    int failures,
    Instant dueAt,
    @Nullable Instant expectedBy,
    boolean lapsed,
    @Nullable String notPolled) {

  /**
   * Intervals after its due time by which a poll is followed by the next outcome: the next slot is
   * due within one, and its job has run or expired within another.
   */
  private static final int EXPECTED_WITHIN_INTERVALS = 2;

  static final PluginView NEW = new PluginView("", null, "", 0, Instant.EPOCH, null, false, null);

  /** The view after one more observation. */
  PluginView after(Observation seen) {
    if (seen.verdict() == Verdict.NOT_POLLED) {
      return seen.dueAt().isAfter(dueAt)
          ? new PluginView(
              seen.status(), verdict, why, failures, dueAt, expectedBy, lapsed, seen.why())
          : this;
    }
    Instant latestDue = seen.dueAt().isAfter(dueAt) ? seen.dueAt() : dueAt;
    return new PluginView(
        seen.status(),
        seen.verdict(),
        seen.why(),
        seen.verdict() == Verdict.FAILURE ? failures + 1 : 0,
        latestDue,
        seen.intervalMillis() == 0
            ? null
            : latestDue.plusMillis(EXPECTED_WITHIN_INTERVALS * seen.intervalMillis()),
        false,
        null);
  }

  /** The view when no outcome has come in time. */
  PluginView afterSilence() {
    return new PluginView(status, verdict, why, failures, dueAt, expectedBy, true, notPolled);
  }

  /** Whether the verdict still holds. */
  boolean isFresh() {
    return verdict != null && notPolled == null && !lapsed;
  }

  /** When the verdict lapses, unless it has. */
  Optional<Instant> lapsesAt() {
    return isFresh() ? Optional.ofNullable(expectedBy) : Optional.empty();
  }

  void write(StateWriter out) {
    out.text(status)
        .text(verdict == null ? "" : verdict.name())
        .text(why)
        .count(failures)
        .number(dueAt.toEpochMilli())
        .time(expectedBy)
        .flag(lapsed)
        .flag(notPolled != null)
        .text(notPolled == null ? "" : notPolled);
  }

  static PluginView read(StateReader in) {
    String status = in.text();
    String verdict = in.text();
    String why = in.text();
    int failures = in.size();
    Instant dueAt = Instant.ofEpochMilli(in.number());
    Instant expectedBy = in.time();
    boolean lapsed = in.flag();
    boolean missed = in.flag();
    String notPolled = in.text();
    return new PluginView(
        status,
        verdict.isEmpty() ? null : Verdict.valueOf(verdict),
        why,
        failures,
        dueAt,
        expectedBy,
        lapsed,
        missed ? notPolled : null);
  }
}
