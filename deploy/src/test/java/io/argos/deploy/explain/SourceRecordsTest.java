package io.argos.deploy.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Alias;
import io.argos.schemas.Discovery;
import io.argos.schemas.DiscoveryKind;
import io.argos.schemas.Rejection;
import io.argos.schemas.ResourceClaim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceRecordsTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private final List<Dossier.Sighting> sightings = new ArrayList<>();
  private final Map<String, Dossier.Run> runs = new HashMap<>();

  @Test
  void hearsOfItByNameAndByAlias() {
    note(claim("oslo", "edge1", List.of()));
    note(claim("oslo", "192.0.2.1", List.of(new Alias("sysname", "EDGE1"))));
    note(claim("rome", "edge1", List.of()));
    note(claim("oslo", "edge2", List.of()));

    assertThat(sightings).hasSize(2).allMatch(one -> one.rejection().isEmpty());
  }

  @Test
  void hearsThatItWasRejected() {
    note(
        record(DiscoveryKind.REJECTED)
            .setRejection(new Rejection("devices.json", "entry 4, edge1", "an endpoint is needed"))
            .build());
    note(
        record(DiscoveryKind.REJECTED)
            .setRejection(new Rejection("devices.json", "entry 5", "a site is needed"))
            .build());

    assertThat(sightings)
        .containsExactly(
            new Dossier.Sighting(
                "files", AT, Optional.of("devices.json, entry 4, edge1: an endpoint is needed")));
  }

  @Test
  void hearsHowTheLastRunEnded() {
    note(record(DiscoveryKind.END).setComplete(true).build());
    assertThat(runs.get("files").trouble()).isEmpty();

    note(record(DiscoveryKind.ABORT).setReason("no such file").build());
    assertThat(runs.get("files").trouble()).contains("ended early: no such file");
  }

  private void note(Discovery said) {
    SourceRecords.note(
        said, "oslo/edge1", SourceRecords.names("oslo/edge1", Optional.empty()), sightings, runs);
  }

  private static Discovery claim(String site, String name, List<Alias> aliases) {
    return record(DiscoveryKind.RESOURCE)
        .setResource(
            ResourceClaim.newBuilder()
                .setSite(site)
                .setName(name)
                .setAliases(aliases)
                .setEndpoint("192.0.2.1")
                .build())
        .build();
  }

  private static Discovery.Builder record(DiscoveryKind kind) {
    return Discovery.newBuilder().setSource("files").setRunId("r").setKind(kind).setAt(AT);
  }
}
