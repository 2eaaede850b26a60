package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.deploy.audit.AuditLine;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An audit as a person reads it: what is never there on a good day has a column on others only. */
final class AuditTable {
  private AuditTable() {}

  /** One row a plugin. */
  static List<ObjectNode> rows(List<AuditLine> lines) {
    return lines.stream().map(line -> row(line, lines)).toList();
  }

  private static ObjectNode row(AuditLine line, List<AuditLine> all) {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("stage", line.stage())
            .put("plugin", line.plugin())
            .put("due", line.due())
            .put("requested", line.requested())
            .put("ok", line.ok());
    some(row, "failed", line, all, AuditLine::failed);
    some(row, "timeout", line, all, AuditLine::timedOut);
    some(row, "pending", line, all, AuditLine::pending);
    some(row, "withdrawn", line, all, AuditLine::withdrawn);
    some(row, "fenced", line, all, AuditLine::fenced);
    row.put("missed", line.missed()).put("doubled", line.doubled());
    row.put("late p50", late(line, 50)).put("p99", late(line, 99)).put("max", late(line, 100));
    if (all.stream().anyMatch(each -> each.missed() > 0)) {
      row.put("missed because", causes(line));
    }
    return row;
  }

  private static void some(
      ObjectNode row,
      String name,
      AuditLine line,
      List<AuditLine> all,
      ToLongFunction<AuditLine> count) {
    if (all.stream().anyMatch(each -> count.applyAsLong(each) > 0)) {
      row.put(name, count.applyAsLong(line));
    }
  }

  private static String late(AuditLine line, double percentile) {
    return line.done() == 0 ? "-" : Spans.millis(line.latenessMillis(percentile));
  }

  /** Each cause of a missed job with its count; null when none was missed. */
  static @Nullable String causes(AuditLine line) {
    String causes =
        line.missedByCause().entrySet().stream()
            .map(cause -> cause.getValue() + " " + cause.getKey())
            .collect(Collectors.joining(", "));
    return causes.isEmpty() ? null : causes;
  }
}
