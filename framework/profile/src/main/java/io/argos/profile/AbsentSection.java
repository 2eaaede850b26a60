package io.argos.profile;

import io.argos.profile.format.GroupSpec;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A section that has no row to ask for, and that is to be told of at each poll.
 *
 * @param why why it has none
 */
record AbsentSection(GroupSpec spec, Why why) implements SectionPoll {
  /** Why a section has no row. */
  enum Why {
    /** The device lacks what every device of the profile should have. */
    LACKING,
    /** Nobody knows: its table could not be read at enrichment. */
    UNREAD,
    /** Its table was read at enrichment, and is not to be had now, or not in one piece. */
    TORN
  }

  @Override
  public void ask(
      Collection<Oid> scalars, Collection<Oid> columns, Collection<SnmpPlan.RowsPlan> rows) {
    // There is nothing to ask for until an enrichment finds the table.
  }

  @Override
  public Reading read(SnmpReply reply, Instant at) {
    return new Reading(Optional.empty(), true, List.of(), 0);
  }

  @Override
  public Collection<PolledColumn> columns() {
    return List.of();
  }

  @Override
  public boolean hasNewRows() {
    return false;
  }

  @Override
  public void settled() {
    // It has no rows.
  }
}
