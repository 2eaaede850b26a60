package io.argos.profile;

import io.argos.profile.expression.Vector;
import io.argos.profile.format.Builtin;
import io.argos.profile.format.ColumnSpec;
import io.argos.profile.format.Profile;
import io.argos.profile.format.TableSpec;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.spi.Enrichments;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the enrichments say of a device, in the terms of a profile. */
final class EnrichedDevice {
  private final DeviceData data;
  private final Map<String, EnrichedTable> tables = new HashMap<>();
  private final Set<String> unread = new HashSet<>();
  private final Set<String> torn = new HashSet<>();
  private Instant collectedAt;
  private boolean isWhole = true;

  private EnrichedDevice(DeviceData data, Instant collectedAt) {
    this.data = data;
    this.collectedAt = collectedAt;
  }

  /** Decodes the enrichments of a resource that is enriched. */
  static EnrichedDevice decode(
      Profile profile,
      Resource resource,
      Enrichment device,
      Enrichments enrichments,
      Duration interval) {
    DeviceData data = DeviceData.of(resource);
    Map<String, String> attributes = device.getAttributes();
    for (String name : List.of("sysDescr", "sysObjectID", "sysName", "sysLocation")) {
      data.text(name, attributes.getOrDefault(name, ""));
    }
    for (ColumnSpec scalar : profile.scalars()) {
      String[] text = {attributes.getOrDefault(scalar.name(), "")};
      data.scalar(scalar.name(), ColumnBlocks.typed(scalar.type(), text));
    }
    data.scalar(
        Builtin.INTERVAL,
        new Vector.Integers(new long[] {interval.toSeconds()}, Vector.NONE_ABSENT));
    data.expect(profile);
    EnrichedDevice enriched = new EnrichedDevice(data, device.getCollectedAt());
    for (TableSpec table : profile.tables()) {
      if (!table.keep() || !attributes.containsKey(EnrichmentPlan.TABLE + table.name())) {
        continue;
      }
      List<Enrichment> parts = enrichments.find(resource.getId(), table.name());
      EnrichedTable rows =
          parts.isEmpty()
              ? new EnrichedTable(TableRows.empty(table), new String[0])
              : EnrichedTable.decode(table, parts);
      enriched.tables.put(table.name(), rows);
      if (EnrichmentPlan.isUnread(attributes, table.name())) {
        enriched.unread(table.name(), parts);
      } else if (parts.isEmpty()) {
        enriched.torn.add(table.name());
      }
      data.table(table.name(), rows.rows());
    }
    return enriched;
  }

  /**
   * Of a table that could not be read the rows of an earlier enrichment stay, as old as they are.
   */
  private void unread(String table, List<Enrichment> parts) {
    isWhole = false;
    if (parts.isEmpty()) {
      unread.add(table);
    } else if (parts.getFirst().getCollectedAt().isBefore(collectedAt)) {
      collectedAt = parts.getFirst().getCollectedAt();
    }
  }

  DeviceData data() {
    return data;
  }

  boolean has(String table) {
    return tables.containsKey(table);
  }

  /** True when a table could not be read at enrichment, nor at one before. */
  boolean isUnread(String table) {
    return unread.contains(table);
  }

  /** True when the last enrichment read all that it asked for. */
  boolean isWhole() {
    return isWhole;
  }

  /** True when a table that the last enrichment read is not to be had, or not in one piece. */
  boolean isTorn(String table) {
    return torn.contains(table);
  }

  /** True when some table is torn. */
  boolean isTorn() {
    return !torn.isEmpty();
  }

  EnrichedTable table(String name) {
    return tables.getOrDefault(name, EnrichedTable.none());
  }

  /** When the oldest of what is known of it was read. */
  Instant collectedAt() {
    return collectedAt;
  }
}
