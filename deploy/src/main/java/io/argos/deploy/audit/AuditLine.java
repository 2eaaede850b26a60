package io.argos.deploy.audit;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What became of the jobs of one plugin. Not safe for threads.
 *
 * <p>Every slot that was due is exactly one of: ok, failed, timed out, missed, withdrawn or
 * pending.
 */
public final class AuditLine {
  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  private final String stage;
  private final String plugin;
  private final SortedMap<String, Long> missed = new TreeMap<>();
  private final Histogram lateness = new Histogram(LONGEST_MILLIS, 3);
  private long due;
  private long requested;
  private long ok;
  private long failed;
  private long timedOut;
  private long withdrawn;
  private long pending;
  private long doubled;
  private long fenced;

  AuditLine(String stage, String plugin) {
    this.stage = stage;
    this.plugin = plugin;
  }

  void count(JobTrace trace, JobTrace.End end) {
    if (trace.scheduled()) {
      due++;
    } else {
      requested++;
    }
    fenced += trace.fenced();
    if (trace.executions() > 1) {
      doubled++;
    }
    trace
        .latenessMillis()
        .ifPresent(late -> lateness.recordValue(Math.clamp(late, 0, LONGEST_MILLIS)));
    switch (end) {
      case OK -> ok++;
      case FAILED -> failed++;
      case TIMEOUT -> timedOut++;
      case MISSED -> missed.merge(trace.cause(), 1L, Long::sum);
      case WITHDRAWN -> withdrawn++;
      case PENDING -> pending++;
    }
  }

  void add(AuditLine other) {
    due += other.due;
    requested += other.requested;
    ok += other.ok;
    failed += other.failed;
    timedOut += other.timedOut;
    withdrawn += other.withdrawn;
    pending += other.pending;
    doubled += other.doubled;
    fenced += other.fenced;
    lateness.add(other.lateness);
    other.missed.forEach((cause, count) -> missed.merge(cause, count, Long::sum));
  }

  /** Stage of the jobs. */
  public String stage() {
    return stage;
  }

  /** Plugin instance of the jobs. */
  public String plugin() {
    return plugin;
  }

  /** Slots that were due. */
  public long due() {
    return due;
  }

  /** Jobs beside the slots: first, retried and forced ones. */
  public long requested() {
    return requested;
  }

  /** Jobs that ended well. */
  public long ok() {
    return ok;
  }

  /** Jobs that were run and failed. */
  public long failed() {
    return failed;
  }

  /** Jobs that were run and cut by their deadline. */
  public long timedOut() {
    return timedOut;
  }

  /** Jobs that were run. */
  public long done() {
    return ok + failed + timedOut;
  }

  /** Jobs that were due and not run. */
  public long missed() {
    return missed.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same by cause. */
  public SortedMap<String, Long> missedByCause() {
    return new TreeMap<>(missed);
  }

  /** Jobs that nobody wanted any more: their resource was removed or their plugin changed. */
  public long withdrawn() {
    return withdrawn;
  }

  /** Jobs whose time is not over. */
  public long pending() {
    return pending;
  }

  /** Jobs that were run more than once. */
  public long doubled() {
    return doubled;
  }

  /** Emissions that agents refused, since a later leader had taken over. */
  public long fenced() {
    return fenced;
  }

  /**
   * How late jobs were started, in milliseconds, to three digits.
   *
   * @param percentile 0 to 100
   * @return 0 when none was
   */
  public long latenessMillis(double percentile) {
    return lateness.getTotalCount() == 0 ? 0 : lateness.getValueAtPercentile(percentile);
  }
}
