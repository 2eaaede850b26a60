package io.argos.profile;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.ColumnSpec;
import io.argos.profile.format.Profile;
import io.argos.profile.format.SourceSpec;
import io.argos.profile.format.TableSpec;
import io.argos.schemas.Resource;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.spi.DeviceStatus;
import io.argos.spi.EnrichmentContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to read of a device at enrichment, and what its answers mean. Made for one enrichment, in
 * three steps: {@link #scalars()}, {@link #tables(SnmpReply)}, {@link #evaluate}. Not safe for use
 * by several threads.
 */
public final class EnrichmentPlan {
  /** The namespace that says what a device is. */
  public static final String DEVICE = "device";

  /** Prefix of the attributes that name the tables a device has, with a hash of their content. */
  public static final String TABLE = "table.";

  /** In place of a hash: the device has the table or not, but this time it could not be read. */
  private static final String UNREAD = "unread";

  private final Profile profile;
  private final Resource resource;
  private final SystemGroup system;
  private final DeviceData data;
  private final Set<String> asked = new LinkedHashSet<>();

  /** A plan for a device that a profile fits. */
  public EnrichmentPlan(Profile profile, Resource resource, SystemGroup system) {
    this.profile = profile;
    this.resource = resource;
    this.system = system;
    this.data = DeviceData.of(resource);
    for (String name : List.of("sysDescr", "sysObjectID", "sysName", "sysLocation")) {
      data.text(name, system.text(name).orElse(""));
    }
    data.expect(profile);
  }

  /** The scalars of the profile; the plan is empty when it has none. */
  public SnmpPlan scalars() {
    return SnmpPlan.of(List.copyOf(ColumnReads.oids(profile.scalars(), data)), List.of());
  }

  /** The slow columns of the tables that the profile asks this device for. */
  public SnmpPlan tables(SnmpReply scalars) {
    TableRows one = new TableRows(new int[1][0]);
    for (ColumnSpec scalar : profile.scalars()) {
      data.scalar(scalar.name(), scalar(scalar, one, scalars));
    }
    Set<Oid> columns = new LinkedHashSet<>();
    for (TableSpec table : profile.tables()) {
      if (ColumnReads.holds(table.when(), data)) {
        asked.add(table.name());
        columns.addAll(ColumnReads.oids(table.columns(), data));
      }
    }
    return SnmpPlan.of(List.of(), List.copyOf(columns));
  }

  private Vector scalar(ColumnSpec scalar, TableRows one, SnmpReply reply) {
    return ColumnReads.read(scalar, one, data, reply);
  }

  /**
   * What the device is, and its slow tables: {@code device} comes last, so that whoever sees it
   * finds the tables that it names.
   */
  public Enriched evaluate(SnmpReply reply, Instant at) {
    List<EnrichmentContent> contents = new ArrayList<>();
    Map<String, String> attributes = new LinkedHashMap<>(system.texts());
    Set<String> unread = new HashSet<>();
    for (TableSpec table : profile.tables()) {
      if (!asked.contains(table.name())) {
        continue;
      }
      if (!isWhole(table, reply) || (SnmpReads.isCutShort(reply) && looksInto(table, unread))) {
        unread.add(table.name());
        if (table.keep()) {
          attributes.put(TABLE + table.name(), UNREAD);
        }
        continue;
      }
      TableRows all = rows(table, reply);
      data.table(table.name(), all);
      EnrichedTable rows = EnrichedTable.of(table, all, data);
      if (table.keep() && rows.rows().size() > 0) {
        attributes.put(TABLE + table.name(), rows.hash());
        contents.add(
            new EnrichmentContent(
                resource.getId(),
                table.name(),
                Optional.of(profile.ref()),
                Map.of(),
                List.of(rows.block(table.name(), at)),
                Optional.empty()));
      }
    }
    Set<String> unsure = identity(attributes, unread);
    contents.add(
        new EnrichmentContent(
            resource.getId(),
            DEVICE,
            Optional.of(profile.ref()),
            attributes,
            unsure,
            List.of(),
            Optional.empty()));
    return new Enriched(
        contents, !unread.isEmpty() ? DeviceStatus.PARTIAL_METRIC_FAILURE : DeviceStatus.SUCCESS);
  }

  /**
   * What an enrichment yields.
   *
   * @param contents the namespaces, {@code device} last
   * @param status whether all was read
   */
  public record Enriched(List<EnrichmentContent> contents, DeviceStatus status) {
    public Enriched {
      contents = List.copyOf(contents);
    }
  }

  /** Names of the tables that an enrichment of {@link #DEVICE} says could not be read. */
  public static List<String> unread(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(TABLE) && entry.getValue().equals(UNREAD))
        .map(entry -> entry.getKey().substring(TABLE.length()))
        .sorted()
        .toList();
  }

  static boolean isUnread(Map<String, String> attributes, String table) {
    return UNREAD.equals(attributes.get(TABLE + table));
  }

  private boolean isWhole(TableSpec table, SnmpReply reply) {
    for (Oid oid : ColumnReads.oids(table.columns(), data)) {
      SnmpColumn column = reply.values().get(oid);
      if (column == null || !column.complete()) {
        return false;
      }
    }
    return true;
  }

  /** True when a table would be read wrong, since it looks things up in one that is not there. */
  private static boolean looksInto(TableSpec table, Set<String> others) {
    return Stream.concat(
            Stream.concat(table.where().stream(), table.key().stream()),
            table.columns().stream().flatMap(EnrichmentPlan::expressions))
        .anyMatch(expression -> !Collections.disjoint(expression.tables(), others));
  }

  private static Stream<Expression> expressions(ColumnSpec column) {
    return switch (column.origin()) {
      case ColumnSpec.Origin.Computed(Expression expression) -> Stream.of(expression);
      case ColumnSpec.Origin.Read(List<SourceSpec> sources, _) ->
          sources.stream().flatMap(source -> source.when().stream());
    };
  }

  private TableRows rows(TableSpec table, SnmpReply reply) {
    List<int[][]> sets = new ArrayList<>();
    boolean present = table.presence().isEmpty();
    for (ColumnSpec column : table.columns()) {
      List<int[][]> indexes = ColumnReads.indexes(column, data, reply);
      if (table.rows().isEmpty() || table.rows().contains(column.name())) {
        sets.addAll(indexes);
      }
      if (table.presence().contains(column.name())) {
        present |= indexes.stream().anyMatch(set -> set.length > 0);
      }
    }
    TableRows rows = new TableRows(present ? IndexRows.union(sets) : new int[0][]);
    for (ColumnSpec column : table.columns()) {
      rows.put(column.name(), ColumnReads.read(column, rows, data, reply));
    }
    if (table.where().isPresent()) {
      rows = rows.pick(TableRows.where(table.where().get().evaluate(data.about(rows))));
    }
    return rows;
  }

  /** Adds what the device is; returns the names of the facts for which a table was not read. */
  private Set<String> identity(Map<String, String> attributes, Set<String> unread) {
    Set<String> unsure = new HashSet<>();
    for (ColumnSpec scalar : profile.scalars()) {
      Vector value = data.scalar(scalar.name());
      if (scalar.keep() && !value.isAbsent(0)) {
        attributes.put(scalar.name(), value.textAt(0));
      }
    }
    for (Map.Entry<String, Expression> fact : profile.identity().entrySet()) {
      Vector value = fact.getValue().evaluate(data);
      if (!value.isAbsent(0)) {
        attributes.put(fact.getKey(), value.textAt(0));
      }
      if (!Collections.disjoint(fact.getValue().tables(), unread)) {
        unsure.add(fact.getKey());
      }
    }
    return unsure;
  }
}
