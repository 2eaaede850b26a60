package io.argos.profile;

import io.argos.profile.expression.Folding;
import io.argos.profile.format.GroupSpec;
import io.argos.profile.format.PolledSpec;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A section into whose rows those of a table fold. */
final class FoldedSection implements SectionPoll {
  private final GroupSpec spec;
  private final SectionMetrics metrics;
  private final DeviceData data;
  private final TableRows enriched;
  private final Folding folding;
  private final RowBlock block;
  private final Map<String, RowJoin> joins = new HashMap<>();
  private final int[] base;
  private final int[] positions;

  FoldedSection(
      GroupSpec spec,
      SectionMetrics metrics,
      DeviceData data,
      TableRows enriched,
      Folding folding,
      RowBlock block) {
    this.spec = spec;
    this.metrics = metrics;
    this.data = data;
    this.enriched = enriched;
    this.folding = folding;
    this.block = block;
    this.positions = new int[enriched.size()];
    this.base = new int[enriched.size()];
    for (int row = 0; row < base.length; row++) {
      base[row] = row;
    }
    for (PolledColumn column : metrics.columns()) {
      if (!(column.spec().join() instanceof PolledSpec.Join.Same)) {
        joins.put(column.spec().name(), RowJoin.of(column.spec().join(), enriched, data));
      }
    }
  }

  @Override
  public GroupSpec spec() {
    return spec;
  }

  @Override
  public void ask(
      Collection<Oid> scalars, Collection<Oid> columns, Collection<SnmpPlan.RowsPlan> rows) {
    Set<Oid> same = new LinkedHashSet<>();
    for (PolledColumn column : metrics.columns()) {
      column.oids(joins.containsKey(column.spec().name()) ? columns : same);
    }
    if (spec.knownRows()) {
      rows.add(new SnmpPlan.RowsPlan(List.copyOf(same), enriched.indexes()));
    } else {
      columns.addAll(same);
    }
  }

  @Override
  public Reading read(SnmpReply reply, Instant at) {
    SectionView view = new SectionView(enriched);
    for (PolledColumn column : metrics.columns()) {
      RowJoin join = joins.get(column.spec().name());
      PolledColumn.RowFinder finder =
          join == null
              ? (found, into) -> IndexRows.align(enriched.indexes(), found, into)
              : (found, into) -> join.find(found, base, into);
      view.put(column.spec().name(), column.read(reply, finder, enriched.size(), positions));
    }
    if (!metrics.cameAny() && !metrics.knowsSome(reply)) {
      return new Reading(Optional.empty(), true, metrics.missing(), 0);
    }
    GroupBlock group =
        new GroupBlock(
            spec.name(), spec.section(), at, block, metrics.folded(view, data, folding, reply));
    return new Reading(Optional.of(group), true, metrics.missing(), 0);
  }

  @Override
  public Collection<PolledColumn> columns() {
    return metrics.columns();
  }

  @Override
  public boolean hasNewRows() {
    return false;
  }

  @Override
  public void settled() {
    // The rows are those of the enrichment: they change with the plan.
  }
}
