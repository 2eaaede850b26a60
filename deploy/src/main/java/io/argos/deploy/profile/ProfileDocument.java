package io.argos.deploy.profile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.profile.expression.Expression;
import io.argos.profile.format.CheckSpec;
import io.argos.profile.format.ColumnSpec;
import io.argos.profile.format.EventSpec;
import io.argos.profile.format.GroupSpec;
import io.argos.profile.format.MatchRule;
import io.argos.profile.format.PolledSpec;
import io.argos.profile.format.Profile;
import io.argos.profile.format.TableSpec;
import io.argos.schemas.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A profile as one document: what it fits, what it reads, what it makes of that. */
public final class ProfileDocument {
  private ProfileDocument() {}

  /** The document. */
  public static ObjectNode of(Profile profile) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("profile", profile.name());
    json.put("description", profile.description());
    json.put("abstract", profile.isAbstract());
    json.put("hash", profile.hash());
    ArrayNode rules = json.putArray("match");
    profile.match().forEach(rule -> rules.add(rule(rule)));
    ArrayNode identity = json.putArray("identity");
    new TreeSet<>(profile.identity().keySet()).forEach(identity::add);
    ArrayNode scalars = json.putArray("scalars");
    profile.scalars().stream().map(ColumnSpec::name).forEach(scalars::add);
    ObjectNode tables = json.putObject("tables");
    for (TableSpec table : profile.tables()) {
      ObjectNode one = tables.putObject(table.name());
      ArrayNode slow = one.putArray("slow");
      table.columns().stream().map(ColumnSpec::name).forEach(slow::add);
      ArrayNode fast = one.putArray("fast");
      table.polled().stream().map(PolledSpec::name).forEach(fast::add);
    }
    ObjectNode groups = json.putObject("sections");
    for (GroupSpec group : profile.groups()) {
      ObjectNode one = groups.putObject(group.section());
      one.put("group", group.name());
      group.table().ifPresent(table -> one.put("table", table));
      ArrayNode dimensions = one.putArray("dimensions");
      group.dimensions().stream().map(GroupSpec.Dimension::name).forEach(dimensions::add);
      ObjectNode metrics = one.putObject("metrics");
      for (GroupSpec.Metric metric : group.metrics()) {
        metrics.put(
            metric.name(),
            metric.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + metric.unit());
      }
    }
    ObjectNode checks = json.putObject("checks");
    for (CheckSpec check : profile.checks()) {
      checks.put(check.name() + " of " + check.section(), judgement(check.judgement()));
    }
    ObjectNode events = json.putObject("events");
    for (EventSpec event : profile.events()) {
      ObjectNode one = events.putObject(event.name());
      ArrayNode traps = one.putArray("trap");
      event.traps().forEach(trap -> traps.add(trap.toString()));
      one.put("severity", severity(event));
      ArrayNode varbinds = one.putArray("varbinds");
      event.varbinds().stream().map(EventSpec.Varbind::name).forEach(varbinds::add);
      ArrayNode clears = one.putArray("clears");
      event.clears().forEach(clears::add);
      one.put("summary", event.summary().toString());
    }
    return json;
  }

  private static String judgement(CheckSpec.Judgement judgement) {
    List<String> told = new ArrayList<>();
    switch (judgement) {
      case CheckSpec.Judgement.Conditions(var warning, var critical) -> {
        critical.ifPresent(condition -> told.add("critical: " + condition.source().strip()));
        warning.ifPresent(condition -> told.add("warning: " + condition.source().strip()));
      }
      case CheckSpec.Judgement.Thresholds(
              var value,
              var unit,
              var above,
              var warning,
              var critical,
              _) -> {
        told.add(value.source().strip() + " in " + unit);
        String side = above ? " at or above " : " at or below ";
        warning.ifPresent(threshold -> told.add("warning" + side + threshold));
        critical.ifPresent(threshold -> told.add("critical" + side + threshold));
      }
    }
    return String.join(", ", told);
  }

  private static String severity(EventSpec event) {
    return switch (event.rating()) {
      case EventSpec.Rating.Fixed(Severity severity) ->
          severity.name().toLowerCase(java.util.Locale.ROOT);
      case EventSpec.Rating.Computed(Expression word) -> word.source();
    };
  }

  private static ObjectNode rule(MatchRule rule) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!rule.sysObjectIds().isEmpty()) {
      ArrayNode oids = json.putArray("sysObjectID");
      rule.sysObjectIds().forEach(oid -> oids.add(oid.toString()));
    }
    rule.sysDescr().ifPresent(pattern -> json.put("sysDescr", pattern.pattern()));
    words(json, "class", rule.classes());
    words(json, "subclass", rule.subclasses());
    words(json, "type", rule.types());
    rule.labels().forEach((label, pattern) -> json.put("label " + label, pattern.pattern()));
    return json.put("place", rule.place().toString());
  }

  private static void words(ObjectNode json, String name, java.util.Set<String> words) {
    if (!words.isEmpty()) {
      ArrayNode array = json.putArray(name);
      new TreeSet<>(words).forEach(array::add);
    }
  }
}
