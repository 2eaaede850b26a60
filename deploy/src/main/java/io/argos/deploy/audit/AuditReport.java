package io.argos.deploy.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** What an audit has found, of one partition or of all together. Not safe for threads. */
public final class AuditReport {
  private static final Comparator<Offence> ORDER =
      Comparator.comparing(Offence::dueAt)
          .thenComparing(Offence::resource)
          .thenComparing(Offence::jobId)
          .thenComparing(Offence::kind);

  private final int mostOffences;
  private final Map<String, AuditLine> lines = new TreeMap<>();
  // The latest of those that are kept is at the head, and gives way first.
  private final PriorityQueue<Offence> offences = new PriorityQueue<>(ORDER.reversed());

  /**
   * An empty report.
   *
   * @param mostOffences offences that are kept; all are counted
   */
  public AuditReport(int mostOffences) {
    this.mostOffences = mostOffences;
  }

  void count(String jobId, JobTrace trace, long now) {
    JobTrace.End end = trace.end(now);
    line(trace.stage(), trace.plugin()).count(trace, end);
    if (end == JobTrace.End.MISSED) {
      keep(trace.offence(jobId, Offence.Kind.MISSED));
    }
    if (trace.executions() > 1) {
      keep(trace.offence(jobId, Offence.Kind.DOUBLED));
    }
  }

  private void keep(Offence offence) {
    offences.add(offence);
    if (offences.size() > mostOffences) {
      offences.remove();
    }
  }

  private AuditLine line(String stage, String plugin) {
    return lines.computeIfAbsent(stage + '|' + plugin, _ -> new AuditLine(stage, plugin));
  }

  /** Takes another partition's report in. */
  public void add(AuditReport other) {
    other.lines.values().forEach(line -> line(line.stage(), line.plugin()).add(line));
    other.offences.forEach(this::keep);
  }

  /** One line a plugin, by stage and name. */
  public List<AuditLine> lines() {
    return List.copyOf(lines.values());
  }

  /** The earliest offences, by due time. */
  public List<Offence> offences() {
    return offences.stream().sorted(ORDER).toList();
  }

  /** All offences, kept or not. */
  public long offenceCount() {
    return missed() + doubled();
  }

  /** Jobs that were due and not run. */
  public long missed() {
    return lines.values().stream().mapToLong(AuditLine::missed).sum();
  }

  /** Jobs that were run more than once. */
  public long doubled() {
    return lines.values().stream().mapToLong(AuditLine::doubled).sum();
  }

  /** Whether every job was run once, or is none any more, or has its time yet. */
  public boolean clean() {
    return offenceCount() == 0;
  }
}
