package io.argos.discovery.plugin.jsonfile;

import io.argos.schemas.Rejection;
import io.argos.schemas.ResourceClaim;
import io.argos.schemas.topic.ResourceId;
import io.argos.spi.Discoverer;
import java.util.HashMap;
import java.util.Map;

/** What a run has found so far; passes it on, and refuses a name that was claimed before. */
final class FoundClaims {
  private final Discoverer.Emitter emitter;
  private final Map<String, String> placeById = new HashMap<>();
  private String firstRejection = "";
  private long rejected;

  FoundClaims(Discoverer.Emitter emitter) {
    this.emitter = emitter;
  }

  void take(String file, String place, EntryReader.Result result) throws InterruptedException {
    switch (result) {
      case EntryReader.Invalid(String rule) -> reject(file, place, rule);
      case EntryReader.Valid(ResourceClaim claim) -> {
        String id = ResourceId.of(claim.getSite(), claim.getName());
        String before = placeById.putIfAbsent(id, file + " " + place);
        if (before == null) {
          emitter.found(claim);
        } else {
          reject(
              file,
              place,
              "a name stands once in a site, and '%s' of site '%s' stands already in %s"
                  .formatted(claim.getName(), claim.getSite(), before));
        }
      }
    }
  }

  void reject(String file, String place, String rule) throws InterruptedException {
    rejected++;
    if (firstRejection.isEmpty()) {
      firstRejection = file + ", " + place + ": " + rule;
    }
    emitter.rejected(new Rejection(file, place, rule));
  }

  long accepted() {
    return placeById.size();
  }

  long rejected() {
    return rejected;
  }

  String firstRejection() {
    return firstRejection;
  }
}
