package io.argos.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects problems; remembers which keys failed, so that no rule complains about them again. */
final class Problems {
  private final List<ConfigProblem> found = new ArrayList<>();
  private final Set<String> failed = new HashSet<>();

  void add(Origin origin, String key, String message) {
    found.add(ConfigProblem.at(origin, key, message));
    failed.add(key);
  }

  /** True when the key, or a key within it, has a problem already. */
  boolean failed(String key) {
    return failed.stream()
        .anyMatch(other ->
            other.equals(key) || other.startsWith(key + ".") || other.startsWith(key + "["));
  }

  List<ConfigProblem> all() {
    return List.copyOf(found);
  }
}
