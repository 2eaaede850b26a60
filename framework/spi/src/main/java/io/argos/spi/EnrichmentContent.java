package io.argos.spi;

import io.argos.schemas.columnar.GroupBlock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of one namespace of one resource.
 *
 * @param resourceId the resource it is about
 * @param namespace namespace, such as {@code device} or {@code interface}
 * @param profile profile by which it was read
 * @param attributes single facts
 * @param groups slow tables
 * @param document a JSON document, for facts of any shape
 */
public record EnrichmentContent(
    String resourceId,
    String namespace,
    Optional<ProfileRef> profile,
    Map<String, String> attributes,
    List<GroupBlock> groups,
    Optional<String> document) {
  public EnrichmentContent {
    attributes = Map.copyOf(attributes);
    groups = List.copyOf(groups);
  }
}
