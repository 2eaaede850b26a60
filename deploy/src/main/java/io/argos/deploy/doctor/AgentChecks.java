package io.argos.deploy.doctor;

import io.argos.config.ArgosConfig;
import io.argos.deploy.audit.PlannedTargets;
import io.argos.deploy.explain.JobGroups;
import io.argos.deploy.topic.Snapshot;
import io.argos.deploy.topic.TopicTail;
import io.argos.deploy.worker.Worker;
import io.argos.deploy.worker.Workers;
import io.argos.deploy.worker.ZoneLoad;
import io.argos.runtime.schedule.Timing;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Whether each stage and zone has agents, and enough of them. */
final class AgentChecks {
  private static final String GROUP = "agents";
  private static final int LEAST_PILE = 20;
  private static final double PILE_SECONDS = 5;

  private final Links links;

  AgentChecks(Links links) {
    this.links = links;
  }

  List<Check> all() {
    Set<String> needs = Set.of("kafka", "registry");
    return List.of(
        new Check(GROUP, "load", needs, this::load),
        new Check(GROUP, "partitions", Set.of("kafka"), this::partitions));
  }

  private List<Result> load() {
    ArgosConfig config = links.config();
    PlannedTargets targets = new PlannedTargets(config);
    Map<Workers.Place, Double> due = new HashMap<>();
    targets.sources().forEach(target -> add(due, target));
    Workers workers = new Workers();
    try (Consumer<byte[], byte[]> consumer = links.consumer()) {
      Set<String> topics = consumer.listTopics().keySet();
      if (!topics.contains(links.topics().heartbeats())
          || !topics.contains(links.topics().resources())) {
        return List.of(Result.fail(GROUP, "load", "no topics yet: run argos topics ensure"));
      }
      Snapshot.read(
              consumer,
              links.registry(),
              links.topics().resources(),
              Resource.class,
              Optional.empty())
          .records()
          .values()
          .forEach(resource -> targets.of(resource).forEach(target -> add(due, target)));
      var reader = new RecordReader<>(links.registry(), Heartbeat.class);
      TopicTail.read(
          consumer,
          new TopicTail.Request(
              links.topics().heartbeats(),
              Optional.empty(),
              false,
              true,
              false,
              OptionalLong.empty()),
          record -> {
            if (record.value() != null
                && reader.read(record.value()) instanceof Decoded.Value<Heartbeat>(var beat)) {
              workers.heard(beat, Instant.ofEpochMilli(record.timestamp()));
            }
            return true;
          },
          () -> {});
    }
    List<Worker> now =
        workers.at(InstantSource.system().instant(), config.schedule().agentSilence());
    return judge(now, Workers.loads(now, due));
  }

  private static void add(Map<Workers.Place, Double> due, PlannedTargets.PlannedTarget target) {
    double perSecond =
        switch (target.timing()) {
          case Timing.Every(var interval) -> 1_000.0 / interval.toMillis();
          case Timing.Cron _ -> 0;
        };
    due.merge(new Workers.Place(target.key().stage(), target.zone()), perSecond, Double::sum);
  }

  static List<Result> judge(List<Worker> workers, List<ZoneLoad> loads) {
    if (workers.isEmpty()) {
      return List.of(
          Result.fail(GROUP, "load", "no heartbeat within the last hour: start the services"));
    }
    List<Result> results = new ArrayList<>();
    loads.forEach(load -> results.add(judge(load)));
    for (Worker worker : workers) {
      String name = worker.said().getInstance();
      switch (worker.standing()) {
        case UNREADY ->
            results.add(
                Result.warn(GROUP, name, "is not ready: its /health/ready says what it waits for"));
        case BLOCKED ->
            results.add(
                Result.fail(GROUP, name, "starts nothing, since its results cannot be sent"));
        case READY, SILENT -> {
          // Those that left are heard of no more, and their zone tells whether they are missed.
        }
      }
    }
    return results;
  }

  private static Result judge(ZoneLoad load) {
    String name = load.stage() + " in " + load.zone();
    if (load.ready() == 0) {
      return load.duePerSecond() > 0
          ? Result.fail(
              GROUP,
              name,
              "no agent is ready: start argos %s with instance.zone=%s"
                  .formatted(load.stage(), load.zone()))
          : Result.warn(GROUP, name, "no agent is ready, and nothing is due there");
    }
    String text =
        String.format(
            Locale.ROOT,
            "%d ready, %.1f of %d permits needed, %d late",
            load.ready(),
            load.demand(),
            load.capacity(),
            load.late());
    if (load.shortBy() > 0) {
      return Result.warn(
          GROUP,
          name,
          String.format(
              Locale.ROOT,
              "%s: short by %.1f; add agents, or raise agent.permits",
              text,
              load.shortBy()));
    }
    return load.late() > Math.max(LEAST_PILE, load.duePerSecond() * PILE_SECONDS)
        ? Result.warn(GROUP, name, text + ": they pile up; add agents")
        : Result.ok(GROUP, name, text);
  }

  private List<Result> partitions() throws Exception {
    List<Result> results = new ArrayList<>();
    try (Admin admin = links.admin()) {
      Set<String> existing = admin.listTopics().names().get();
      for (String stage : List.of("discovery", "enrichment", "polling")) {
        for (String zone : links.zones()) {
          String topic = links.topics().jobs(stage, zone);
          if (existing.contains(topic)) {
            Set<Integer> owned = new HashSet<>();
            new JobGroups(admin)
                .describe(links.config().prefix() + '.' + stage + '.' + zone)
                .ifPresent(group ->
                    group
                        .members()
                        .forEach(member ->
                            member.assignment().topicPartitions().stream()
                                .filter(place -> place.topic().equals(topic))
                                .map(TopicPartition::partition)
                                .forEach(owned::add)));
            int count =
                admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .mapToInt(description -> description.partitions().size())
                    .sum();
            results.add(owned(stage, zone, owned, count));
          }
        }
      }
    }
    return results.isEmpty()
        ? List.of(Result.fail(GROUP, "partitions", "no topics yet: run argos topics ensure"))
        : results;
  }

  static Result owned(String stage, String zone, Set<Integer> owned, int count) {
    String name = "partitions of %s in %s".formatted(stage, zone);
    int without = count - owned.size();
    return without == 0
        ? Result.ok(GROUP, name, "all %d have an agent".formatted(count))
        : Result.fail(
            GROUP,
            name,
            "%d of %d have no agent: start argos %s with instance.zone=%s, or look again if one just came or went"
                .formatted(without, count, stage, zone));
  }
}
