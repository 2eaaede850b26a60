package io.argos.profile;

import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.columnar.Values;
import io.argos.spi.DeviceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How the sections of a poll went, by the status metric for which each counts. All well is 0, any
 * well is 4, otherwise the most common status counts, and of equally common ones the first.
 */
public final class PollStatus {
  /** Name of the status metric when no section names another. */
  public static final String DEFAULT_METRIC = "polling_status";

  private static final String GROUP = "status";
  private static final RowBlock ROW = new RowBlock(new String[] {"device"}, List.of());

  private final Map<String, List<DeviceStatus>> sections = new LinkedHashMap<>();

  /** Adds how a section went. */
  void add(String metric, DeviceStatus status) {
    sections.computeIfAbsent(metric, _ -> new ArrayList<>()).add(status);
  }

  /** True when nothing has been added. */
  boolean isEmpty() {
    return sections.isEmpty();
  }

  /** Status over all sections. */
  DeviceStatus overall() {
    List<DeviceStatus> all = new ArrayList<>();
    sections.values().forEach(all::addAll);
    return aggregate(all);
  }

  /** The status groups: one for each status metric. */
  List<GroupBlock> groups(Instant at) {
    List<GroupBlock> groups = new ArrayList<>();
    sections.forEach((metric, statuses) -> groups.add(group(metric, aggregate(statuses), at)));
    return groups;
  }

  /** The status group of a device of which nothing else is known. */
  public static GroupBlock group(String metric, DeviceStatus status, Instant at) {
    Values value = new Values.Longs(new long[] {status.code()});
    return new GroupBlock(GROUP, metric, at, ROW, List.of(ColumnBlock.gauge(metric, "1", value)));
  }

  /**
   * The groups of a poll whose device is known better now: every status that was open gives way to
   * the one that is known.
   */
  public static List<GroupBlock> replaced(
      List<GroupBlock> groups, Predicate<DeviceStatus> open, DeviceStatus known) {
    return groups.stream()
        .map(group ->
            group.name().equals(GROUP) && open.test(statusOf(group))
                ? group(group.section(), known, group.sampledAt())
                : group)
        .toList();
  }

  private static DeviceStatus statusOf(GroupBlock group) {
    if (group.columns().getFirst().values() instanceof Values.Longs(long[] codes)) {
      return DeviceStatus.values()[(int) codes[0]];
    }
    throw new IllegalArgumentException("no status in group " + group.section());
  }

  /** The status of several. */
  static DeviceStatus aggregate(List<DeviceStatus> statuses) {
    Map<DeviceStatus, Integer> counts = new LinkedHashMap<>();
    statuses.forEach(status -> counts.merge(status, 1, Integer::sum));
    Map<DeviceStatus, Integer> sorted = new EnumMap<>(DeviceStatus.class);
    sorted.putAll(counts);
    if (sorted.isEmpty() || sorted.size() == 1 && sorted.containsKey(DeviceStatus.SUCCESS)) {
      return DeviceStatus.SUCCESS;
    }
    if (sorted.containsKey(DeviceStatus.SUCCESS)
        || sorted.containsKey(DeviceStatus.PARTIAL_METRIC_FAILURE)) {
      return DeviceStatus.PARTIAL_METRIC_FAILURE;
    }
    DeviceStatus most = statuses.getFirst();
    for (Map.Entry<DeviceStatus, Integer> count : counts.entrySet()) {
      if (count.getValue() > counts.getOrDefault(most, 0)) {
        most = count.getKey();
      }
    }
    return most;
  }
}
