package io.argos.profile.proof;

import io.argos.profile.DeviceFacts;
import io.argos.profile.EnrichmentPlan;
import io.argos.profile.Matching;
import io.argos.profile.PollPlan;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SystemGroup;
import io.argos.profile.format.Profile;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.DimensionBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.GroupRecords;
import io.argos.schemas.columnar.Values;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.spi.EnrichmentContent;
import io.argos.spi.Enrichments;
import io.argos.spi.ProfileRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A device taken through matching, enrichment and polling, as the services do it, at a time that is
 * always the same. Not safe for use by several threads.
 */
public final class Replay implements Enrichments {
  /** When the device is enriched; it is polled one interval later. */
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** The recordings were made for polls every five minutes, which chooses averages of load. */
  public static final Duration INTERVAL = Duration.ofMinutes(5);

  /** One row of a group, as the expected files have it. */
  public record Row(String group, Map<String, String> dimensions, Map<String, Metric> metrics) {
    public Row {
      dimensions = Collections.unmodifiableMap(new TreeMap<>(dimensions));
      metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }
  }

  /** A metric of a row. */
  public record Metric(String type, double value) {}

  private final Resource resource;
  private final Profile profile;
  private final Function<SnmpPlan, SnmpReply> device;
  private final Map<String, Enrichment> enrichments = new HashMap<>();

  /**
   * Asks a device for its system group and finds the profile.
   *
   * @param device answers plans
   * @throws IllegalArgumentException when not exactly one profile fits best; says why
   */
  public Replay(ProfileCatalog catalog, Resource resource, Function<SnmpPlan, SnmpReply> device) {
    this.resource = resource;
    this.device = device;
    SystemGroup system = SystemGroup.of(device.apply(SystemGroup.PLAN));
    DeviceFacts facts =
        DeviceFacts.of(resource, system.text("sysObjectID"), system.text("sysDescr"));
    this.profile =
        switch (catalog.match(facts)) {
          case Matching.Match(Profile found, _) -> found;
          case Matching.Ambiguous(_, String reason) -> throw new IllegalArgumentException(reason);
          case Matching.None _ ->
              throw new IllegalArgumentException(
                  "no profile fits sysObjectID " + facts.sysObjectId().orElse("(none)"));
        };
  }

  /** A resource to replay. */
  public static Resource resource(
      String resourceClass, String subclass, String type, Map<String, String> labels) {
    return Resource.newBuilder()
        .setId("local/device")
        .setSite("local")
        .setName("device")
        .setResourceClass(resourceClass)
        .setSubclass(subclass)
        .setType(type)
        .setEndpoint("127.0.0.1")
        .setLabels(labels)
        .setTtlSeconds(60)
        .setFirstSeenAt(NOW)
        .setRevision(1)
        .build();
  }

  /** The profile that fits. */
  public Profile profile() {
    return profile;
  }

  /** Reads the slow tables. */
  public Replay enrich() {
    SystemGroup system = SystemGroup.of(device.apply(SystemGroup.PLAN));
    EnrichmentPlan plan = new EnrichmentPlan(profile, resource, system);
    SnmpPlan tables = plan.tables(device.apply(plan.scalars()));
    plan.evaluate(device.apply(tables), NOW).contents().forEach(this::put);
    return this;
  }

  /** Gives it a namespace, in place of what was read. */
  public void put(EnrichmentContent content) {
    enrichments.put(
        content.namespace(),
        Enrichment.newBuilder()
            .setResourceId(content.resourceId())
            .setNamespace(content.namespace())
            .setPlugin("snmp")
            .setJobId("1")
            .setCollectedAt(NOW)
            .setExpiresAt(NOW.plusSeconds(3600))
            .setContentHash("1")
            .setProfile(content.profile().map(ProfileRef::name).orElse(null))
            .setProfileHash(content.profile().map(ProfileRef::hash).orElse(null))
            .setAttributes(content.attributes())
            .setGroups(content.groups().stream().map(GroupRecords::toRecord).toList())
            .build());
  }

  @Override
  public List<Enrichment> find(String resourceId, String namespace) {
    Enrichment found = enrichments.get(namespace);
    return found == null ? List.of() : List.of(found);
  }

  /** The plan of its polls, once it is enriched. */
  public PollPlan plan() {
    Enrichment facts = enrichments.get(EnrichmentPlan.DEVICE);
    if (facts == null) {
      throw new IllegalStateException("not enriched");
    }
    return PollPlan.derive(profile, resource, facts, this, INTERVAL);
  }

  /** Polls it once. */
  public PollPlan.Reading poll(PollPlan plan) {
    return plan.read(device.apply(plan.snmpPlan()), NOW.plus(INTERVAL));
  }

  /** The rows of an enrichment by index, each as a map of columns. */
  public Map<String, Map<String, Object>> table(String namespace) {
    Map<String, Map<String, Object>> rows = new TreeMap<>();
    Enrichment found = enrichments.get(namespace);
    if (found == null) {
      return rows;
    }
    for (var record : found.getGroups()) {
      GroupBlock group = GroupRecords.fromRecord(record);
      for (int row = 0; row < group.rows().size(); row++) {
        Map<String, Object> columns = new TreeMap<>();
        for (ColumnBlock column : group.columns()) {
          Object value = valueOf(column.values(), column.absent(), row);
          if (value != null) {
            columns.put(column.name(), value);
          }
        }
        Object index = columns.remove("index");
        rows.put(String.valueOf(index), columns);
      }
    }
    return rows;
  }

  /** The rows of all groups. */
  public static List<Row> rows(List<GroupBlock> groups) {
    List<Row> rows = new ArrayList<>();
    for (GroupBlock group : groups) {
      for (int row = 0; row < group.rows().size(); row++) {
        Map<String, String> dimensions = new TreeMap<>();
        for (DimensionBlock dimension : group.rows().dimensions()) {
          Object value = valueOf(new Values.Strings(dimension.values()), dimension.absent(), row);
          if (value != null) {
            dimensions.put(dimension.name(), value.toString());
          }
        }
        Map<String, Metric> metrics = new TreeMap<>();
        for (ColumnBlock column : group.columns()) {
          Object value = valueOf(column.values(), column.absent(), row);
          if (value == null && !group.name().equals("interface")) {
            continue;
          }
          // What is absent of an interface stood as -1 in the original, elsewhere it was left out.
          double number = value == null ? -1 : ((Number) value).doubleValue();
          String type = column.kind() == ColumnKind.COUNTER ? "counter" : "gauge";
          metrics.put(column.name(), new Metric(type, number));
        }
        rows.add(new Row(group.name(), dimensions, metrics));
      }
    }
    return rows;
  }

  private static @Nullable Object valueOf(Values values, int[] absent, int row) {
    int found = Arrays.binarySearch(absent, row);
    if (found >= 0) {
      return null;
    }
    int at = row - (-1 - found);
    return switch (values) {
      case Values.Longs(long[] longs) -> longs[at];
      case Values.Doubles(double[] doubles) -> doubles[at];
      case Values.Strings(String[] strings) -> strings[at];
    };
  }
}
