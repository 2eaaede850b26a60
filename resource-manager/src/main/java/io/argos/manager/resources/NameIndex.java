package io.argos.manager.resources;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which resources of a site go by a name, with a count of the claims that say so. */
final class NameIndex {
  private record Place(String site, String name) {}

  private final Map<Place, TreeMap<String, Integer>> resources = new HashMap<>();

  void add(String site, String name, String resourceId) {
    resources
        .computeIfAbsent(new Place(site, name), _ -> new TreeMap<>())
        .merge(resourceId, 1, Integer::sum);
  }

  void remove(String site, String name, String resourceId) {
    Place place = new Place(site, name);
    Map<String, Integer> counts = resources.get(place);
    if (counts != null) {
      counts.computeIfPresent(resourceId, (_, count) -> count == 1 ? null : count - 1);
      if (counts.isEmpty()) {
        resources.remove(place);
      }
    }
  }

  Set<String> find(String site, String name) {
    TreeMap<String, Integer> found = resources.get(new Place(site, name));
    return found == null ? Set.of() : Set.copyOf(found.keySet());
  }
}
