package io.argos.profile;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Folding;
import io.argos.profile.expression.Type;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.GroupSpec;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.snmp.SnmpReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics of a section: which fast columns they need, and their values. */
final class SectionMetrics {
  private final GroupSpec spec;
  private final Map<String, PolledColumn> polled;

  /**
   * The metrics of a section.
   *
   * @param candidates fast columns by name, of which only those that are mentioned are read
   */
  SectionMetrics(GroupSpec spec, Map<String, PolledColumn> candidates) {
    this.spec = spec;
    this.polled = new LinkedHashMap<>();
    for (Map.Entry<String, PolledColumn> candidate : candidates.entrySet()) {
      if (isMentioned(candidate.getKey())) {
        polled.put(candidate.getKey(), candidate.getValue());
      }
    }
  }

  private boolean isMentioned(String column) {
    return spec.rows().contains(column)
        || spec.metrics().stream().anyMatch(metric -> mentions(metric, column));
  }

  private static boolean mentions(GroupSpec.Metric metric, String column) {
    return switch (metric.origin()) {
      case GroupSpec.Origin.Column(String name) -> name.equals(column);
      case GroupSpec.Origin.Computed(Expression expression) -> expression.names().contains(column);
    };
  }

  /** True when a metric follows from the enrichment alone, as a count of rows does. */
  private boolean isKnownBefore(GroupSpec.Metric metric) {
    return polled.keySet().stream().noneMatch(column -> mentions(metric, column));
  }

  /** True when the device answered to the end, has none of the columns, and all is not lost. */
  boolean knowsSome(SnmpReply reply) {
    return reply.failure().isEmpty()
        && polled.values().stream().noneMatch(column -> column.isUnread(reply))
        && spec.metrics().stream().anyMatch(this::isKnownBefore);
  }

  Collection<PolledColumn> columns() {
    return polled.values();
  }

  /** Names of required columns of which nothing came. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    polled.forEach((name, column) -> {
      if (column.spec().required() && !column.hasValues()) {
        missing.add(name);
      }
    });
    return missing;
  }

  /** True when anything came, or nothing is asked for. */
  boolean cameAny() {
    return polled.isEmpty() || polled.values().stream().anyMatch(PolledColumn::hasValues);
  }

  /** The columns of a group whose rows are the view's. */
  List<ColumnBlock> each(SectionView view, DeviceData data) {
    List<ColumnBlock> blocks = new ArrayList<>(spec.metrics().size());
    DeviceData about = data.about(view);
    for (GroupSpec.Metric metric : spec.metrics()) {
      Vector values =
          switch (metric.origin()) {
            case GroupSpec.Origin.Column(String name) -> view.column(name);
            case GroupSpec.Origin.Computed(Expression expression) -> expression.evaluate(about);
          };
      view.put(metric.name(), values);
      blocks.add(block(metric, values));
    }
    return blocks;
  }

  /** The columns of a group into which the view's rows fold. */
  List<ColumnBlock> folded(SectionView view, DeviceData data, Folding folding, SnmpReply reply) {
    List<ColumnBlock> blocks = new ArrayList<>(spec.metrics().size());
    DeviceData about = data.about(view);
    for (GroupSpec.Metric metric : spec.metrics()) {
      if (metric.origin() instanceof GroupSpec.Origin.Computed(Expression expression)) {
        // No row with a state does not mean no row in a good state, and neither does one unread.
        Vector values =
            isKnownBefore(metric) || (cameAny() && !isCutShort(metric, reply))
                ? expression.fold(about, folding)
                : Vector.allAbsent(expression.type(), folding.groups());
        blocks.add(block(metric, values));
      }
    }
    return blocks;
  }

  /** True when the exchange ended before all rows were read that a metric is about. */
  private boolean isCutShort(GroupSpec.Metric metric, SnmpReply reply) {
    return SnmpReads.isCutShort(reply)
        && polled.entrySet().stream()
            .anyMatch(
                column -> mentions(metric, column.getKey()) && column.getValue().isUnread(reply));
  }

  private ColumnBlock block(GroupSpec.Metric metric, Vector values) {
    Vector filled = metric.fallback().map(constant -> constant.fill(values)).orElse(values);
    if (metric.kind() != ColumnKind.COUNTER) {
      return ColumnBlocks.of(metric.name(), metric.unit(), filled);
    }
    int bits = 0;
    long scale = 1;
    switch (metric.origin()) {
      case GroupSpec.Origin.Column(String name) -> {
        PolledColumn column = polled.get(name);
        if (column != null) {
          bits = column.wrapBits();
          scale = column.scale();
        }
      }
      case GroupSpec.Origin.Computed(Expression expression) -> bits = bitsOf(expression);
    }
    return ColumnBlocks.of(metric.name(), metric.unit(), metric.kind(), filled, bits, scale);
  }

  /** Sums of counters of 64 bits wrap as these do; of any narrower one nothing can be said. */
  private int bitsOf(Expression expression) {
    int bits = 64;
    for (Map.Entry<String, PolledColumn> column : polled.entrySet()) {
      if (expression.names().contains(column.getKey())
          && (column.getValue().wrapBits() != 64
              || column.getValue().scale() != 1
              || column.getValue().spec().type() != Type.INTEGER)) {
        bits = 0;
      }
    }
    return bits;
  }
}
