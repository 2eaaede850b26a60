package io.argos.profile;

import io.argos.schemas.Resource;
import java.util.Map;
import java.util.Optional;

/**
 * What a profile may know of a device before it is asked for anything but its system group.
 *
 * @param sysObjectId its sysObjectID in dotted form
 * @param sysDescr its sysDescr
 * @param resourceClass class of the resource
 * @param subclass subclass of the resource
 * @param type type of the resource
 * @param labels labels of the resource
 */
public record DeviceFacts(
    Optional<String> sysObjectId,
    Optional<String> sysDescr,
    String resourceClass,
    String subclass,
    String type,
    Map<String, String> labels) {
  public DeviceFacts {
    labels = Map.copyOf(labels);
  }

  /** The facts of a resource and its system group. */
  public static DeviceFacts of(
      Resource resource, Optional<String> sysObjectId, Optional<String> sysDescr) {
    return new DeviceFacts(
        sysObjectId,
        sysDescr,
        resource.getResourceClass(),
        resource.getSubclass(),
        resource.getType(),
        resource.getLabels());
  }
}
