package io.argos.deploy.explain;

import io.argos.config.ArgosConfig;
import io.argos.deploy.explain.Dossier.Run;
import io.argos.deploy.explain.Dossier.Sighting;
import io.argos.deploy.topic.RecentRecords;
import io.argos.schemas.Discovery;
import io.argos.schemas.Rejection;
import io.argos.schemas.Resource;
import io.argos.schemas.ResourceClaim;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What the sources of discovery said lately that concerns one resource. */
final class SourceRecords {
  /** Nobody waits for more claims than these to be read. */
  private static final long MOST = 300_000;

  private static final Duration LEAST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(72);

  private final ArgosConfig config;
  private final RecordReader<Discovery> reader;

  SourceRecords(ArgosConfig config, SchemaIds schemas) {
    this.config = config;
    this.reader = new RecordReader<>(schemas, Discovery.class);
  }

  record Found(List<Sighting> sightings, Map<String, Run> runs) {}

  Found read(
      Consumer<byte[], byte[]> consumer,
      String topic,
      String id,
      Optional<Resource> resource,
      Instant now) {
    List<Sighting> sightings = new ArrayList<>();
    Map<String, Run> runs = new HashMap<>();
    Set<String> names = names(id, resource);
    var _ =
        RecentRecords.read(
            consumer,
            List.of(new TopicPartition(topic, 0)),
            now.minus(reach()),
            MOST,
            record ->
                DossierReader.decoded(reader, record)
                    .ifPresent(said -> note(said, id, names, sightings, runs)));
    return new Found(sightings, runs);
  }

  /** Two intervals of the slowest source, so that its last complete run is seen. */
  private Duration reach() {
    return config.discovery().stream()
        .map(entry -> entry.interval().map(one -> one.multipliedBy(2)).orElse(LONGEST))
        .reduce(LEAST, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }

  static void note(
      Discovery said,
      String id,
      Set<String> names,
      List<Sighting> sightings,
      Map<String, Run> runs) {
    switch (said.getKind()) {
      case RESOURCE -> {
        ResourceClaim claim = said.getResource();
        if (claim != null && concerns(claim, id, names)) {
          sightings.add(new Sighting(said.getSource(), said.getAt(), Optional.empty()));
        }
      }
      case REJECTED -> {
        Rejection rejection = said.getRejection();
        if (rejection != null && names(rejection, names)) {
          String why =
              "%s, %s: %s"
                  .formatted(rejection.getFile(), rejection.getPlace(), rejection.getRule());
          sightings.add(new Sighting(said.getSource(), said.getAt(), Optional.of(why)));
        }
      }
      case END ->
          runs.put(
              said.getSource(),
              new Run(
                  said.getAt(),
                  said.getComplete() ? Optional.empty() : Optional.of("was not complete")));
      case ABORT ->
          runs.put(
              said.getSource(),
              new Run(said.getAt(), Optional.of("ended early: " + said.getReason())));
      case BEGIN, UNKNOWN -> {
        // Says nothing of a resource.
      }
    }
  }

  /** In lower case: its name and whatever else it is known by. */
  static Set<String> names(String id, Optional<Resource> resource) {
    Set<String> names = new TreeSet<>();
    names.add(ResourceId.nameOf(id).toLowerCase(Locale.ROOT));
    resource.ifPresent(known -> {
      names.add(known.getName().toLowerCase(Locale.ROOT));
      known.getAliases().forEach(alias -> names.add(alias.getValue().toLowerCase(Locale.ROOT)));
    });
    return names;
  }

  private static boolean concerns(ResourceClaim claim, String id, Set<String> names) {
    return ResourceId.of(claim.getSite(), claim.getName()).equals(id)
        || claim.getSite().equals(ResourceId.siteOf(id))
            && (names.contains(claim.getName().toLowerCase(Locale.ROOT))
                || claim.getAliases().stream()
                    .anyMatch(alias -> names.contains(alias.getValue().toLowerCase(Locale.ROOT))));
  }

  private static boolean names(Rejection rejection, Set<String> names) {
    String text = (rejection.getPlace() + ' ' + rejection.getRule()).toLowerCase(Locale.ROOT);
    return names.stream().anyMatch(name -> name.length() > 2 && text.contains(name));
  }
}
