package io.argos.discovery.plugin.jsonfile;

import com.fasterxml.jackson.databind.JsonNode;
import io.argos.schemas.ResourceClaim;

/** Makes a claim of one entry of a resource file, in whichever of the two forms it stands. */
final class EntryReader {
  /** What an entry is. */
  sealed interface Result {}

  /** A resource. */
  record Valid(ResourceClaim claim) implements Result {}

  /** Not a resource; each field that is wrong, with what was expected. */
  record Invalid(String rule) implements Result {}

  private final ClaimDefaults defaults;

  EntryReader(ClaimDefaults defaults) {
    this.defaults = defaults;
  }

  Result read(JsonNode entry) {
    if (!entry.isObject()) {
      return new Invalid(
          "%s stands where a resource, an object, is expected".formatted(Fields.kindOf(entry)));
    }
    Fields fields = new Fields(entry);
    ResourceClaim claim =
        fields.anyBeginsWith("resource_")
            ? PanoptesEntry.claim(fields, defaults)
            : NativeEntry.claim(fields, defaults);
    return fields.problems().isEmpty()
        ? new Valid(claim)
        : new Invalid(String.join("; ", fields.problems()));
  }
}
