package io.argos.deploy.audit;

import io.argos.deploy.topic.RecentRecords;
import io.argos.runtime.schedule.Suspensions;
import io.argos.schemas.Directive;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.ResourcePartitioner;
import io.argos.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what an audit needs from Kafka, a few partitions at a time: all that concerns a resource
 * has the same partition number in every topic, so that no more than their jobs are ever held.
 */
public final class AuditedTopics {
  private static final int PARTITIONS_AT_ONCE = 4;

  /**
   * How long before its time reading begins. Slots are emitted ahead by a lookahead, which nobody
   * sets longer than this, and what ran in that time was configured.
   */
  private static final Duration BEFORE = Duration.ofHours(1);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Set<String> zones;
  private final RecordReader<Job> jobs;
  private final RecordReader<Outcome> outcomes;
  private final RecordReader<Resource> resources;
  private final RecordReader<Directive> directives;
  private final Progress progress;

  /** Told how far the reading is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * So much has been read.
     *
     * @param partitions partitions that are done
     * @param of of so many
     * @param records records read so far
     */
    void read(int partitions, int of, long records);
  }

  /**
   * A resource and since when it is as it is.
   *
   * @param since time of its latest record
   */
  private record Settled(Resource resource, Instant since) {}

  /**
   * Topics that are not read yet.
   *
   * @param consumer without a group; the caller closes it
   * @param zones all zones of the configuration
   */
  public AuditedTopics(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      SchemaIds schemas,
      Topics topics,
      Set<String> zones,
      Progress progress) {
    this.consumer = consumer;
    this.topics = topics;
    this.zones = Set.copyOf(zones);
    this.jobs = new RecordReader<>(schemas, Job.class);
    this.outcomes = new RecordReader<>(schemas, Outcome.class);
    this.resources = new RecordReader<>(schemas, Resource.class);
    this.directives = new RecordReader<>(schemas, Directive.class);
    this.progress = progress;
  }

  /**
   * Audits all partitions.
   *
   * @param targets what must have been run, by the configuration
   * @param now jobs whose time is not over then are pending
   * @param mostOffences offences that are kept
   */
  public AuditReport audit(
      JobAudit.Scope scope, PlannedTargets targets, Instant now, int mostOffences) {
    int partitions = consumer.partitionsFor(topics.outcomes()).size();
    AuditReport report = new AuditReport(mostOffences);
    long[] records = new long[1];
    for (int first = 0; first < partitions; first += PARTITIONS_AT_ONCE) {
      List<Integer> some =
          IntStream.range(first, Math.min(partitions, first + PARTITIONS_AT_ONCE)).boxed().toList();
      JobAudit audit = new JobAudit(scope);
      Reconfigured reconfigured = new Reconfigured(targets);
      read(
          some,
          jobTopics(),
          scope.from().minus(BEFORE),
          record -> {
            records[0]++;
            decoded(jobs, record)
                .ifPresent(job -> {
                  audit.emitted(job);
                  reconfigured.emitted(job, Instant.ofEpochMilli(record.timestamp()));
                });
          });
      read(
          some,
          List.of(topics.outcomes()),
          scope.from().minus(BEFORE),
          record -> {
            records[0]++;
            decoded(outcomes, record)
                .ifPresent(outcome -> {
                  audit.ended(outcome);
                  reconfigured.ended(outcome);
                });
          });
      expect(some, partitions, scope, targets, reconfigured, audit, now);
      report.add(audit.report(now, mostOffences));
      progress.read(Math.min(partitions, first + PARTITIONS_AT_ONCE), partitions, records[0]);
    }
    return report;
  }

  private Collection<String> jobTopics() {
    Set<String> existing = consumer.listTopics().keySet();
    return List.of("discovery", "enrichment", "polling").stream()
        .flatMap(stage -> zones.stream().map(zone -> topics.jobs(stage, zone)))
        .filter(existing::contains)
        .toList();
  }

  private void expect(
      List<Integer> some,
      int partitions,
      JobAudit.Scope scope,
      PlannedTargets targets,
      Reconfigured reconfigured,
      JobAudit audit,
      Instant now) {
    Suspensions suspensions = new Suspensions();
    read(
        some,
        List.of(topics.directives()),
        Instant.EPOCH,
        record -> {
          var _ = suspensions.read(keyOf(record), decoded(directives, record));
        });
    ExpectedSlots slots = new ExpectedSlots(suspensions);
    Instant to = scope.to().isBefore(now) ? scope.to() : now;
    List<PlannedTargets.PlannedTarget> all = new ArrayList<>();
    targets.sources().stream()
        .filter(source ->
            some.contains(ResourcePartitioner.partitionOf(source.key().resourceId(), partitions)))
        .forEach(all::add);
    settled(some).values().stream()
        .filter(each -> each.since().isBefore(scope.from()))
        .forEach(each -> all.addAll(targets.of(each.resource())));
    for (PlannedTargets.PlannedTarget target : all) {
      slots.between(target, reconfigured.since(target, scope.from()), to, audit::expected);
    }
  }

  private Map<String, Settled> settled(List<Integer> some) {
    Map<String, Settled> settled = new TreeMap<>();
    read(
        some,
        List.of(topics.resources()),
        Instant.EPOCH,
        record ->
            decoded(resources, record)
                .ifPresentOrElse(
                    resource ->
                        settled.put(
                            keyOf(record),
                            new Settled(resource, Instant.ofEpochMilli(record.timestamp()))),
                    () -> settled.remove(keyOf(record))));
    return settled;
  }

  private void read(
      List<Integer> numbers,
      Collection<String> names,
      Instant since,
      Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String name : names) {
      numbers.forEach(number -> partitions.add(new TopicPartition(name, number)));
    }
    var _ = RecentRecords.read(consumer, partitions, since, Long.MAX_VALUE, sink);
  }

  private static String keyOf(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  /** What cannot be read is in the dead letters of its readers, who count it. */
  private static <T extends org.apache.avro.specific.SpecificRecord> Optional<T> decoded(
      RecordReader<T> reader, ConsumerRecord<byte[], byte[]> record) {
    return record.value() != null
            && reader.read(record.value()) instanceof Decoded.Value<T>(var value)
        ? Optional.of(value)
        : Optional.empty();
  }
}
