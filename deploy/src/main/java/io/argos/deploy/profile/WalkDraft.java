package io.argos.deploy.profile;

import io.argos.profile.DeviceFacts;
import io.argos.profile.Matching;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SystemGroup;
import io.argos.profile.format.ColumnSpec;
import io.argos.profile.format.PolledSpec;
import io.argos.profile.format.Profile;
import io.argos.profile.format.SourceSpec;
import io.argos.profile.format.TableSpec;
import io.argos.profile.proof.RecordedDevice;
import io.argos.snmp.Oid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A first draft of a profile out of what a device answers: it extends what is known already, and
 * lists by size what is not.
 */
public final class WalkDraft {
  private static final Oid MIB_2 = Oid.parse("1.3.6.1.2.1");
  private static final Oid SYSTEM = Oid.parse("1.3.6.1.2.1.1");
  private static final int SHOWN = 40;

  private final ProfileCatalog profiles;
  private final RecordedDevice device;
  private final List<Oid> oids;
  private final SystemGroup system;

  /**
   * @param profiles the profiles in force
   * @param device what it answers
   */
  public WalkDraft(ProfileCatalog profiles, RecordedDevice device) {
    this.profiles = profiles;
    this.device = device;
    this.oids = device.oids();
    this.system = SystemGroup.of(device.answer(SystemGroup.PLAN));
  }

  /** A subtree that no profile reads, and how many values it holds. */
  private record Unknown(Oid subtree, int values) {}

  /** The profile that fits the device today; none where it is the one for all others. */
  public Optional<Profile> known() {
    Matching matching = profiles.match(facts());
    return matching instanceof Matching.Match(Profile profile, _)
            && profile.match().stream().noneMatch(rule -> rule.sysObjectIds().isEmpty())
        ? Optional.of(profile)
        : Optional.empty();
  }

  /** Names of the abstract profiles of standard MIBs of which the device has a table. */
  public List<String> extended() {
    List<String> names = new ArrayList<>();
    for (Profile profile : profiles.profiles()) {
      if (profile.isAbstract() && isStandard(profile) && hasATable(profile)) {
        names.add(profile.name());
      }
    }
    // One that extends another of these brings it along.
    return names.stream().sorted().toList();
  }

  private static boolean isStandard(Profile profile) {
    return oidsOf(profile).stream().noneMatch(oid -> oid.startsWith(Enterprises.ROOT));
  }

  private boolean hasATable(Profile profile) {
    return profile.tables().stream()
        .anyMatch(table -> tableOids(table).stream().anyMatch(oid -> count(oid) > 0));
  }

  private int count(Oid prefix) {
    int at = position(prefix);
    int count = 0;
    while (at + count < oids.size() && oids.get(at + count).startsWith(prefix)) {
      count++;
    }
    return count;
  }

  private int position(Oid prefix) {
    int found = java.util.Collections.binarySearch(oids, prefix);
    return found < 0 ? -found - 1 : found;
  }

  private static Set<Oid> tableOids(TableSpec table) {
    Set<Oid> found = new HashSet<>();
    for (ColumnSpec column : table.columns()) {
      if (column.origin() instanceof ColumnSpec.Origin.Read(var sources, _)) {
        sources.stream().map(SourceSpec::oid).forEach(found::add);
      }
    }
    return found;
  }

  private static Set<Oid> oidsOf(Profile profile) {
    Set<Oid> found = new HashSet<>();
    profile
        .tables()
        .forEach(table -> {
          found.addAll(tableOids(table));
          table.polled().forEach(column -> add(column, found));
        });
    profile.groups().forEach(group -> group.polled().forEach(column -> add(column, found)));
    for (ColumnSpec scalar : profile.scalars()) {
      if (scalar.origin() instanceof ColumnSpec.Origin.Read(var sources, _)) {
        sources.stream().map(SourceSpec::oid).forEach(found::add);
      }
    }
    return found;
  }

  private static void add(PolledSpec column, Set<Oid> into) {
    column.sources().stream().map(SourceSpec::oid).forEach(into::add);
  }

  /** What the extended profiles read nothing beside of. */
  private List<Oid> unread(List<String> extended) {
    Set<Oid> read = new HashSet<>();
    for (String name : extended) {
      profiles
          .find(name)
          .ifPresent(profile ->
              oidsOf(profile).forEach(oid -> read.add(WalkTables.prefix(oid, oid.length() - 1))));
    }
    List<Oid> unread = new ArrayList<>();
    for (Oid oid : oids) {
      boolean isKnown = oid.startsWith(SYSTEM);
      for (int length = 7; length < oid.length() && !isKnown; length++) {
        isKnown = read.contains(WalkTables.prefix(oid, length));
      }
      if (!isKnown) {
        unread.add(oid);
      }
    }
    return unread;
  }

  /** The subtrees of some oids, the largest first. */
  private static List<Unknown> bySize(List<Oid> unread) {
    Map<Oid, Integer> sizes = new HashMap<>();
    unread.forEach(oid -> sizes.merge(subtreeOf(oid), 1, Integer::sum));
    return sizes.entrySet().stream()
        .map(entry -> new Unknown(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt(Unknown::values).reversed().thenComparing(Unknown::subtree))
        .toList();
  }

  /** Of an enterprise some arcs more than of a standard MIB: that is where its groups part. */
  private static Oid subtreeOf(Oid oid) {
    int arcs = oid.startsWith(Enterprises.ROOT) ? 11 : oid.startsWith(MIB_2) ? 8 : 7;
    return WalkTables.prefix(oid, Math.min(arcs, oid.length() - 1));
  }

  /** The draft, which lints. */
  public String text(String name, String source) {
    List<String> extended =
        known().map(profile -> List.of(profile.name())).orElseGet(this::extended);
    StringBuilder text = new StringBuilder();
    text.append("# A first draft out of ").append(line(source)).append(".\n");
    known()
        .ifPresent(profile ->
            text.append("# The profile ")
                .append(profile.name())
                .append(" fits it already; this one goes before it.\n"));
    text.append("profile: ").append(name).append("\nformat: 1\n");
    system
        .text("sysDescr")
        .ifPresent(descr -> text.append("description: ").append(quoted(line(descr))).append('\n'));
    if (!extended.isEmpty()) {
      text.append("extends: [").append(String.join(", ", extended)).append("]\n");
    }
    text.append("match:\n");
    Optional<String> objectId = WalkIdentity.objectId(system).map(Oid::toString);
    if (objectId.isPresent()) {
      text.append("  - sysObjectID: ").append(objectId.get()).append('\n');
      if (isTaken()) {
        text.append("    # Another profile fits this sysObjectID, so this one asks for more.\n");
        text.append("    labels: { profile: ").append(quoted("^" + name + "$")).append(" }\n");
      }
    } else {
      text.append(
          "  # The device tells no sysObjectID, so it is known by a label of the resource.\n");
      text.append("  - labels: { model: ").append(quoted("^" + name + "$")).append(" }\n");
    }
    String identity = known().isEmpty() ? new WalkIdentity(device, system).text() : "";
    text.append(identity);
    List<Oid> unread = unread(extended);
    text.append(new WalkOutline(device).of(unread, identity.contains("\ntables:")));
    unknown(bySize(unread), text);
    return text.toString();
  }

  /** True when a profile has a rule of this sysObjectID and nothing else. */
  private boolean isTaken() {
    return profiles.fits(facts()).stream()
        .anyMatch(fit ->
            fit.holds()
                && fit.labels() + fit.sysDescr() + fit.attributes() == 0
                && system
                    .text("sysObjectID")
                    .map(oid -> Oid.parse(oid).length() == fit.arcs())
                    .orElse(false));
  }

  private DeviceFacts facts() {
    return new DeviceFacts(
        system.text("sysObjectID"), system.text("sysDescr"), "", "", "", Map.of());
  }

  private static void unknown(List<Unknown> subtrees, StringBuilder text) {
    if (subtrees.isEmpty()) {
      return;
    }
    text.append("\n# All that it answers besides, by count of values; look each up in the MIB:\n");
    subtrees.stream()
        .limit(SHOWN)
        .forEach(one ->
            text.append(
                "#   %-40s %6d  %s"
                        .formatted(
                            one.subtree(),
                            one.values(),
                            Enterprises.nameOf(one.subtree()).orElse(""))
                        .stripTrailing()
                    + "\n"));
    if (subtrees.size() > SHOWN) {
      text.append("#   and ").append(subtrees.size() - SHOWN).append(" more, which are smaller\n");
    }
  }

  private static String line(String text) {
    return printable(text.replaceAll("\\s+", " "), "").strip();
  }

  /** A text without what YAML refuses, or takes for the end of a line and so of a comment. */
  static String printable(String text, String instead) {
    return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", instead);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name that a profile may have, out of that of a file. */
  public static String nameOf(String file) {
    String name =
        file.replaceFirst("\\.[a-z]+$", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
    return name.isEmpty() ? "draft" : name;
  }
}
