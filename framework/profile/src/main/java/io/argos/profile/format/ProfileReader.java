package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Scope;
import io.argos.profile.expression.Type;
import io.argos.schemas.topic.HashId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads files into profiles: parses, lays each over those that it extends, checks, compiles. */
public final class ProfileReader {
  /** Version of the format; a profile may name it, and must when it is another. */
  static final String FORMAT = "1";

  private static final List<String> IDENTITY =
      List.of("vendor", "model", "os", "version", "serial");

  private final Map<String, Tree.Mapping> trees = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /** Adds a file. A later one of a name takes the place of an earlier one. */
  public void add(String file, String text) {
    Optional<Tree> tree = YamlTree.read(file, text, problems);
    if (tree.isEmpty()) {
      if (problems.stream().noneMatch(problem -> problem.place().file().equals(file))) {
        problems.add(new Problem(new Place(file, 1, 1), "there is nothing in this file"));
      }
      return;
    }
    Fields fields = Fields.of(tree.get(), "a profile", problems);
    String stem = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.ya?ml$", "");
    String name = fields.text("profile").orElse("");
    if (!name.equals(stem)) {
      problems.add(
          new Problem(
              fields.placeOf("profile"),
              "key 'profile' is the name of the profile, which is that of the file: " + stem));
    }
    if (tree.get() instanceof Tree.Mapping mapping) {
      trees.put(stem, mapping);
    }
  }

  /**
   * All profiles of the files added.
   *
   * @throws ProfileException with every problem
   */
  public Map<String, Profile> read() throws ProfileException {
    Map<String, Profile> profiles = new LinkedHashMap<>();
    for (String name : trees.keySet()) {
      Tree.Mapping merged = merged(name, new LinkedHashSet<>());
      profiles.put(name, compile(name, merged));
    }
    if (!problems.isEmpty()) {
      // a problem of an extended profile is found again in each that extends it
      throw new ProfileException(List.copyOf(new LinkedHashSet<>(problems)));
    }
    return profiles;
  }

  private Tree.Mapping merged(String name, Set<String> open) {
    Tree.Mapping own = trees.getOrDefault(name, new Tree.Mapping(new Place(name, 1, 1), Map.of()));
    Fields fields = new Fields(own, problems);
    open.add(name);
    Tree.Mapping below = new Tree.Mapping(own.place(), Map.of());
    for (Tree.Text base : fields.texts("extends")) {
      if (open.contains(base.value())) {
        problems.add(
            new Problem(
                base.place(),
                "profiles extend each other in a circle: "
                    + String.join(" -> ", open)
                    + " -> "
                    + base.value()));
      } else if (!trees.containsKey(base.value())) {
        problems.add(
            new Problem(base.place(), "there is no profile '" + base.value() + "' to extend"));
      } else {
        below = TreeMerge.merge(below, merged(base.value(), open));
      }
    }
    open.remove(name);
    return TreeMerge.merge(below, own);
  }

  private Profile compile(String name, Tree.Mapping tree) {
    Fields fields = new Fields(tree, problems);
    fields.text("profile");
    fields.texts("extends");
    fields
        .scalar("format")
        .filter(format -> !format.value().equals(FORMAT))
        .ifPresent(format ->
            problems.add(
                new Problem(format.place(), "this release reads profiles of format " + FORMAT)));
    Scopes scopes = new Scopes(problems);
    fields.tree("maps").ifPresent(maps -> maps(maps, scopes));
    TableReader tableReader = new TableReader(scopes);
    List<ColumnSpec> scalars = tableReader.scalars(fields.entries("scalars"), problems);
    List<TableSpec> tables = new ArrayList<>();
    fields
        .entries("tables")
        .forEach((table, spec) -> tables.add(tableReader.table(table, spec, problems)));
    Map<String, Expression> identity = identity(fields, scopes);
    GroupReader groupReader = new GroupReader(scopes, tableReader);
    List<GroupSpec> groups = new ArrayList<>();
    fields
        .entries("groups")
        .forEach((section, spec) -> groups.add(groupReader.group(section, spec, problems)));
    CheckReader checkReader = new CheckReader(scopes, groups);
    List<CheckSpec> checks = new ArrayList<>();
    fields
        .entries("checks")
        .forEach((check, spec) -> checks.addAll(checkReader.check(check, spec, problems)));
    List<EventSpec> events = events(fields, scopes);
    boolean isAbstract = fields.flag("abstract", false);
    List<MatchRule> match =
        fields.tree("match").map(found -> MatchReader.rules(found, problems)).orElse(List.of());
    if (isAbstract != match.isEmpty()) {
      problems.add(
          new Problem(
              fields.place(),
              isAbstract
                  ? "an abstract profile matches no device, so it has no key 'match'"
                  : "a profile has a key 'match', or is abstract: true"));
    }
    SnmpQuirks quirks =
        fields
            .tree("snmp")
            .map(found -> QuirksReader.read(Fields.of(found, "snmp", problems)))
            .orElse(QuirksReader.NONE);
    String description = fields.text("description").orElse("");
    fields.done("a profile");
    StringBuilder canonical = new StringBuilder();
    TreeMerge.canonical(tree, canonical);
    return new Profile(
        name,
        description,
        isAbstract,
        HashId.of(canonical.toString()),
        match,
        quirks,
        scalars,
        identity,
        tables,
        groups,
        checks,
        events);
  }

  private List<EventSpec> events(Fields fields, Scopes scopes) {
    Map<String, Tree> entries = fields.entries("events");
    EventReader reader = new EventReader(scopes, scopes.kept.keySet());
    List<EventSpec> events = new ArrayList<>();
    entries.forEach((event, spec) ->
        reader.event(event, spec, entries.keySet(), problems).ifPresent(events::add));
    return events;
  }

  private void maps(Tree tree, Scopes scopes) {
    Fields fields = Fields.of(tree, "maps", problems);
    fields
        .entries()
        .forEach((name, map) -> scopes.maps.put(name, SourceReader.namesOf(map, fields)));
  }

  private Map<String, Expression> identity(Fields fields, Scopes scopes) {
    Map<String, Expression> identity = new LinkedHashMap<>();
    fields
        .tree("identity")
        .ifPresent(tree -> {
          Fields spec = Fields.of(tree, "identity", problems);
          for (String key : IDENTITY) {
            spec.scalar(key)
                .flatMap(text ->
                    scopes.compile(text, Scope.ofScalars(scopes.scalars, scopes.tables), Type.TEXT))
                .ifPresent(expression -> identity.put(key, expression));
          }
          spec.done("identity");
        });
    return identity;
  }
}
