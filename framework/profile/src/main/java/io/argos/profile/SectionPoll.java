package io.argos.profile;

import io.argos.profile.format.GroupSpec;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One section of a profile at work on one device. Keeps what it learns from poll to poll. */
interface SectionPoll {
  GroupSpec spec();

  /** Adds what is to be read. */
  void ask(Collection<Oid> scalars, Collection<Oid> columns, Collection<SnmpPlan.RowsPlan> rows);

  /** What a reply says of it. */
  Reading read(SnmpReply reply, Instant at);

  /** Fast columns of this section, which may be shared with others. */
  Collection<PolledColumn> columns();

  /** True when its rows have changed since it last learned which sources it needs. */
  boolean hasNewRows();

  /** True when fewer values came of a column than when it learned its sources. */
  default boolean hasLost() {
    return columns().stream().anyMatch(PolledColumn::isLost);
  }

  /** True when rows have no value of a column that has sources which were not asked. */
  default boolean isLacking() {
    return columns().stream().anyMatch(PolledColumn::isLacking);
  }

  /** Forgets that its rows have changed. */
  void settled();

  /**
   * What a section read.
   *
   * @param group its rows; empty when there are none
   * @param expected true when there should be rows
   * @param missing required columns of which nothing came
   * @param unknown count of rows that the enrichment does not know
   */
  record Reading(Optional<GroupBlock> group, boolean expected, List<String> missing, int unknown) {
    public Reading {
      missing = List.copyOf(missing);
    }
  }
}
