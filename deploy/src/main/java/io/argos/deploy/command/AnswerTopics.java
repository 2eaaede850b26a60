package io.argos.deploy.command;

import io.argos.deploy.topic.Cluster;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.topic.ResourcePartitioner;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where jobs and outcomes of one resource appear, read from the moment this was opened. */
final class AnswerTopics implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final String outcomesTopic;
  private final RecordReader<Job> jobs;
  private final RecordReader<Outcome> outcomes;

  private AnswerTopics(Cluster cluster) {
    this.consumer = cluster.consumer();
    this.outcomesTopic = cluster.names().outcomes();
    this.jobs = new RecordReader<>(cluster.registry(), Job.class);
    this.outcomes = new RecordReader<>(cluster.registry(), Outcome.class);
  }

  /** Stands at the end of the topics, so that all that comes from now on is read. */
  static AnswerTopics open(
      Cluster cluster, String stage, Collection<String> zones, String resource) {
    AnswerTopics topics = new AnswerTopics(cluster);
    Set<String> names = new LinkedHashSet<>();
    names.add(topics.outcomesTopic);
    Set<String> existing = topics.consumer.listTopics().keySet();
    zones.stream()
        .map(zone -> cluster.names().jobs(stage, zone))
        .filter(existing::contains)
        .forEach(names::add);
    List<TopicPartition> partitions =
        names.stream()
            .map(name ->
                new TopicPartition(
                    name,
                    ResourcePartitioner.partitionOf(
                        resource, topics.consumer.partitionsFor(name).size())))
            .toList();
    topics.consumer.assign(partitions);
    topics.consumer.endOffsets(partitions).forEach(topics.consumer::seek);
    return topics;
  }

  /** Waits a moment for what comes next. */
  void read(ForcedRun run) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.value() == null) {
        continue;
      }
      if (record.topic().equals(outcomesTopic)) {
        if (outcomes.read(record.value()) instanceof Decoded.Value<Outcome>(var outcome)) {
          run.ended(outcome);
        }
      } else if (jobs.read(record.value()) instanceof Decoded.Value<Job>(var job)) {
        run.emitted(job);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
