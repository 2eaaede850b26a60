package io.argos.profile.format;

import io.argos.snmp.Oid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One way in which a profile recognises a device: all that is given must hold.
 *
 * @param place where it stands
 * @param sysObjectIds prefixes of sysObjectID, of which one must fit
 * @param sysDescr pattern found in sysDescr
 * @param classes classes of the resource
 * @param subclasses subclasses of the resource
 * @param types types of the resource
 * @param labels patterns found in labels of the resource
 */
public record MatchRule(
    Place place,
    List<Oid> sysObjectIds,
    Optional<Pattern> sysDescr,
    Set<String> classes,
    Set<String> subclasses,
    Set<String> types,
    Map<String, Pattern> labels) {
  public MatchRule {
    sysObjectIds = List.copyOf(sysObjectIds);
    classes = Set.copyOf(classes);
    subclasses = Set.copyOf(subclasses);
    types = Set.copyOf(types);
    labels = Map.copyOf(labels);
  }
}
