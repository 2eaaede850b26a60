package io.argos.runtime.schedule;

import java.util.Comparator;
import java.util.Optional;

/**
 * What a target is: a plugin of a stage on a resource, or on one subject of it, such as a check.
 *
 * <p>Keys are ordered by resource first, so that all targets of a resource stand together.
 *
 * @param stage the stage that runs the plugin
 * @param plugin the name of the plugin instance
 * @param resourceId the resource; in discovery the source
 * @param subject a finer subject
 */
public record TargetKey(String stage, String plugin, String resourceId, Optional<String> subject)
    implements Comparable<TargetKey> {

  private static final Comparator<TargetKey> ORDER =
      Comparator.comparing(TargetKey::resourceId)
          .thenComparing(TargetKey::plugin)
          .thenComparing(key -> key.subject.orElse(""))
          .thenComparing(TargetKey::stage);

  public TargetKey {
    if (stage.isEmpty() || plugin.isEmpty() || resourceId.isEmpty()) {
      throw new IllegalArgumentException(
          "a target needs a stage, a plugin and a resource: '%s', '%s', '%s'"
              .formatted(stage, plugin, resourceId));
    }
  }

  /** A target without a finer subject. */
  public static TargetKey of(String stage, String plugin, String resourceId) {
    return new TargetKey(stage, plugin, resourceId, Optional.empty());
  }

  /** The text whose hash places the target's slots: {@code plugin|resource[|subject]}. */
  String slotName() {
    String name = plugin + '|' + resourceId;
    return subject.map(finer -> name + '|' + finer).orElse(name);
  }

  @Override
  public int compareTo(TargetKey other) {
    return ORDER.compare(this, other);
  }
}
