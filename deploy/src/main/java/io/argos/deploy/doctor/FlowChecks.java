package io.argos.deploy.doctor;

import io.argos.config.Durations;
import io.argos.deploy.audit.AuditReport;
import io.argos.deploy.audit.AuditedTopics;
import io.argos.deploy.audit.JobAudit;
import io.argos.deploy.audit.PlannedTargets;
import io.argos.deploy.explain.JobGroups;
import io.argos.manager.metrics.MetricsTopology;
import io.argos.manager.nodes.NodesTopology;
import io.argos.manager.resources.ResourcesTopology;
import io.argos.manager.stream.TopologySettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Whether time, state and jobs go on. */
final class FlowChecks {
  private static final String GROUP = "flow";
  private static final Duration AUDITED = Duration.ofMinutes(5);
  private static final long LAG = 1_000;
  private static final Duration LEAST_TICK_SILENCE = Duration.ofSeconds(10);

  private final Links links;

  FlowChecks(Links links) {
    this.links = links;
  }

  List<Check> all() {
    return List.of(
        new Check(GROUP, "ticks", Set.of("kafka"), this::ticks),
        new Check(GROUP, "topologies", Set.of("kafka"), this::topologies),
        new Check(GROUP, "jobs", Set.of("kafka", "registry"), this::jobs));
  }

  private List<Result> ticks() {
    String topic = links.topics().ticks();
    try (Consumer<byte[], byte[]> consumer = links.consumer()) {
      if (!consumer.listTopics().containsKey(topic)) {
        return List.of(Result.fail(GROUP, "ticks", "no topics yet: run argos topics ensure"));
      }
      int count = consumer.partitionsFor(topic).size();
      Duration silence =
          longer(links.config().streams().tick().multipliedBy(10), LEAST_TICK_SILENCE);
      Instant now = InstantSource.system().instant();
      Map<TopicPartition, Long> since = new HashMap<>();
      IntStream.range(0, count)
          .forEach(partition ->
              since.put(new TopicPartition(topic, partition), now.minus(silence).toEpochMilli()));
      long still =
          consumer.offsetsForTimes(since).values().stream()
              .filter(java.util.Objects::isNull)
              .count();
      return List.of(ticks(count, still, silence));
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  static Result ticks(int partitions, long still, Duration silence) {
    return still == 0
        ? Result.ok(GROUP, "ticks", "advance in all %d partitions".formatted(partitions))
        : Result.fail(
            GROUP,
            "ticks",
            "none for %s in %d of %d partitions: states stand still; is there a resource-manager?"
                .formatted(Durations.format(silence), still, partitions));
  }

  private List<Result> topologies() throws Exception {
    List<Result> results = new ArrayList<>();
    try (Admin admin = links.admin();
        Consumer<byte[], byte[]> consumer = links.consumer()) {
      for (String name :
          List.of(ResourcesTopology.NAME, MetricsTopology.NAME, NodesTopology.NAME)) {
        String group = TopologySettings.applicationId(links.config().prefix(), name);
        var described = new JobGroups(admin).describe(group);
        if (described.isEmpty() || described.get().members().isEmpty()) {
          results.add(topology(name, 0, 0));
          continue;
        }
        Map<TopicPartition, Long> committed = new HashMap<>();
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get()
            .forEach((place, offset) -> {
              if (offset != null) {
                committed.put(place, offset.offset());
              }
            });
        Map<TopicPartition, Long> ends = consumer.endOffsets(committed.keySet());
        long lag =
            committed.entrySet().stream()
                .mapToLong(read -> ends.getOrDefault(read.getKey(), 0L) - read.getValue())
                .max()
                .orElse(0);
        results.add(topology(name, described.get().members().size(), lag));
      }
    }
    return results;
  }

  static Result topology(String name, int members, long lag) {
    String whole = "topology " + name;
    if (members == 0) {
      return Result.fail(GROUP, whole, "nobody runs it: start argos resource-manager");
    }
    String text =
        "%d %s, %d records behind in the fullest partition"
            .formatted(members, members == 1 ? "thread" : "threads", lag);
    return lag > LAG
        ? Result.warn(GROUP, whole, text + ": states are late while it catches up")
        : Result.ok(GROUP, whole, text);
  }

  private List<Result> jobs() {
    Instant now = InstantSource.system().instant();
    try (Consumer<byte[], byte[]> consumer = links.consumer()) {
      if (!consumer.listTopics().containsKey(links.topics().outcomes())) {
        return List.of(Result.fail(GROUP, "jobs", "no topics yet: run argos topics ensure"));
      }
      AuditReport report =
          new AuditedTopics(
                  consumer, links.registry(), links.topics(), links.zones(), (_, _, _) -> {})
              .audit(
                  JobAudit.Scope.between(now.minus(AUDITED), now),
                  new PlannedTargets(links.config()),
                  now,
                  1);
      long due = report.lines().stream().mapToLong(line -> line.due()).sum();
      return List.of(jobs(due, report.missed(), report.doubled()));
    }
  }

  static Result jobs(long due, long missed, long doubled) {
    String text =
        "of %d due within %s %d were missed and %d run twice"
            .formatted(due, Durations.format(AUDITED), missed, doubled);
    return missed + doubled == 0
        ? Result.ok(GROUP, "jobs", text)
        : Result.warn(GROUP, "jobs", text + ": argos jobs audit --since 10m names them");
  }
}
