package io.argos.discovery.plugin.jsonfile;

import io.argos.schemas.ResourceClaim;
import java.util.Set;

/** An entry in our own form, in which a misspelt field is an error. */
final class NativeEntry {
  private static final Set<String> FIELDS =
      Set.of(
          "site",
          "name",
          "class",
          "subclass",
          "type",
          "endpoint",
          "addresses",
          "aliases",
          "labels",
          "credential",
          "maintenance",
          "ttl");

  private NativeEntry() {}

  /** The claim; worth something only when {@code fields} has no problem after it. */
  static ResourceClaim claim(Fields fields, ClaimDefaults defaults) {
    fields.only(FIELDS);
    ClaimParts parts = new ClaimParts(fields);
    String name = fields.requiredText("name");
    parts.name(name);
    parts.endpoint("endpoint", fields.text("endpoint").orElse(name));
    fields.texts("addresses").forEach(address -> parts.address("addresses", address));
    fields
        .textsByName("aliases")
        .forEach((kind, values) -> values.forEach(value -> parts.alias(kind, value)));
    parts.labels().putAll(fields.labels("labels", Set.of()));
    parts
        .plain()
        .setSite(fields.requiredText("site"))
        .setResourceClass(fields.text("class").orElse("unknown"))
        .setSubclass(fields.text("subclass").orElse("unknown"))
        .setType(fields.text("type").orElse("unknown"))
        .setCredential(fields.text("credential").or(defaults::credential).orElse(null))
        .setMaintenance(fields.flag("maintenance"))
        .setTtlSeconds(fields.durationSeconds("ttl", defaults.ttlSeconds()))
        .setRank(defaults.rank());
    return parts.build();
  }
}
