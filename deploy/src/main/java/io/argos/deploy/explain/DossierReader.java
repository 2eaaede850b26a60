package io.argos.deploy.explain;

import io.argos.config.ArgosConfig;
import io.argos.config.PluginEntry;
import io.argos.deploy.explain.Dossier.Heard;
import io.argos.deploy.explain.Dossier.LoggedJob;
import io.argos.deploy.explain.Dossier.LoggedOutcome;
import io.argos.deploy.topic.RecentRecords;
import io.argos.schemas.Directive;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.Job;
import io.argos.schemas.NodeState;
import io.argos.schemas.Outcome;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.ResourceId;
import io.argos.schemas.topic.ResourcePartitioner;
import io.argos.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what the topics say of one resource: its own partitions only, and no further back than it
 * must.
 */
public final class DossierReader {
  /** Nobody waits for more than these of one partition. */
  private static final long MOST = 500_000;

  private static final Duration LEAST = Duration.ofMinutes(15);
  private static final Duration KEPT_OUTCOMES = Duration.ofHours(24);
  private static final Duration HEARTBEATS = Duration.ofMinutes(2);

  private final ArgosConfig config;
  private final Topics topics;
  private final Consumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final SchemaIds schemas;
  private final Set<String> existing;

  /**
   * A reader; the caller closes the clients.
   *
   * @param existing the topics that there are
   */
  public DossierReader(
      ArgosConfig config,
      Consumer<byte[], byte[]> consumer,
      Admin admin,
      SchemaIds schemas,
      Set<String> existing) {
    this.config = config;
    this.topics = new Topics(config.prefix());
    this.consumer = consumer;
    this.admin = admin;
    this.schemas = schemas;
    this.existing = Set.copyOf(existing);
  }

  /**
   * Reads all of one resource.
   *
   * @param id the resource
   */
  public Dossier read(String id, Instant now) throws ExecutionException, InterruptedException {
    var resources = last(topics.resources(), Resource.class, id);
    Optional<Dossier.Known> known =
        Optional.ofNullable(resources.get(id)).map(one -> new Dossier.Known(one.value(), one.at()));
    var sources = new SourceRecords(config, schemas);
    SourceRecords.Found found =
        existing.contains(topics.discoveries())
            ? sources.read(
                consumer, topics.discoveries(), id, known.map(Dossier.Known::resource), now)
            : new SourceRecords.Found(List.of(), Map.of());
    Map<String, Dossier.Place> places = places(id);
    List<LoggedJob> jobs = new ArrayList<>();
    for (Dossier.Place place : places.values()) {
      recent(
          place.topic(),
          Job.class,
          id,
          now.minus(Duration.ofHours(1)),
          (record, job) ->
              jobs.add(new LoggedJob(job, record.partition(), record.offset(), at(record))));
    }
    List<LoggedOutcome> outcomes = new ArrayList<>();
    recent(
        topics.outcomes(),
        Outcome.class,
        id,
        now.minus(reach()),
        (record, outcome) -> outcomes.add(new LoggedOutcome(outcome, at(record))));
    Map<String, Directive> directives = new TreeMap<>();
    last(topics.directives(), Directive.class, id)
        .forEach((key, one) -> directives.put(key, one.value()));
    return new Dossier(
        now,
        id,
        known,
        found.sightings(),
        found.runs(),
        Optional.ofNullable(last(topics.enrichments(), Enrichment.class, id).get(id + "|device"))
            .map(Logged::value),
        jobs,
        outcomes,
        heartbeats(now),
        places,
        directives,
        Optional.ofNullable(last(topics.nodes(), NodeState.class, id).get(id)).map(Logged::value));
  }

  private record Logged<T>(T value, Instant at) {}

  /** Three intervals of the slowest plugin, as far as outcomes are kept. */
  private Duration reach() {
    Duration longest = LEAST;
    for (List<PluginEntry> entries : List.of(config.enrichment(), config.polling())) {
      for (PluginEntry entry : entries) {
        Duration three = entry.interval().map(one -> one.multipliedBy(3)).orElse(KEPT_OUTCOMES);
        longest = three.compareTo(longest) > 0 ? three : longest;
      }
    }
    return longest.compareTo(KEPT_OUTCOMES) > 0 ? KEPT_OUTCOMES : longest;
  }

  private List<Heard> heartbeats(Instant now) {
    Map<String, Heard> last = new TreeMap<>();
    if (existing.contains(topics.heartbeats())) {
      var reader = new RecordReader<>(schemas, Heartbeat.class);
      RecentRecords.read(
          consumer,
          List.of(new TopicPartition(topics.heartbeats(), 0)),
          now.minus(HEARTBEATS),
          MOST,
          record -> {
            if (decoded(reader, record).orElse(null) instanceof Heartbeat beat) {
              last.put(beat.getStage() + '|' + beat.getInstance(), new Heard(beat, at(record)));
            }
          });
    }
    return List.copyOf(last.values());
  }

  private Map<String, Dossier.Place> places(String id)
      throws ExecutionException, InterruptedException {
    String zone = config.zoneOf(ResourceId.siteOf(id));
    Map<String, Dossier.Place> places = new HashMap<>();
    for (String stage : List.of("enrichment", "polling")) {
      String topic = topics.jobs(stage, zone);
      if (existing.contains(topic)) {
        int count = consumer.partitionsFor(topic).size();
        int partition = ResourcePartitioner.partitionOf(id, count);
        places.put(
            stage,
            new JobGroups(admin)
                .place(topic, partition, config.prefix() + '.' + stage + '.' + zone));
      }
    }
    return places;
  }

  /** The last record of each key of the resource in a compacted topic. */
  private <T extends SpecificRecord> Map<String, Logged<T>> last(
      String topic, Class<T> type, String id) {
    Map<String, Logged<T>> last = new TreeMap<>();
    if (!existing.contains(topic)) {
      return last;
    }
    var reader = new RecordReader<>(schemas, type);
    each(
        topic,
        id,
        Instant.EPOCH,
        Long.MAX_VALUE / 2,
        record ->
            decoded(reader, record)
                .ifPresentOrElse(
                    value -> last.put(keyOf(record), new Logged<>(value, at(record))),
                    () -> last.remove(keyOf(record))));
    return last;
  }

  private <T extends SpecificRecord> void recent(
      String topic,
      Class<T> type,
      String id,
      Instant since,
      BiConsumer<ConsumerRecord<byte[], byte[]>, T> sink) {
    if (existing.contains(topic)) {
      var reader = new RecordReader<>(schemas, type);
      each(
          topic,
          id,
          since,
          MOST,
          record -> decoded(reader, record).ifPresent(value -> sink.accept(record, value)));
    }
  }

  private void each(
      String topic,
      String id,
      Instant since,
      long most,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    int partition = ResourcePartitioner.partitionOf(id, consumer.partitionsFor(topic).size());
    var _ =
        RecentRecords.read(
            consumer,
            List.of(new TopicPartition(topic, partition)),
            since,
            most,
            record -> {
              String key = keyOf(record);
              if (key.equals(id) || key.startsWith(id + '|')) {
                sink.accept(record);
              }
            });
  }

  static String keyOf(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  static Instant at(ConsumerRecord<byte[], byte[]> record) {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** What cannot be read is in the dead letters of its readers. */
  static <T extends SpecificRecord> Optional<T> decoded(
      RecordReader<T> reader, ConsumerRecord<byte[], byte[]> record) {
    return record.value() != null
            && reader.read(record.value()) instanceof Decoded.Value<T>(var value)
        ? Optional.of(value)
        : Optional.empty();
  }
}
