package io.argos.runtime.schedule;

import io.argos.schemas.topic.HashId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which timings and configurations are in force, by plugin: a hash that changes exactly when one of
 * them does. Not safe for use by many threads.
 */
final class Signatures {

  /** Number of targets by plugin and by what is in force for them. */
  private final Map<String, TreeMap<String, Integer>> counts = new HashMap<>();

  private final Map<String, String> hashes = new HashMap<>();

  void add(Target target) {
    String plugin = target.key().plugin();
    if (counts.computeIfAbsent(plugin, _ -> new TreeMap<>()).merge(inForce(target), 1, Integer::sum)
        == 1) {
      hashes.remove(plugin);
    }
  }

  void remove(Target target) {
    String plugin = target.key().plugin();
    TreeMap<String, Integer> variants = counts.get(plugin);
    if (variants == null) {
      return;
    }
    if (variants.computeIfPresent(inForce(target), (_, count) -> count == 1 ? null : count - 1)
        == null) {
      hashes.remove(plugin);
      if (variants.isEmpty()) {
        counts.remove(plugin);
      }
    }
  }

  Map<String, String> byPlugin() {
    Map<String, String> all = new TreeMap<>();
    counts.forEach((plugin, variants) ->
        all.put(
            plugin,
            hashes.computeIfAbsent(
                plugin, _ -> HashId.of(variants.keySet().toArray(String[]::new)))));
    return all;
  }

  private static String inForce(Target target) {
    return target.configHash() + ' ' + target.timing().describe();
  }
}
