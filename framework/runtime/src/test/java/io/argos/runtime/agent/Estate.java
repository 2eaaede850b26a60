package io.argos.runtime.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.argos.config.AgentConfig;
import io.argos.config.KafkaConfig;
import io.argos.config.TlsConfig;
import io.argos.runtime.kafka.DeadLetters;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.kafka.NewTopics;
import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.TopicSpec;
import io.argos.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Topics, jobs and agents of one test on a real broker, and what became of them. */
final class Estate implements AutoCloseable {
  static final Duration SESSION = Duration.ofMillis(1_500);
  private static final int PARTITIONS = 12;

  final Topics topics;
  final LocalSchemas schemas = new LocalSchemas();
  final KafkaClients clients;
  private final Admin admin;
  private final Producer<byte[], byte[]> scheduler;
  private final RecordWriter<Job> writer;
  private final RecordReader<Outcome> reader = new RecordReader<>(schemas, Outcome.class);
  private final List<Member> members = new ArrayList<>();

  /** How often each job was begun, over all agents. */
  final ConcurrentMap<String, Integer> begun = new ConcurrentHashMap<>();

  /** One agent with clients of its own. */
  final class Member implements AutoCloseable {
    final Mortal mortal = new Mortal();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ResultProducer results;
    final Agent agent;

    private Member(
        String name, JobRunner runner, AgentConfig config, JobGate gate, InstantSource clock) {
      results =
          new ResultProducer(
              mortal.producer(clients.producer(Map.of("buffer.memory", 8 << 20))),
              name,
              8 << 20,
              meters);
      DeadLetters dead = new DeadLetters(scheduler, meters, InstantSource.system());
      agent =
          new Agent(
              new AgentSpec(name, "polling", "main", topics, config, SESSION),
              new AgentLinks(
                  (group, overrides) -> mortal.consumer(clients.consumer(group, overrides)),
                  () -> mortal.consumer(clients.consumer()),
                  results,
                  schemas,
                  dead::send,
                  meters,
                  clock),
              (job, session) -> {
                mortal.live();
                begun.merge(job.getJobId(), 1, Integer::sum);
                JobEnd end = runner.run(job, session);
                mortal.live();
                return end;
              },
              gate);
      agent.start();
    }

    /** It dies without a word. */
    void kill() {
      mortal.kill();
    }

    @Override
    public void close() {
      mortal.bury();
      agent.close();
      results.close();
    }
  }

  Estate(String bootstrap, String prefix) throws Exception {
    topics = new Topics(prefix);
    clients =
        new KafkaClients(
            new KafkaConfig(
                List.of(bootstrap),
                new TlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SESSION,
                Duration.ofMinutes(2),
                Map.of()),
            prefix);
    admin = clients.admin();
    scheduler = clients.producer();
    writer = new RecordWriter<>(schemas, jobs(), Job.class);
    List<NewTopic> made = new ArrayList<>();
    for (TopicSpec spec : topics.specs(PARTITIONS, Set.of("main"))) {
      made.add(
          new NewTopic(spec.name(), spec.partitions(), (short) 1)
              .configs(
                  Map.of(
                      "message.timestamp.type",
                      spec.brokerTime() ? "LogAppendTime" : "CreateTime")));
    }
    NewTopics.create(admin, made);
  }

  String jobs() {
    return topics.jobs("polling", "main");
  }

  static AgentConfig config() {
    return committingEvery(Duration.ofMillis(200));
  }

  static AgentConfig committingEvery(Duration commitEvery) {
    return new AgentConfig(
        64,
        1,
        100_000,
        Duration.ofSeconds(1),
        3,
        Duration.ofMinutes(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        commitEvery,
        Duration.ofSeconds(10));
  }

  Member join(String name, JobRunner runner) {
    return join(name, runner, config());
  }

  Member join(String name, JobRunner runner, AgentConfig config) {
    return join(name, runner, config, _ -> new Readiness.Ready(), InstantSource.system());
  }

  Member join(
      String name, JobRunner runner, AgentConfig config, JobGate gate, InstantSource clock) {
    Member member = new Member(name, runner, config, gate, clock);
    members.add(member);
    return member;
  }

  /** Emits a job, as a leader would. */
  Job emit(TestJobs job) {
    Job record = job.job();
    scheduler.send(
        new ProducerRecord<>(jobs(), record.getResourceId().getBytes(UTF_8), writer.write(record)));
    return record;
  }

  /** Waits until all that was emitted is in the log. */
  void flush() {
    scheduler.flush();
  }

  /** Emits all slots of some devices from then on, spread over their interval. */
  List<Job> emitSlots(int devices, int slots, Duration interval, Instant from) {
    List<Job> emitted = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      for (int device = 0; device < devices; device++) {
        Duration after =
            interval.multipliedBy(slot).plus(interval.multipliedBy(device).dividedBy(devices));
        emitted.add(
            emit(
                TestJobs.of("s" + device % 3 + "/d" + device)
                    .dueAt(Instant.ofEpochMilli(from.plus(after).toEpochMilli()))
                    .interval(interval)));
      }
    }
    scheduler.flush();
    return emitted;
  }

  /** Emits one slot of each device from now on, spread over that time; there is a minute for it. */
  List<Job> emitOnce(int devices, Duration spread) {
    Instant from = Instant.now();
    List<Job> emitted = new ArrayList<>();
    for (int device = 0; device < devices; device++) {
      Duration after = spread.multipliedBy(device).dividedBy(devices);
      emitted.add(
          emit(
              TestJobs.of("s" + device % 3 + "/d" + device)
                  .dueAt(Instant.ofEpochMilli(from.plus(after).toEpochMilli()))));
    }
    scheduler.flush();
    return emitted;
  }

  /** All outcomes so far, by job. */
  Map<String, List<Outcome>> outcomes() {
    Map<String, List<Outcome>> byJob = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : all(topics.outcomes())) {
      if (reader.read(record.value()) instanceof Decoded.Value<Outcome>(var outcome)) {
        byJob.computeIfAbsent(outcome.getJobId(), _ -> new ArrayList<>()).add(outcome);
      }
    }
    return byJob;
  }

  /** How many of the jobs have an outcome of that status. */
  long ended(List<Job> jobs, OutcomeStatus status) {
    Map<String, List<Outcome>> outcomes = outcomes();
    return jobs.stream()
        .filter(job ->
            outcomes.getOrDefault(job.getJobId(), List.of()).stream()
                .anyMatch(outcome -> outcome.getStatus() == status))
        .count();
  }

  /** All records of a topic. */
  List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Jobs not yet committed, over all partitions. */
  long lag() throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      asked.put(new TopicPartition(jobs(), partition), OffsetSpec.latest());
    }
    var ends = admin.listOffsets(asked).all().get();
    var committed =
        admin
            .listConsumerGroupOffsets(topics.prefix() + ".polling.main")
            .partitionsToOffsetAndMetadata()
            .get();
    long lag = 0;
    for (var end : ends.entrySet()) {
      var offset = committed.get(end.getKey());
      lag += end.getValue().offset() - (offset == null ? 0 : offset.offset());
    }
    return lag;
  }

  @Override
  public void close() {
    members.forEach(Member::close);
    scheduler.close();
    admin.close();
  }
}
