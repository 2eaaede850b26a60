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
 * seen, or while the device does not tell. One that never tells is taken at the word of its
 * enrichment.
 */
final class RowIdentities {
  private final List<RowIdentity> identities = new ArrayList<>();
  private boolean asked = true;
  private boolean doubted;
  private boolean booted;
  private boolean untold;

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
   */
  Set<String> strange(SnmpReply reply, RowChanges.Told told) {
    untold = told == RowChanges.Told.UNKNOWN;
    booted |= told == RowChanges.Told.BOOTED;
    doubted |= booted || told == RowChanges.Told.CHANGED;
    boolean judged = doubted || told != RowChanges.Told.NEVER;
    Set<String> strange = new LinkedHashSet<>();
    for (RowIdentity identity : identities) {
      if (asked
          ? judged && !identity.holds(reply, isGone(identity, reply))
          : told == RowChanges.Told.BOOTED) {
        strange.add(identity.table());
      }
    }
    return strange;
  }

  /**
   * Tables whose names would have to be read and were not, so that nobody knows whose rows these
   * are.
   */
  Set<String> nameless(SnmpReply reply) {
    Set<String> nameless = new LinkedHashSet<>();
    for (RowIdentity identity : identities) {
      if (asked ? (doubted || untold) && isUnread(identity, reply) : untold) {
        nameless.add(identity.table());
      }
    }
    return nameless;
  }

  /** True when a row whose name did not come is not there under it. */
  private boolean isGone(RowIdentity identity, SnmpReply reply) {
    return (booted || untold) && !isUnread(identity, reply);
  }

  private static boolean isUnread(RowIdentity identity, SnmpReply reply) {
    return SnmpReads.isCutShort(reply) && identity.isUnread(reply);
  }

  /** Asks from now on for what a reply makes necessary; true when that is something else. */
  boolean learn(SnmpReply reply) {
    boolean unsure = doubted || untold;
    boolean unread = asked && identities.stream().anyMatch(one -> isUnread(one, reply));
    if (asked == (unsure || unread) || SnmpReads.gaveNothing(reply)) {
      return false;
    }
    asked = unsure || unread;
    return !identities.isEmpty();
  }
}
