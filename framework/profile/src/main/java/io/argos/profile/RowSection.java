package io.argos.profile;

import io.argos.profile.expression.Vector;
import io.argos.profile.format.GroupSpec;
import io.argos.profile.format.PolledSpec;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A section whose rows are those of a table. */
final class RowSection implements SectionPoll {
  private final GroupSpec spec;
  private final SectionMetrics metrics;
  private final DeviceData data;
  private final TableRows enriched;
  private final String[] keys;
  private final Map<String, Vector> dimensions;
  private final Map<String, RowJoin> joins = new HashMap<>();
  private final boolean takesUnknown;

  private PolledRows rows;
  private boolean changed;
  private int[] positions;

  /**
   * A section.
   *
   * @param enriched the rows of the enrichment that it is about
   * @param keys their keys
   * @param dimensions the dimensions of these rows
   * @param takesUnknown true when a row that the enrichment does not know is one all the same
   */
  RowSection(
      GroupSpec spec,
      SectionMetrics metrics,
      DeviceData data,
      EnrichedTable enriched,
      Map<String, Vector> dimensions,
      boolean takesUnknown) {
    this.spec = spec;
    this.metrics = metrics;
    this.data = data;
    this.enriched = enriched.rows();
    this.keys = enriched.keys();
    this.dimensions = dimensions;
    this.takesUnknown = takesUnknown;
    for (PolledColumn column : metrics.columns()) {
      if (!(column.spec().join() instanceof PolledSpec.Join.Same)) {
        joins.put(column.spec().name(), RowJoin.of(column.spec().join(), this.enriched, data));
      }
    }
    this.rows = PolledRows.of(this.enriched.indexes(), this.enriched, keys, dimensions);
    this.positions = new int[rows.indexes().length];
  }

  @Override
  public GroupSpec spec() {
    return spec;
  }

  @Override
  public void ask(
      Collection<Oid> scalars, Collection<Oid> columns, Collection<SnmpPlan.RowsPlan> known) {
    Set<Oid> same = new LinkedHashSet<>();
    for (PolledColumn column : metrics.columns()) {
      column.oids(joins.containsKey(column.spec().name()) ? columns : same);
    }
    if (spec.knownRows() && enriched.size() > 0) {
      known.add(new SnmpPlan.RowsPlan(List.copyOf(same), enriched.indexes()));
    } else {
      columns.addAll(same);
    }
  }

  @Override
  public Collection<PolledColumn> columns() {
    return metrics.columns();
  }

  @Override
  public boolean hasNewRows() {
    return changed;
  }

  @Override
  public boolean isLacking() {
    boolean isShort = rows.indexes().length - rows.unknown() < enriched.size();
    return SectionPoll.super.isLacking()
        || (isShort && !columns().stream().allMatch(PolledColumn::asksAll));
  }

  @Override
  public void settled() {
    changed = false;
  }

  @Override
  public Reading read(SnmpReply reply, Instant at) {
    findRows(reply);
    int n = rows.indexes().length;
    SectionView view = new SectionView(rows.slow());
    for (PolledColumn column : metrics.columns()) {
      RowJoin join = joins.get(column.spec().name());
      PolledColumn.RowFinder finder =
          join == null
              ? (found, into) -> IndexRows.align(rows.indexes(), found, into)
              : (found, into) -> join.find(found, rows.base(), into);
      view.put(column.spec().name(), column.read(reply, finder, n, positions));
    }
    boolean expected = enriched.size() > 0 || n > 0;
    if (n == 0 || !metrics.cameAny()) {
      return new Reading(Optional.empty(), expected, metrics.missing(), 0);
    }
    GroupBlock block =
        new GroupBlock(spec.name(), spec.section(), at, rows.block(), metrics.each(view, data));
    return new Reading(
        Optional.of(spec.distinct() ? DistinctRows.of(block) : block),
        expected,
        metrics.missing(),
        rows.unknown());
  }

  /** Keeps the rows of the last poll when the reply has just these. */
  private void findRows(SnmpReply reply) {
    Finder finder = new Finder(reply);
    if (!finder.isSame()) {
      int[][] found = finder.rows();
      if (!Arrays.deepEquals(found, rows.indexes())) {
        rows = PolledRows.of(found, enriched, keys, dimensions);
        positions = new int[found.length];
        changed = true;
      }
    }
  }

  private boolean makesRows(PolledColumn column) {
    return spec.rows().isEmpty() || spec.rows().contains(column.spec().name());
  }

  /** Which rows a reply has. A section without fast columns has those of the enrichment. */
  private final class Finder {
    private final List<SnmpColumn> making = new ArrayList<>();
    private final List<SnmpColumn> others = new ArrayList<>();

    Finder(SnmpReply reply) {
      for (PolledColumn column : metrics.columns()) {
        if (!joins.containsKey(column.spec().name())) {
          column.columns(reply, (makesRows(column) ? making : others)::add);
        }
      }
    }

    boolean isSame() {
      if (making.isEmpty() && others.isEmpty()) {
        return rows.indexes().length == enriched.size();
      }
      boolean[] seen = new boolean[rows.indexes().length];
      int left = seen.length;
      for (List<SnmpColumn> columns : List.of(making, others)) {
        for (SnmpColumn column : columns) {
          int found = IndexRows.align(rows.indexes(), column, positions);
          if (found < column.size() && hasRowsToTake(column, columns == making)) {
            return false;
          }
          for (int row = 0; left > 0 && row < seen.length; row++) {
            if (!seen[row] && positions[row] >= 0) {
              seen[row] = true;
              left--;
            }
          }
        }
      }
      return left == 0;
    }

    private boolean hasRowsToTake(SnmpColumn column, boolean makes) {
      boolean unknownCount = takesUnknown && makes;
      if (!unknownCount && rows.indexes().length == enriched.size() && rows.unknown() == 0) {
        return false;
      }
      for (int[] index : column.indexes()) {
        if (IndexRows.find(rows.indexes(), index) < 0
            && (unknownCount || IndexRows.find(enriched.indexes(), index) >= 0)) {
          return true;
        }
      }
      return false;
    }

    int[][] rows() {
      if (making.isEmpty() && others.isEmpty()) {
        return enriched.indexes();
      }
      List<int[][]> sets = new ArrayList<>();
      making.forEach(column -> sets.add(taken(column, takesUnknown)));
      others.forEach(column -> sets.add(taken(column, false)));
      return IndexRows.union(sets);
    }

    private int[][] taken(SnmpColumn column, boolean unknownToo) {
      if (unknownToo) {
        return column.indexes();
      }
      return Arrays.stream(column.indexes())
          .filter(index -> IndexRows.find(enriched.indexes(), index) >= 0)
          .toArray(int[][]::new);
    }
  }
}
