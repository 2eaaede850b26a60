package io.argos.deploy.doctor;

import io.argos.deploy.topic.Snapshot;
import io.argos.runtime.zookeeper.ZooKeeperClient;
import io.argos.schemas.Epoch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.apache.kafka.clients.consumer.Consumer;

/** Whether each stage has a leader, and ZooKeeper and the log agree about its epoch. */
final class LeaderChecks {
  private static final String GROUP = "leaders";
  private static final List<String> STAGES =
      List.of("discovery", "enrichment", "polling", "resource-manager");

  private final Links links;

  LeaderChecks(Links links) {
    this.links = links;
  }

  /**
   * What ZooKeeper says of a stage.
   *
   * @param queue who stands for the leadership, the leader first
   * @param epoch the epoch; empty when there was none yet
   */
  record Seat(List<String> queue, Optional<Long> epoch) {
    Seat {
      queue = List.copyOf(queue);
    }
  }

  List<Check> all() {
    return List.of(
        new Check(GROUP, "leaders", Set.of("kafka", "zookeeper", "registry"), this::look));
  }

  private List<Result> look() throws Exception {
    Map<String, Epoch> logged;
    try (Consumer<byte[], byte[]> consumer = links.consumer()) {
      logged =
          consumer.listTopics().containsKey(links.topics().epochs())
              ? Snapshot.read(
                      consumer,
                      links.registry(),
                      links.topics().epochs(),
                      Epoch.class,
                      Optional.empty())
                  .records()
              : Map.of();
    }
    List<Result> results = new ArrayList<>();
    try (ZooKeeperClient client = ZooKeeperClient.start(links.config().zookeeper())) {
      if (!client.awaitConnected(links.config().zookeeper().connectionTimeout())) {
        return List.of(Result.fail(GROUP, "leaders", "ZooKeeper gives no session"));
      }
      for (String stage : STAGES) {
        String path = "/" + links.config().prefix() + "/" + stage;
        results.add(
            judge(stage, seat(client.curator(), path), Optional.ofNullable(logged.get(stage))));
      }
    }
    return results;
  }

  private static Seat seat(CuratorFramework curator, String path) throws Exception {
    List<String> queue = new ArrayList<>();
    if (curator.checkExists().forPath(path + "/leader") != null) {
      List<String> nodes =
          curator.getChildren().forPath(path + "/leader").stream()
              .sorted(Comparator.comparing(node -> node.substring(node.lastIndexOf('-') + 1)))
              .toList();
      for (String node : nodes) {
        queue.add(
            new String(
                curator.getData().forPath(path + "/leader/" + node), StandardCharsets.UTF_8));
      }
    }
    if (curator.checkExists().forPath(path + "/epoch") == null) {
      return new Seat(queue, Optional.empty());
    }
    String text = new String(curator.getData().forPath(path + "/epoch"), StandardCharsets.US_ASCII);
    return new Seat(
        queue, text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty());
  }

  static Result judge(String stage, Seat seat, Optional<Epoch> logged) {
    if (seat.queue().isEmpty()) {
      return Result.fail(GROUP, stage, "nobody stands for the leadership: start argos " + stage);
    }
    String leader = seat.queue().getFirst();
    if (logged.isEmpty() || seat.epoch().isEmpty()) {
      return Result.warn(
          GROUP, stage, "%s was elected and has taken no epoch yet".formatted(leader));
    }
    long told = logged.get().getEpoch();
    long kept = seat.epoch().get();
    String text =
        "%s leads under epoch %d, %d stand by".formatted(leader, told, seat.queue().size() - 1);
    if (kept != told) {
      return Result.warn(
          GROUP,
          stage,
          "ZooKeeper says epoch %d, the topic epochs %d: leadership is changing hands; look again"
              .formatted(kept, told));
    }
    return leader.equals(logged.get().getLeader())
        ? Result.ok(GROUP, stage, text)
        : Result.warn(
            GROUP,
            stage,
            "%s is first in line and %s has the epoch: leadership is changing hands; look again"
                .formatted(leader, logged.get().getLeader()));
  }
}
