package io.argos.profile;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the rows of a device are those of its enrichment. Their names are read at the first poll,
 * for nobody knows what the device did before, and at all polls once a boot or a change of rows was
 * seen that is later than the enrichment.
 */
final class RowIdentities {
  private final List<RowIdentity> identities = new ArrayList<>();
  private boolean asked = true;
  private boolean doubted;

  void add(RowIdentity identity) {
    identities.add(identity);
  }

  void ask(Collection<Oid> into) {
    if (asked) {
      identities.forEach(identity -> identity.ask(into));
    }
  }

  /**
   * Tables whose rows are not to be taken for those of the enrichment: those in which a name has
   * changed, and where no names were asked for at the first poll after a boot all.
   *
   * @param changed whether this poll shows a boot or a change of rows since the enrichment
   * @param booted whether the device booted since the enrichment
   */
  Set<String> strange(SnmpReply reply, boolean changed, boolean booted) {
    doubted |= changed;
    Set<String> strange = new LinkedHashSet<>();
    for (RowIdentity identity : identities) {
      if (asked ? doubted && !identity.holds(reply) : changed && booted) {
        strange.add(identity.table());
      }
    }
    return strange;
  }

  /** Tables whose names were to be read and were not, so that nobody knows whose rows these are. */
  Set<String> nameless(SnmpReply reply) {
    Set<String> nameless = new LinkedHashSet<>();
    for (RowIdentity identity : identities) {
      if (asked && doubted && SnmpReads.isCutShort(reply) && identity.isUnread(reply)) {
        nameless.add(identity.table());
      }
    }
    return nameless;
  }

  /** Asks from now on for what a reply makes necessary; true when that is something else. */
  boolean learn(SnmpReply reply) {
    if (asked == doubted || SnmpReads.gaveNothing(reply)) {
      return false;
    }
    asked = doubted;
    return !identities.isEmpty();
  }
}
