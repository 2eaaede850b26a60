package io.argos.profile;

import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.columnar.Values;
import io.argos.spi.DeviceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How the sections of a poll went, by the status metric for which each counts. Sections of one
 * group count as one: a group of which a part went well is a partial failure. Over the groups all
 * well is 0, any well is 4, otherwise the most common status counts, and of equally common ones the
 * first; an exchange that broke off after a part had come is a partial failure as well.
 */
public final class PollStatus {
  /** Name of the status metric when no section names another. */
  public static final String DEFAULT_METRIC = "polling_status";

  private static final String GROUP = "status";
  private static final RowBlock ROW = new RowBlock(new String[] {"device"}, List.of());

  private static final Set<DeviceStatus> BROKEN_OFF =
      EnumSet.of(
          DeviceStatus.AUTHENTICATION_FAILURE, DeviceStatus.NETWORK_FAILURE, DeviceStatus.TIMEOUT);

  private final Map<String, Map<String, DeviceStatus>> sections = new LinkedHashMap<>();

  /** Adds how a section of a group went. */
  void add(String metric, String group, DeviceStatus status) {
    sections
        .computeIfAbsent(metric, _ -> new LinkedHashMap<>())
        .merge(group, status, PollStatus::together);
  }

  /** The status of a group after one more of its sections; of two failures the later counts. */
  private static DeviceStatus together(DeviceStatus before, DeviceStatus now) {
    if (before == now) {
      return now;
    }
    boolean some =
        Stream.of(before, now)
            .anyMatch(status ->
                status == DeviceStatus.SUCCESS || status == DeviceStatus.PARTIAL_METRIC_FAILURE);
    return some ? DeviceStatus.PARTIAL_METRIC_FAILURE : now;
  }

  /** True when nothing has been added. */
  boolean isEmpty() {
    return sections.isEmpty();
  }

  /** Status over all sections. */
  DeviceStatus overall() {
    List<DeviceStatus> all = new ArrayList<>();
    sections.values().forEach(groups -> all.addAll(groups.values()));
    return aggregate(all);
  }

  /** The status groups: one for each status metric. */
  List<GroupBlock> groups(Instant at) {
    List<GroupBlock> groups = new ArrayList<>();
    sections.forEach(
        (metric, statuses) -> groups.add(group(metric, aggregate(statuses.values()), at)));
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

  /** The status of several groups. */
  static DeviceStatus aggregate(Collection<DeviceStatus> statuses) {
    Map<DeviceStatus, Integer> counts = new LinkedHashMap<>();
    statuses.forEach(status -> counts.merge(status, 1, Integer::sum));
    if (counts.containsKey(DeviceStatus.SUCCESS)) {
      return counts.size() == 1 ? DeviceStatus.SUCCESS : DeviceStatus.PARTIAL_METRIC_FAILURE;
    }
    if (counts.containsKey(DeviceStatus.PARTIAL_METRIC_FAILURE)
        && BROKEN_OFF.stream().anyMatch(counts::containsKey)) {
      return DeviceStatus.PARTIAL_METRIC_FAILURE;
    }
    DeviceStatus most = DeviceStatus.SUCCESS;
    for (Map.Entry<DeviceStatus, Integer> count : counts.entrySet()) {
      if (count.getValue() > counts.getOrDefault(most, 0)) {
        most = count.getKey();
      }
    }
    return most;
  }
}
