package io.argos.manager.resources;

import io.argos.schemas.topic.ResourceId;
import java.util.Comparator;

/**
 * What tells one claim from another: a source names a thing of a site once.
 *
 * @param source name of the plugin instance
 * @param site site of the claim
 * @param name name that the source gives
 */
record ClaimKey(String source, String site, String name) implements Comparable<ClaimKey> {
  private static final Comparator<ClaimKey> ORDER =
      Comparator.comparing(ClaimKey::source)
          .thenComparing(ClaimKey::site)
          .thenComparing(ClaimKey::name);

  /** The resource that this claim founds when it joins none. */
  String ownId() {
    return ResourceId.of(site, name);
  }

  @Override
  public int compareTo(ClaimKey other) {
    return ORDER.compare(this, other);
  }
}
