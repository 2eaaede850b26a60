package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.spi.ProfileRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A compiled profile. Immutable.
 *
 * @param name its name
 * @param description one sentence
 * @param isAbstract true when it is only there to be extended
 * @param hash hash of all that it is made of, hex
 * @param match the ways in which it recognises a device
 * @param snmp bounds of the exchange
 * @param scalars single values read or computed at enrichment, in order
 * @param identity vendor, model, os, version and serial, where known
 * @param tables tables, in order
 * @param groups sections, in order
 * @param checks checks that it proposes, in order
 * @param events events that it makes of traps, in order
 */
public record Profile(
    String name,
    String description,
    boolean isAbstract,
    String hash,
    List<MatchRule> match,
    SnmpQuirks snmp,
    List<ColumnSpec> scalars,
    Map<String, Expression> identity,
    List<TableSpec> tables,
    List<GroupSpec> groups,
    List<CheckSpec> checks,
    List<EventSpec> events) {
  public Profile {
    match = List.copyOf(match);
    scalars = List.copyOf(scalars);
    identity = Map.copyOf(identity);
    tables = List.copyOf(tables);
    groups = List.copyOf(groups);
    checks = List.copyOf(checks);
    events = List.copyOf(events);
  }

  /** Name and hash. */
  public ProfileRef ref() {
    return new ProfileRef(name, hash);
  }

  /** A table by name. */
  public Optional<TableSpec> table(String table) {
    return tables.stream().filter(spec -> spec.name().equals(table)).findFirst();
  }
}
