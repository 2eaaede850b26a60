package io.argos.runtime.startup;

import io.argos.runtime.kafka.KafkaClients;
import io.argos.schemas.topic.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Every topic is there with its count of partitions, for that count decides where keys go. */
final class TopicsPresent implements Requirement {
  private static final int NAMED = 3;

  private final KafkaClients clients;
  private final List<TopicSpec> topics;

  TopicsPresent(KafkaClients clients, List<TopicSpec> topics) {
    this.clients = clients;
    this.topics = List.copyOf(topics);
  }

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public String place() {
    return "";
  }

  @Override
  public Optional<String> missing() throws InterruptedException {
    return KafkaReachable.asked(clients, this::compare);
  }

  private Optional<String> compare(Admin admin) throws ExecutionException, InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> found =
        admin.describeTopics(topics.stream().map(TopicSpec::name).toList()).topicNameValues();
    List<String> problems = new ArrayList<>();
    for (TopicSpec topic : topics) {
      KafkaFuture<TopicDescription> description = found.get(topic.name());
      if (description == null) {
        problems.add("topic " + topic.name() + " is not there");
        continue;
      }
      try {
        int partitions = description.get().partitions().size();
        if (partitions != topic.partitions()) {
          problems.add(
              "topic %s has %d partitions instead of %d"
                  .formatted(topic.name(), partitions, topic.partitions()));
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        problems.add("topic " + topic.name() + " is not there");
      }
    }
    return sentence(problems);
  }

  /** The first few problems, and what to do. */
  static Optional<String> sentence(List<String> problems) {
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    int more = problems.size() - NAMED;
    String named = String.join(", ", problems.subList(0, Math.min(NAMED, problems.size())));
    return Optional.of(
        "%s%s: run argos topics ensure".formatted(named, more > 0 ? " and " + more + " more" : ""));
  }
}
