package io.argos.profile;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Folding;
import io.argos.profile.expression.Type;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.GroupSpec;
import io.argos.profile.format.PolledSpec;
import io.argos.profile.format.Profile;
import io.argos.profile.format.TableSpec;
import io.argos.schemas.columnar.DimensionBlock;
import io.argos.schemas.columnar.RowBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Derives the sections of a device from its profile and what the enrichment found. */
final class Sections {
  private final Profile profile;
  private final EnrichedDevice device;
  private final Map<String, Map<String, PolledColumn>> polled = new HashMap<>();

  private Sections(Profile profile, EnrichedDevice device) {
    this.profile = profile;
    this.device = device;
  }

  /** The sections that the device has. */
  static List<SectionPoll> of(Profile profile, EnrichedDevice device) {
    Sections sections = new Sections(profile, device);
    List<SectionPoll> polls = new ArrayList<>();
    for (GroupSpec group : profile.groups()) {
      sections.section(group).ifPresent(polls::add);
    }
    return polls;
  }

  /** Names of the sections that leave out rows of this device, as their profile tells. */
  static Set<String> partial(Profile profile, EnrichedDevice device) {
    Set<String> names = new HashSet<>();
    for (GroupSpec group : profile.groups()) {
      if (group.partial().isPresent() && ColumnReads.holds(group.partial(), device.data())) {
        names.add(group.section());
      }
    }
    return names;
  }

  private Optional<SectionPoll> section(GroupSpec group) {
    if (!ColumnReads.holds(group.when(), device.data())) {
      return Optional.empty();
    }
    Map<String, PolledColumn> candidates = new LinkedHashMap<>();
    group.table().ifPresent(table -> candidates.putAll(shared(table)));
    group.polled().forEach(spec -> candidates.put(spec.name(), column(spec)));
    SectionMetrics metrics = new SectionMetrics(group, candidates);
    if (group.table().isEmpty()) {
      List<DimensionBlock> dimensions = new ArrayList<>();
      dimensions(group, device.data())
          .forEach((name, value) -> dimensions.add(ColumnBlocks.dimension(name, value)));
      RowBlock block = new RowBlock(new String[] {ScalarSection.KEY}, dimensions);
      return Optional.of(new ScalarSection(group, metrics, device.data(), block));
    }
    String table = group.table().get();
    if (!device.has(table)) {
      return absent(group);
    }
    if (device.isTorn(table)) {
      return Optional.of(new AbsentSection(group, AbsentSection.Why.TORN));
    }
    EnrichedTable rows = selected(group, device.table(table));
    Optional<SectionPoll> section = grouped(group, metrics, table, rows);
    return section.isEmpty() && device.isUnread(table)
        ? Optional.of(new AbsentSection(group, AbsentSection.Why.UNREAD))
        : section;
  }

  private Optional<SectionPoll> grouped(
      GroupSpec group, SectionMetrics metrics, String table, EnrichedTable rows) {
    return switch (group.grouping()) {
      case GroupSpec.Grouping.Each _ -> each(group, metrics, table, rows);
      case GroupSpec.Grouping.All _ ->
          folded(group, metrics, rows, new String[] {"all"}, new int[rows.rows().size()]);
      case GroupSpec.Grouping.By by -> by(group, metrics, rows, by);
    };
  }

  private Optional<SectionPoll> absent(GroupSpec group) {
    return holds(group.required())
        ? Optional.of(new AbsentSection(group, AbsentSection.Why.LACKING))
        : Optional.empty();
  }

  private boolean holds(Optional<Expression> condition) {
    return condition.isPresent() && ColumnReads.holds(condition, device.data());
  }

  private Map<String, PolledColumn> shared(String table) {
    return polled.computeIfAbsent(
        table,
        name -> {
          Map<String, PolledColumn> columns = new LinkedHashMap<>();
          profile
              .table(name)
              .ifPresent(
                  spec -> spec.polled().forEach(one -> columns.put(one.name(), column(one))));
          return columns;
        });
  }

  private PolledColumn column(PolledSpec spec) {
    return new PolledColumn(spec, ColumnReads.sources(spec.sources(), device.data()));
  }

  private EnrichedTable selected(GroupSpec group, EnrichedTable table) {
    if (group.where().isEmpty()) {
      return table;
    }
    int[] positions =
        TableRows.where(group.where().get().evaluate(device.data().about(table.rows())));
    String[] keys = new String[positions.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = table.keys()[positions[i]];
    }
    return new EnrichedTable(table.rows().pick(positions), keys);
  }

  private Optional<SectionPoll> each(
      GroupSpec group, SectionMetrics metrics, String table, EnrichedTable rows) {
    boolean takesUnknown =
        group.where().isEmpty()
            && !group.knownRows()
            && profile.table(table).map(TableSpec::isWhole).orElse(false);
    if (rows.rows().size() == 0 && !takesUnknown) {
      return holds(group.partial())
          ? Optional.of(new AbsentSection(group, AbsentSection.Why.LACKING))
          : Optional.empty();
    }
    Map<String, Vector> dimensions = dimensions(group, device.data().about(rows.rows()));
    return Optional.of(
        new RowSection(group, metrics, device.data(), rows, dimensions, takesUnknown));
  }

  private Optional<SectionPoll> by(
      GroupSpec group, SectionMetrics metrics, EnrichedTable rows, GroupSpec.Grouping.By by) {
    Vector values = by.key().evaluate(device.data().about(rows.rows()));
    Map<String, Integer> groups = new LinkedHashMap<>();
    int[] groupOf = new int[rows.rows().size()];
    for (int row = 0; row < groupOf.length; row++) {
      groupOf[row] =
          values.isAbsent(row)
              ? -1
              : groups.computeIfAbsent(values.textAt(row), _ -> groups.size());
    }
    return folded(group, metrics, rows, groups.keySet().toArray(String[]::new), groupOf);
  }

  private Optional<SectionPoll> folded(
      GroupSpec group, SectionMetrics metrics, EnrichedTable rows, String[] keys, int[] groupOf) {
    boolean any = Arrays.stream(groupOf).anyMatch(number -> number >= 0);
    if (!any) {
      return Optional.empty();
    }
    Folding folding = new Folding(groupOf, keys.length);
    DeviceData about =
        device.data().with("key", new Vector.Texts(keys, Vector.NONE_ABSENT)).about(rows.rows());
    List<DimensionBlock> dimensions = new ArrayList<>();
    for (GroupSpec.Dimension dimension : group.dimensions()) {
      Vector value = dimension.value().fold(about, folding);
      dimensions.add(ColumnBlocks.dimension(dimension.name(), filled(dimension, value)));
    }
    return Optional.of(
        new FoldedSection(
            group, metrics, device.data(), rows.rows(), folding, new RowBlock(keys, dimensions)));
  }

  private static Map<String, Vector> dimensions(GroupSpec group, DeviceData about) {
    Map<String, Vector> dimensions = new LinkedHashMap<>();
    for (GroupSpec.Dimension dimension : group.dimensions()) {
      dimensions.put(dimension.name(), filled(dimension, dimension.value().evaluate(about)));
    }
    return dimensions;
  }

  /** A dimension is text, and an empty one is none. */
  private static Vector filled(GroupSpec.Dimension dimension, Vector value) {
    Vector texts = Vector.allAbsent(Type.TEXT, value.size());
    String[] values = ((Vector.Texts) texts).values();
    boolean[] absent = texts.absent();
    String fallback = dimension.fallback().orElse("");
    for (int row = 0; row < values.length; row++) {
      String text = value.textAt(row);
      values[row] = text.isEmpty() ? fallback : text;
      absent[row] = values[row].isEmpty();
    }
    return SnmpValues.settled(texts);
  }
}
