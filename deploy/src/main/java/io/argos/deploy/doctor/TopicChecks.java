package io.argos.deploy.doctor;

import io.argos.deploy.topic.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/** Whether the topics are as they must be. */
final class TopicChecks {
  private static final String GROUP = "topics";
  private static final String MIN_ISR = "min.insync.replicas";

  private final Links links;

  TopicChecks(Links links) {
    this.links = links;
  }

  List<Check> all() {
    return List.of(new Check(GROUP, "topics", Set.of("kafka"), this::look));
  }

  private List<Result> look() throws Exception {
    try (Admin admin = links.admin()) {
      int brokers = admin.describeCluster().nodes().get().size();
      return judge(TopicState.of(admin, links.specs()), brokers);
    }
  }

  /** Presence, partitions, settings and replicas of all topics. */
  static List<Result> judge(List<TopicState> states, int brokers) {
    List<TopicState> there = states.stream().filter(state -> state.found().isPresent()).toList();
    if (there.isEmpty()) {
      return List.of(Result.fail(GROUP, "presence", "no topics yet: run argos topics ensure"));
    }
    List<Result> results = new ArrayList<>();
    List<String> missing =
        states.stream()
            .filter(state -> state.found().isEmpty())
            .map(state -> state.spec().name())
            .toList();
    results.add(
        missing.isEmpty()
            ? Result.ok(GROUP, "presence", "all %d are there".formatted(there.size()))
            : Result.fail(
                GROUP,
                "presence",
                "%s missing: run argos topics ensure".formatted(Some.of(missing))));
    List<String> partitions =
        there.stream()
            .filter(TopicState::wrongPartitions)
            .map(state -> state.spec().name() + " " + state.describe())
            .toList();
    results.add(
        partitions.isEmpty()
            ? Result.ok(GROUP, "partitions", "as topics.partitions says")
            : Result.fail(
                GROUP,
                "partitions",
                Some.of(partitions)
                    + ": correct topics.partitions, or begin anew under another prefix"));
    List<String> settings =
        there.stream()
            .filter(state -> !state.wrongConfigs().isEmpty())
            .map(state -> state.spec().name() + " " + state.wrongConfigs().keySet())
            .toList();
    results.add(
        settings.isEmpty()
            ? Result.ok(GROUP, "settings", "cleanup, retention and times as specified")
            : Result.warn(
                GROUP, "settings", Some.of(settings) + " differ: argos topics ensure mends them"));
    results.add(replicas(there, brokers));
    return results;
  }

  private static Result replicas(List<TopicState> there, int brokers) {
    List<String> unwritable = new ArrayList<>();
    List<String> tight = new ArrayList<>();
    List<String> single = new ArrayList<>();
    List<String> unsure = new ArrayList<>();
    for (TopicState state : there) {
      TopicState.Found found = state.found().orElseThrow();
      int least = Integer.parseInt(found.configs().getOrDefault(MIN_ISR, "1"));
      String name = state.spec().name();
      if (least > found.replicas()) {
        unwritable.add(name);
      } else if (found.replicas() == 1) {
        single.add(name);
      } else if (least == found.replicas()) {
        tight.add(name);
      } else if (least == 1) {
        unsure.add(name);
      }
    }
    if (!unwritable.isEmpty()) {
      return replicas(
          Result.Verdict.FAIL,
          "%s want more replicas in step than they have: nothing can be written",
          unwritable);
    }
    if (!single.isEmpty() && brokers > 1) {
      return replicas(
          Result.Verdict.WARN,
          "%s have one replica: a broker's death stops them, its disk's loses them",
          single);
    }
    if (!tight.isEmpty()) {
      return replicas(
          Result.Verdict.WARN, "%s need all replicas in step: one broker away stops them", tight);
    }
    if (!unsure.isEmpty()) {
      return replicas(
          Result.Verdict.WARN,
          "%s take a write with one replica in step: set min.insync.replicas to 2",
          unsure);
    }
    return Result.ok(
        GROUP,
        "replicas",
        brokers == 1
            ? "one, on a single broker: what it acknowledged outlives its process, not its disk"
            : "more than are needed in step");
  }

  private static Result replicas(Result.Verdict verdict, String sentence, List<String> names) {
    return new Result(GROUP, "replicas", verdict, sentence.formatted(Some.of(names)));
  }
}
