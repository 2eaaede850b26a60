package io.argos.deploy.command;

import io.argos.deploy.audit.PlannedTargets;
import io.argos.deploy.audit.PlannedTargets.PlannedTarget;
import io.argos.schemas.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the targets that a person means: those of a resource, or of a source of discovery. */
final class TargetChoice {
  private final PlannedTargets planned;
  private final Map<String, Resource> resources;

  /** The targets of a configuration on the resources that there are. */
  TargetChoice(PlannedTargets planned, Map<String, Resource> resources) {
    this.planned = planned;
    this.resources = resources;
  }

  /** Names of the plugins of all stages. */
  static Set<String> plugins(PlannedTargets planned) {
    Set<String> names = new TreeSet<>();
    planned.plugins().forEach(each -> names.add(each.entry().name()));
    return names;
  }

  /** All targets of all stages. */
  Collection<PlannedTarget> all() {
    List<PlannedTarget> all = new ArrayList<>(planned.sources());
    resources.values().forEach(resource -> all.addAll(planned.of(resource)));
    return all;
  }

  /** The id of a resource or source that goes by a name; ends the command when there is none. */
  String resolve(String name) {
    Set<String> known = new TreeSet<>(resources.keySet());
    planned.sources().forEach(source -> known.add(source.key().resourceId()));
    return Estate.resolve(name, known);
  }

  /** What runs on a resource or source; ends the command when there is none of that name. */
  List<PlannedTarget> of(String name) {
    String id = resolve(name);
    Resource resource = resources.get(id);
    return resource != null
        ? planned.of(resource)
        : planned.sources().stream().filter(each -> each.key().resourceId().equals(id)).toList();
  }
}
