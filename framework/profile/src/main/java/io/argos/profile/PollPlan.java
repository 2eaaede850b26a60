package io.argos.profile;

import io.argos.profile.format.Builtin;
import io.argos.profile.format.GroupSpec;
import io.argos.profile.format.Profile;
import io.argos.profile.format.TableSpec;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enrichments;
import io.argos.spi.ProfileRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What to read of a device at each poll, and what its answers mean. Made from the profile and the
 * enrichment, kept as long as neither changes; learns from poll to poll which sources the device
 * has. Safe for use by several threads, one at a time.
 */
public final class PollPlan {
  /** Polls after which a source is asked again that had nothing of what is lacking. */
  private static final int MOST_LACKS = 64;

  private final Profile profile;
  private final List<SectionPoll> sections;
  private final Set<String> partial;
  private final RowChanges changes;
  private final Discontinuities discontinuities = new Discontinuities();
  private final boolean enrichedWhole;
  private final boolean torn;
  private final List<String> statusMetrics;
  private final RowIdentities identities = new RowIdentities();

  private SnmpPlan plan;
  private boolean learnt;
  private int answers;
  private int lacks;

  private PollPlan(Profile profile, EnrichedDevice device) {
    this.profile = profile;
    this.sections = Sections.of(profile, device);
    this.partial = Sections.partial(profile, device);
    this.changes = new RowChanges(device.collectedAt());
    this.enrichedWhole = device.isWhole();
    this.torn = device.isTorn();
    for (TableSpec table : profile.tables()) {
      boolean inUse =
          sections.stream().anyMatch(s -> s.spec().table().equals(Optional.of(table.name())));
      if (inUse) {
        table.lastChange().ifPresent(changes::add);
        table.discontinuity().ifPresent(discontinuities::add);
        RowIdentity.of(table, profile.groups(), device.table(table.name()).rows(), device.data())
            .ifPresent(identities::add);
      }
    }
    List<String> metrics =
        sections.stream()
            .map(section -> section.spec().status())
            .filter(metric -> !metric.equals(GroupSpec.NO_STATUS))
            .distinct()
            .toList();
    this.statusMetrics = metrics.isEmpty() ? List.of(PollStatus.DEFAULT_METRIC) : metrics;
    this.plan = ask();
  }

  /**
   * Derives the plan of a device.
   *
   * @param device its enrichment of namespace {@code device}
   * @param enrichments where its slow tables are
   * @param interval interval between polls
   */
  public static PollPlan derive(
      Profile profile,
      Resource resource,
      Enrichment device,
      Enrichments enrichments,
      Duration interval) {
    return new PollPlan(
        profile, EnrichedDevice.decode(profile, resource, device, enrichments, interval));
  }

  /** Name and hash of the profile. */
  public ProfileRef profile() {
    return profile.ref();
  }

  /**
   * True when rows of the enrichment were not to be had, although it tells of them, as between the
   * writing of one of its parts and the next: then it is to be derived anew.
   */
  public boolean isTorn() {
    return torn;
  }

  /** What to read. The same object while nothing has been learned. */
  public synchronized SnmpPlan snmpPlan() {
    return plan;
  }

  private SnmpPlan ask() {
    Set<Oid> scalars = new LinkedHashSet<>();
    Set<Oid> columns = new LinkedHashSet<>();
    List<SnmpPlan.RowsPlan> rows = new ArrayList<>();
    scalars.add(Builtin.SYS_UP_TIME);
    changes.ask(scalars);
    sections.forEach(section -> section.ask(scalars, columns, rows));
    discontinuities.ask(columns);
    identities.ask(columns);
    return new SnmpPlan(List.copyOf(scalars), List.copyOf(columns), rows);
  }

  /**
   * What a poll read.
   *
   * @param status how it went
   * @param detail why the status is not 0, for a reader
   * @param failure what went wrong with the exchange
   * @param groups metric groups, the status groups last
   * @param uptimeCentis sysUpTime
   * @param discontinuityAt latest discontinuity of the counters of any row
   * @param wantsEnrichment true when rows are there that the enrichment does not know, or it is
   *     older than the device's last boot or change of rows, or could not read a table
   */
  public record Reading(
      DeviceStatus status,
      Optional<String> detail,
      Optional<SnmpFailure> failure,
      List<GroupBlock> groups,
      OptionalLong uptimeCentis,
      Optional<Instant> discontinuityAt,
      boolean wantsEnrichment) {
    public Reading {
      groups = List.copyOf(groups);
    }
  }

  /** What a reply to {@link #snmpPlan()} says. */
  public synchronized Reading read(SnmpReply reply, Instant at) {
    List<GroupBlock> groups = new ArrayList<>(sections.size() + 2);
    PollStatus status = new PollStatus();
    List<String> details = new ArrayList<>();
    boolean unknown = false;
    OptionalLong uptime = SystemGroup.uptime(reply);
    RowChanges.Told told = changes.told(reply, uptime, at);
    boolean stale = told == RowChanges.Told.CHANGED || told == RowChanges.Told.BOOTED;
    Set<String> strange = identities.strange(reply, told);
    Set<String> nameless = identities.nameless(reply);
    sections.forEach(section -> section.columns().forEach(PolledColumn::begin));
    for (SectionPoll section : sections) {
      if (section.spec().table().filter(strange::contains).isPresent()) {
        add(status, section, DeviceStatus.ENRICHMENT_FAILURE);
        details.add("section " + section.spec().section() + ": rows may be others than enriched");
        continue;
      }
      SectionPoll.Reading reading = section.read(reply, at);
      if (reading.group().isPresent()
          && section.spec().table().filter(nameless::contains).isPresent()) {
        add(
            status,
            section,
            reply.failure().map(Failures::status).orElse(DeviceStatus.ENRICHMENT_FAILURE));
        details.add("section " + section.spec().section() + ": names of its rows were not read");
        continue;
      }
      reading.group().ifPresent(groups::add);
      unknown |= reading.unknown() > 0;
      boolean counts = !section.spec().status().equals(GroupSpec.NO_STATUS);
      if (counts && reading.expected() && !SectionStatus.isSpared(section, reading, reply)) {
        add(status, section, statusOf(section, reading, reply, details));
      }
    }
    if (status.isEmpty()) {
      DeviceStatus went = reply.failure().map(Failures::status).orElse(DeviceStatus.SUCCESS);
      statusMetrics.forEach(metric -> status.add(metric, "", went));
    }
    reply.failure().ifPresent(failure -> details.addFirst(failure.detail()));
    Optional<Instant> discontinuity = discontinuities.latest(reply, uptime, at);
    // What was left out has shown nothing of what the device has.
    learn(reply, groups.isEmpty(), !strange.isEmpty());
    if (identities.learn(reply)) {
      plan = ask();
    }
    DeviceStatus overall = status.overall();
    groups.addAll(status.groups(at));
    return new Reading(
        overall,
        overall == DeviceStatus.SUCCESS
            ? Optional.empty()
            : Optional.of(String.join("; ", details)),
        reply.failure(),
        groups,
        uptime,
        discontinuity,
        unknown || stale || !strange.isEmpty() || lacksTables(reply));
  }

  /** Asks again for what an enrichment could not read, after twice as many polls each time. */
  private boolean lacksTables(SnmpReply reply) {
    if (enrichedWhole || SnmpReads.gaveNothing(reply)) {
      return false;
    }
    return ++answers > 1 && Integer.bitCount(answers) == 1;
  }

  private static void add(PollStatus status, SectionPoll section, DeviceStatus went) {
    if (!section.spec().status().equals(GroupSpec.NO_STATUS)) {
      status.add(section.spec().status(), section.spec().name(), went);
    }
  }

  private DeviceStatus statusOf(
      SectionPoll section, SectionPoll.Reading reading, SnmpReply reply, List<String> details) {
    DeviceStatus went = SectionStatus.of(section, reading, reply, details);
    boolean allThere = went == DeviceStatus.SUCCESS || went == DeviceStatus.MISSING_METRICS;
    if (allThere && partial.contains(section.spec().section())) {
      details.add("section " + section.spec().section() + ": rows are left out");
      return DeviceStatus.PARTIAL_METRIC_FAILURE;
    }
    return went;
  }

  /**
   * After the first whole poll, and anew after each that found other rows or lost a column, and
   * from time to time where rows have no values that other sources may have by now.
   */
  private void learn(SnmpReply reply, boolean nothing, boolean strange) {
    boolean newRows = sections.stream().anyMatch(SectionPoll::hasNewRows);
    boolean answered = reply.failure().isEmpty() && !strange;
    boolean whole = answered && !nothing;
    boolean lost = answered && sections.stream().anyMatch(SectionPoll::hasLost);
    if (learnt && (newRows || lost || (answered && isTurnOfLacking()))) {
      sections.forEach(section -> section.columns().forEach(PolledColumn::forget));
      discontinuities.forget();
      sections.forEach(SectionPoll::settled);
      learnt = false;
      plan = ask();
    } else if (whole && !learnt) {
      boolean changed = false;
      Set<PolledColumn> columns = new LinkedHashSet<>();
      sections.forEach(section -> columns.addAll(section.columns()));
      for (PolledColumn column : columns) {
        changed |= column.learn();
      }
      changed |= discontinuities.learn(reply);
      sections.forEach(SectionPoll::settled);
      learnt = true;
      if (changed) {
        plan = ask();
      }
    }
  }

  /** Of the polls in which rows lack values the 4th, 8th, 16th, 32nd, 64th, and each 64th. */
  private boolean isTurnOfLacking() {
    lacks = sections.stream().anyMatch(SectionPoll::isLacking) ? lacks + 1 : 0;
    return lacks % MOST_LACKS == 0 ? lacks > 0 : lacks >= 4 && Integer.bitCount(lacks) == 1;
  }
}
