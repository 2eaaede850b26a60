package io.argos.profile;

import io.argos.profile.format.GroupSpec;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** A section of scalars: one row. */
final class ScalarSection implements SectionPoll {
  /** Key of its row. */
  static final String KEY = "0";

  private static final TableRows ONE = new TableRows(new int[1][0]);

  private final GroupSpec spec;
  private final SectionMetrics metrics;
  private final DeviceData data;
  private final RowBlock block;

  ScalarSection(GroupSpec spec, SectionMetrics metrics, DeviceData data, RowBlock block) {
    this.spec = spec;
    this.metrics = metrics;
    this.data = data;
    this.block = block;
  }

  @Override
  public GroupSpec spec() {
    return spec;
  }

  @Override
  public void ask(
      Collection<Oid> scalars, Collection<Oid> columns, Collection<SnmpPlan.RowsPlan> rows) {
    metrics.columns().forEach(column -> column.oids(scalars));
  }

  @Override
  public Reading read(SnmpReply reply, Instant at) {
    SectionView view = new SectionView(ONE);
    for (PolledColumn column : metrics.columns()) {
      view.put(
          column.spec().name(),
          column.read(reply, (found, into) -> found.size() > 0 ? 1 : 0, 1, SnmpValues.single()));
    }
    if (!metrics.cameAny()) {
      return new Reading(Optional.empty(), true, metrics.missing(), 0);
    }
    GroupBlock group =
        new GroupBlock(spec.name(), spec.section(), at, block, metrics.each(view, data));
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
    // One row stays one row.
  }
}
