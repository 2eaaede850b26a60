package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.PanoptesDocument.Group;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Source;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A metrics group of a Panoptes document as sections. Metrics by index are rows of a table whose
 * rows are those of the walks; where nothing is walked by index, each index that the enrichment
 * found makes a section of its own. Metrics of the device make a section that folds the rows.
 */
final class GroupImport {
  private static final int MOST_SECTIONS = 64;

  private final Map<String, Source> sources;
  private final Group group;
  private final String name;
  private final Map<String, String> slowScalars;
  private final Set<String> left;
  private final List<ParsedTarget> dimensions = new ArrayList<>();
  private final List<ParsedTarget> indexed = new ArrayList<>();
  private final List<ParsedTarget> whole = new ArrayList<>();
  private final List<TableDraft> tables = new ArrayList<>();
  private final List<SectionDraft> sections = new ArrayList<>();

  /**
   * A group.
   *
   * @param name a name that no other group has
   * @param slowScalars takes the scalars that the profile needs
   * @param left takes what could not be carried over
   */
  GroupImport(
      Map<String, Source> sources,
      Group group,
      String name,
      Map<String, String> slowScalars,
      Set<String> left) {
    this.sources = sources;
    this.group = group;
    this.name = name;
    this.slowScalars = slowScalars;
    this.left = left;
    group.dimensions().forEach(target -> parse(target, dimensions));
    List<ParsedTarget> metrics = new ArrayList<>();
    group.metrics().forEach(target -> parse(target, metrics));
    metrics.forEach(metric -> (metric.isIndexed() ? indexed : whole).add(metric));
  }

  private void parse(Target target, List<ParsedTarget> into) {
    try {
      into.add(ParsedTarget.of(target));
    } catch (UntranslatableException e) {
      e.tell(target.path(), left);
    }
  }

  /** Makes the sections and the tables that they need. */
  void run() {
    if (!indexed.isEmpty()) {
      boolean walked =
          indexed.stream()
              .flatMap(metric -> metric.byIndex().stream())
              .anyMatch(source -> sources.get(source) instanceof Source.Walk);
      if (walked) {
        rows();
      } else {
        fixed();
      }
    }
    if (!whole.isEmpty()) {
      device();
    }
  }

  private void rows() {
    Optional<TableDraft> table = table(name, indexed);
    Names names = names(table, false, Optional.empty());
    SectionDraft section = new SectionDraft(name, group.name(), names, left);
    dimensions.forEach(dimension -> dimension(dimension, names.slowly(), section));
    List<String> guards = new ArrayList<>();
    Set<String> conditions = new LinkedHashSet<>();
    for (ParsedTarget metric : indexed) {
      try {
        Term guard = guard(metric, names, false);
        Term condition = guard(metric, names, true);
        guards.add(guard.text());
        conditions.add(condition.text());
      } catch (UntranslatableException e) {
        e.tell(metric.target().path(), left);
        guards.add("false");
      }
    }
    boolean alike = guards.stream().distinct().count() == 1 && conditions.size() == 1;
    if (!conditions.contains("true") && !conditions.isEmpty()) {
      section.where(String.join(" or ", conditions));
    }
    for (int i = 0; i < indexed.size(); i++) {
      String guard = guards.get(i);
      if (!guard.equals("false")) {
        boolean needless = guard.equals("true") || alike;
        section.metric(indexed.get(i), needless ? Optional.empty() : Optional.of(guard));
      }
    }
    keep(section, table);
  }

  /** A dimension may be about fewer rows than the metrics. */
  private void dimension(ParsedTarget dimension, Names slow, SectionDraft section) {
    boolean isOfAll = indexed.stream().allMatch(metric -> isAboutTheSame(metric, dimension));
    try {
      String guard = isOfAll ? "true" : guard(dimension, slow, false).text();
      section.dimension(dimension, guard.equals("true") ? Optional.empty() : Optional.of(guard));
    } catch (UntranslatableException e) {
      e.tell(dimension.target().path(), left);
    }
  }

  private static boolean isAboutTheSame(ParsedTarget one, ParsedTarget other) {
    return one.target().indexes().equals(other.target().indexes())
        && one.target().indexesFrom().equals(other.target().indexesFrom());
  }

  /**
   * What must hold of a row for a metric or a dimension to be about it.
   *
   * @param whole also what makes its value absent by itself
   */
  private Term guard(ParsedTarget metric, Names names, boolean whole)
      throws UntranslatableException {
    Set<String> conditions = new LinkedHashSet<>();
    List<String> indexes = metric.target().indexes();
    if (!indexes.isEmpty()) {
      List<String> quoted = new ArrayList<>();
      for (String index : indexes) {
        quoted.add(Term.literal(index).text());
      }
      conditions.add(names.index(true).text() + " in [" + String.join(", ", quoted) + "]");
    }
    Set<String> members = new LinkedHashSet<>();
    String from = metric.target().indexesFrom();
    if (!from.isEmpty()) {
      boolean isWalk = names.source(from) instanceof Source.Walk;
      if (!isWalk) {
        members.add(from);
      } else if (!whole && !metric.byIndex().contains(from)) {
        conditions.add(names.member(from, true).text());
      }
    }
    if (whole) {
      metric.byIndex().stream()
          .filter(source -> sources.get(source) instanceof Source.Static)
          .forEach(members::add);
    } else {
      members.removeIf(source -> metric.byIndex().contains(source));
    }
    for (String member : members) {
      conditions.add(names.member(member, true).text());
    }
    String text = conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    return new Term(text, Term.Kind.BOOLEAN, Term.AND);
  }

  private void fixed() {
    Set<String> indexes = new LinkedHashSet<>();
    indexed.removeIf(this::isAboutNothing);
    indexed.forEach(metric -> indexes.addAll(metric.foundIndexes(sources)));
    if (indexes.size() > MOST_SECTIONS) {
      indexed.forEach(metric ->
          left.add(
              metric.target().path()
                  + ": it has "
                  + indexes.size()
                  + " indexes, none of which the device is asked for"));
      return;
    }
    Optional<TableDraft> table = table(name, indexed);
    int number = 0;
    for (String index : indexes) {
      SectionDraft section =
          new SectionDraft(
              number++ == 0 ? name : name + "_row_" + number,
              group.name(),
              names(table, table.isPresent(), Optional.of(index)),
              left);
      for (ParsedTarget dimension : dimensions) {
        boolean has =
            !dimension.namesIndexes(sources) || dimension.foundIndexes(sources).contains(index);
        if (has) {
          section.dimension(dimension, Optional.empty());
        }
      }
      indexed.stream()
          .filter(metric -> metric.foundIndexes(sources).contains(index))
          .forEach(metric -> section.metric(metric, Optional.empty()));
      keep(section, Optional.empty());
    }
    table.ifPresent(tables::add);
  }

  /** Tells of a metric by the index of what has none. */
  private boolean isAboutNothing(ParsedTarget metric) {
    for (String source : metric.byIndex()) {
      if (!(sources.get(source) instanceof Source.Static)) {
        left.add(
            metric.target().path()
                + (sources.containsKey(source)
                    ? ": oids." + source + " is one value, without an index"
                    : ": '" + source + "' is not one of the oids"));
        return true;
      }
    }
    return false;
  }

  private void device() {
    String own = indexed.isEmpty() ? name : name + "_device";
    Optional<TableDraft> table = table(own, whole);
    SectionDraft section =
        new SectionDraft(
            own, group.name(), names(table, table.isPresent(), Optional.empty()), left);
    for (ParsedTarget dimension : dimensions) {
      if (!dimension.isIndexed()) {
        section.dimension(dimension, Optional.empty());
      } else if (indexed.isEmpty()) {
        left.add(dimension.target().path() + ": no metric of the group has an index");
      }
    }
    whole.forEach(metric -> section.metric(metric, Optional.empty()));
    keep(section, table);
  }

  private void keep(SectionDraft section, Optional<TableDraft> table) {
    if (!section.isEmpty()) {
      sections.add(section);
      table.ifPresent(tables::add);
    }
  }

  private Names names(Optional<TableDraft> table, boolean folds, Optional<String> fixed) {
    Set<String> avoid = new LinkedHashSet<>(SectionDraft.names(indexed));
    avoid.addAll(SectionDraft.names(whole));
    return new Names(sources, table, new ScalarDraft(slowScalars, avoid), false, folds, fixed);
  }

  /** The table of some metrics; none where they walk nothing. */
  private Optional<TableDraft> table(String own, List<ParsedTarget> metrics) {
    List<Source.Walk> walks = new ArrayList<>();
    metrics.forEach(metric -> walks.addAll(metric.walks(sources)));
    if (walks.isEmpty()) {
      return Optional.empty();
    }
    // The rows go by the indexes of most walks; the others are joined to them.
    Map<Map<String, String>, Integer> counts = new LinkedHashMap<>();
    walks.forEach(walk -> counts.merge(walk.transform(), 1, Integer::sum));
    Map<String, String> most = walks.getFirst().transform();
    for (Map.Entry<Map<String, String>, Integer> one : counts.entrySet()) {
      most = one.getValue() > counts.getOrDefault(most, 0) ? one.getKey() : most;
    }
    return Optional.of(new TableDraft(own, walks, most, SectionDraft.names(metrics)));
  }

  List<TableDraft> tables() {
    return tables;
  }

  List<SectionDraft> sections() {
    return sections;
  }

  /** Names of what is read with the enrichment, though the document reads it with each poll. */
  void tellDelayed() {
    Set<String> delayed = new LinkedHashSet<>();
    sections.forEach(section -> delayed.addAll(section.delayed()));
    delayed.forEach(source ->
        left.add(group.path() + ": oids." + source + " is read with the enrichment alone"));
  }
}
