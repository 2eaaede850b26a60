package io.argos.discovery.plugin.jsonfile;

import io.argos.schemas.ResourceClaim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An entry in the form of Panoptes: {@code resource_site}, {@code resource_metadata} and so on. */
final class PanoptesEntry {
  private static final String METADATA = "resource_metadata";
  private static final String TTL = "_resource_ttl";

  /** Names that Panoptes and its users give to the key of the community in the secrets. */
  private static final List<String> CREDENTIAL_KEYS =
      List.of("snmp_community_string_key", "community_string_key");

  private PanoptesEntry() {}

  /** The claim; worth something only when {@code fields} has no problem after it. */
  static ResourceClaim claim(Fields fields, ClaimDefaults defaults) {
    ClaimParts parts = new ClaimParts(fields);
    parts
        .plain()
        .setSite(fields.requiredText("resource_site"))
        .setResourceClass(fields.requiredText("resource_class"))
        .setSubclass(fields.requiredText("resource_subclass"))
        .setType(fields.requiredText("resource_type"))
        .setRank(defaults.rank());
    parts.name(fields.requiredText("resource_id"));
    parts.endpoint("resource_endpoint", fields.requiredText("resource_endpoint"));
    // Neither is of use here, but what lacks them is not a resource of Panoptes.
    if (fields.required("resource_plugin")) {
      fields.text("resource_plugin");
    }
    if (fields.required("resource_creation_timestamp")) {
      fields.anyTime("resource_creation_timestamp");
    }
    metadata(fields, defaults, parts);
    return parts.build();
  }

  private static void metadata(Fields fields, ClaimDefaults defaults, ClaimParts parts) {
    fields.required(METADATA);
    Map<String, String> labels = fields.labels(METADATA, Set.of(TTL));
    Optional<String> credential =
        CREDENTIAL_KEYS.stream().filter(labels::containsKey).findFirst().map(labels::get);
    CREDENTIAL_KEYS.forEach(labels::remove);
    parts.labels().putAll(labels);
    parts
        .plain()
        .setCredential(credential.or(defaults::credential).orElse(null))
        .setTtlSeconds(
            fields.seconds(
                METADATA + "." + TTL, fields.within(METADATA, TTL), defaults.ttlSeconds()));
  }
}
