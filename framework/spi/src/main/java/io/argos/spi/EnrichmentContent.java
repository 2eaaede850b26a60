package io.argos.spi;

import io.argos.schemas.columnar.GroupBlock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The content of one namespace of one resource.
 *
 * @param resourceId the resource it is about
 * @param namespace namespace, such as {@code device} or {@code interface}
 * @param profile profile by which it was read
 * @param attributes single facts
 * @param unsure names of attributes that follow from what could not be read: what the last
 *     enrichment by the same profile says of them stays, in place of what this one says
 * @param groups slow tables
 * @param document a JSON document, for facts of any shape
 */
public record EnrichmentContent(
    String resourceId,
    String namespace,
    Optional<ProfileRef> profile,
    Map<String, String> attributes,
    Set<String> unsure,
    List<GroupBlock> groups,
    Optional<String> document) {
  public EnrichmentContent {
    attributes = Map.copyOf(attributes);
    unsure = Set.copyOf(unsure);
    groups = List.copyOf(groups);
  }

  /** A content that is sure of all its attributes. */
  public EnrichmentContent(
      String resourceId,
      String namespace,
      Optional<ProfileRef> profile,
      Map<String, String> attributes,
      List<GroupBlock> groups,
      Optional<String> document) {
    this(resourceId, namespace, profile, attributes, Set.of(), groups, document);
  }

  /** The same with other attributes. */
  public EnrichmentContent with(Map<String, String> others) {
    return new EnrichmentContent(resourceId, namespace, profile, others, unsure, groups, document);
  }
}
