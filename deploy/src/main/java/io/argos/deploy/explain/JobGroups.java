package io.argos.deploy.explain;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks the broker who reads jobs, and how far. */
public final class JobGroups {
  private final Admin admin;

  public JobGroups(Admin admin) {
    this.admin = admin;
  }

  /** Who owns a partition of jobs. */
  public Dossier.Place place(String topic, int partition, String group)
      throws ExecutionException, InterruptedException {
    TopicPartition place = new TopicPartition(topic, partition);
    Optional<ConsumerGroupDescription> described = describe(group);
    Optional<String> owner =
        described.flatMap(members ->
            members.members().stream()
                .filter(member -> member.assignment().topicPartitions().contains(place))
                .map(MemberDescription::clientId)
                .findFirst());
    return new Dossier.Place(
        topic,
        partition,
        group,
        owner,
        committed(group, place),
        described
            .map(members ->
                members.members().stream()
                    .map(MemberDescription::clientId)
                    .collect(Collectors.toUnmodifiableSet()))
            .orElse(java.util.Set.of()));
  }

  /** A group; empty when nobody ever was in it. */
  public Optional<ConsumerGroupDescription> describe(String group)
      throws ExecutionException, InterruptedException {
    try {
      return Optional.ofNullable(
          admin.describeConsumerGroups(java.util.List.of(group)).all().get().get(group));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private long committed(String group, TopicPartition place)
      throws ExecutionException, InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      OffsetAndMetadata offset = offsets.get(place);
      return offset == null ? -1 : offset.offset();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return -1;
      }
      throw e;
    }
  }
}
