package io.argos.deploy.faults.cluster;

import io.argos.config.ArgosConfig;
import io.argos.deploy.faults.ledger.Emitted;
import io.argos.deploy.faults.ledger.Ended;
import io.argos.deploy.faults.ledger.Taken;
import io.argos.deploy.process.TopicReader;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.startup.Requirements;
import io.argos.schemas.Epoch;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.PollResult;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the ledgers of the polling stage that are topics. For one thread. */
final class LedgerReader implements AutoCloseable {
  private static final String STAGE = "polling";

  private final RegistryClient registry;
  private final TopicReader<Job> jobTopic;
  private final TopicReader<Outcome> outcomeTopic;
  private final TopicReader<PollResult> pollTopic;
  private final TopicReader<Epoch> epochTopic;
  private final List<Emitted> jobs = new ArrayList<>();
  private final List<Ended> outcomes = new ArrayList<>();
  private final Set<String> polls = new HashSet<>();
  private final List<Taken> epochs = new ArrayList<>();

  LedgerReader(ArgosConfig config) {
    Topics topics = new Topics(config.prefix());
    KafkaClients kafka = new KafkaClients(config.kafka(), "ledger");
    this.registry = Requirements.registryClient(config.registry());
    this.jobTopic = new TopicReader<>(kafka, registry, topics.jobs(STAGE, "main"), Job.class);
    this.outcomeTopic = new TopicReader<>(kafka, registry, topics.outcomes(), Outcome.class);
    this.pollTopic = new TopicReader<>(kafka, registry, topics.polls(), PollResult.class);
    this.epochTopic = new TopicReader<>(kafka, registry, topics.epochs(), Epoch.class);
  }

  /** Reads on to the ends; outcomes first, so that what they tell of is found in the others. */
  void read() {
    outcomeTopic
        .further()
        .forEach(entry ->
            entry
                .value()
                .filter(outcome -> outcome.getStage().equals(STAGE))
                .ifPresent(outcome -> outcomes.add(ended(outcome, entry.partition()))));
    pollTopic
        .further()
        .forEach(entry -> entry.value().ifPresent(poll -> polls.add(poll.getPollId())));
    jobTopic
        .further()
        .forEach(entry -> entry.value().ifPresent(job -> jobs.add(emitted(job, entry))));
    epochTopic
        .further()
        .forEach(entry ->
            entry
                .value()
                .filter(epoch -> epoch.getStage().equals(STAGE))
                .ifPresent(epoch ->
                    epochs.add(new Taken(epoch.getEpoch(), epoch.getLeader(), entry.at()))));
  }

  private static Emitted emitted(Job job, TopicReader.Entry<Job> entry) {
    return new Emitted(
        job.getJobId(),
        job.getResourceId(),
        job.getReason() == JobReason.SCHEDULED,
        job.getDueAt(),
        job.getEpoch(),
        entry.partition(),
        entry.offset(),
        entry.at());
  }

  private static Ended ended(Outcome outcome, int partition) {
    Instant startedAt = outcome.getStartedAt();
    return new Ended(
        outcome.getJobId(),
        outcome.getResourceId(),
        outcome.getReason() == JobReason.SCHEDULED,
        outcome.getDueAt(),
        outcome.getEpoch(),
        outcome.getAgent(),
        outcome.getStatus(),
        outcome.getCause(),
        startedAt != null,
        startedAt == null ? outcome.getDueAt() : startedAt,
        Duration.ofMillis(outcome.getDurationMillis()),
        partition);
  }

  List<Emitted> jobs() {
    return jobs;
  }

  List<Ended> outcomes() {
    return outcomes;
  }

  Set<String> polls() {
    return polls;
  }

  List<Taken> epochs() {
    return epochs;
  }

  @Override
  public void close() {
    List.of(jobTopic, outcomeTopic, pollTopic, epochTopic).forEach(TopicReader::close);
    registry.close();
  }
}
