package io.argos.runtime.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.argos.config.AgentConfig;
import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** An agent between Kafka's own mock consumer and producer, with its real threads. */
final class AgentFixture implements AutoCloseable {
  static final Duration SESSION = Duration.ofSeconds(3);
  static final Topics TOPICS = new Topics("argos");
  static final String JOBS = TOPICS.jobs("polling", "main");

  /** The mock consumer, which also tells its listener of lost partitions. */
  static final class Group extends MockConsumer<byte[], byte[]> {
    private volatile @Nullable ConsumerRebalanceListener listener;

    Group() {
      super("earliest");
    }

    private volatile boolean expelled;
    private volatile boolean refusing;
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong highestCommit = new AtomicLong();

    /** From now on the group knows this member no more. */
    void expel() {
      expelled = true;
    }

    /** The highest offset that was ever committed, 0 without any; also when it is closed. */
    long highestCommit() {
      return highestCommit.get();
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      if (expelled) {
        throw new CommitFailedException("not a member");
      }
      super.commitSync(offsets, timeout);
    }

    /** From now on commits fail, or do so no more. */
    void refuseCommits(boolean refuse) {
      refusing = refuse;
    }

    int refusedCommits() {
      return refused.get();
    }

    /** Where every commit of the mock ends. */
    @Override
    public synchronized void commitAsync(
        Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
      if (refusing && callback != null) {
        refused.incrementAndGet();
        callback.onComplete(offsets, new CommitFailedException("a stale member epoch"));
        return;
      }
      offsets.values().forEach(at -> highestCommit.accumulateAndGet(at.offset(), Math::max));
      super.commitAsync(offsets, callback);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener told) {
      listener = told;
      super.subscribe(topics, told);
    }
  }

  final LocalSchemas schemas = new LocalSchemas();
  volatile Group consumer = new Group();
  final MockProducer<byte[], byte[]> producer;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<String> dead = new CopyOnWriteArrayList<>();

  /** What former agents have done, in the order in which they have. */
  final List<Outcome> past = new CopyOnWriteArrayList<>();

  final Agent agent;
  private final ResultProducer results;
  private final RecordWriter<Job> writer = new RecordWriter<>(schemas, JOBS, Job.class);
  private final RecordReader<Outcome> reader = new RecordReader<>(schemas, Outcome.class);
  private final AtomicInteger offset = new AtomicInteger();
  private volatile Duration ahead = Duration.ZERO;

  static AgentConfig config() {
    return config(100, 1_000);
  }

  static AgentConfig config(int permits, int queue) {
    return config(permits, queue, Duration.ofMillis(200), Duration.ofMillis(500));
  }

  /** With moments for running jobs to end, after their deadlines and at the end of the agent. */
  static AgentConfig config(int permits, int queue, Duration leakAfter, Duration stopWait) {
    return new AgentConfig(
        permits,
        1,
        queue,
        leakAfter,
        1,
        Duration.ofMinutes(5),
        Duration.ofSeconds(2),
        stopWait,
        Duration.ofMillis(20),
        Duration.ofSeconds(10));
  }

  AgentFixture(JobRunner runner) {
    this(runner, _ -> new Readiness.Ready(), config(), true);
  }

  AgentFixture(JobRunner runner, JobGate gate, AgentConfig config, boolean acknowledge) {
    producer =
        new MockProducer<>(acknowledge, null, new ByteArraySerializer(), new ByteArraySerializer());
    results = new ResultProducer(producer, "agent-1", 1 << 20, meters);
    agent =
        new Agent(
            new AgentSpec("agent-1", "polling", "main", TOPICS, config, SESSION),
            new AgentLinks(
                (_, _) -> opened(),
                () -> new FormerAgents(past, schemas, TOPICS.outcomes()),
                results,
                schemas,
                (record, _, reason) -> {
                  dead.add(record.offset() + ": " + reason);
                  return CompletableFuture.completedFuture(null);
                },
                meters,
                () -> Instant.now().plus(ahead)),
            runner,
            gate);
  }

  /** Starts the agent with partition 0. */
  AgentFixture start() throws InterruptedException {
    consumer.updateBeginningOffsets(Map.of(partition(0), 0L, partition(1), 0L));
    agent.start();
    onPoll(() -> consumer.rebalance(List.of(partition(0))));
    return this;
  }

  /** The consumer; another one when the agent has closed it and wants one again. */
  private Group opened() {
    if (consumer.closed()) {
      Group next = new Group();
      next.updateBeginningOffsets(Map.of(partition(0), 0L, partition(1), 0L));
      consumer = next;
    }
    return consumer;
  }

  /** The agent's clock goes forward by as much at once. */
  void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  static TopicPartition partition(int number) {
    return new TopicPartition(JOBS, number);
  }

  /** Does something within the next poll, as the group would. */
  void onPoll(Runnable action) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    consumer.schedulePollTask(() -> {
      action.run();
      done.countDown();
    });
    done.await();
  }

  /** Stands still for a session within a poll, as a stopped process does. */
  static void standStill() {
    try {
      var _ = new CountDownLatch(1).await(SESSION.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How often the agent noticed such a gap. */
  double gaps() {
    return meters.counter("argos.agent.gaps", "stage", "polling", "zone", "main").count();
  }

  void lose() throws InterruptedException {
    ConsumerRebalanceListener told = consumer.listener;
    onPoll(() -> {
      if (told != null) {
        told.onPartitionsLost(Set.of(partition(0)));
      }
    });
  }

  void emit(TestJobs job) throws InterruptedException {
    onPoll(() -> add(job, Instant.now()));
  }

  /** A job that is in the log since then. */
  void emit(TestJobs job, Instant appendedAt) throws InterruptedException {
    onPoll(() -> add(job, appendedAt));
  }

  void emit(String key, byte[] value) throws InterruptedException {
    onPoll(() -> add(key, value, Instant.now()));
  }

  /** Adds a job to the log, where a poll is under way. */
  void add(TestJobs job, Instant appendedAt) {
    Job record = job.job();
    add(record.getResourceId(), writer.write(record), appendedAt);
  }

  private void add(String key, byte[] value, Instant appendedAt) {
    byte[] keyBytes = key.getBytes(UTF_8);
    consumer.addRecord(
        new ConsumerRecord<>(
            JOBS,
            0,
            offset.getAndIncrement(),
            appendedAt.toEpochMilli(),
            TimestampType.LOG_APPEND_TIME,
            keyBytes.length,
            value.length,
            keyBytes,
            value,
            new RecordHeaders(),
            Optional.empty()));
  }

  /** The outcomes sent so far, acknowledged or not. */
  List<Outcome> outcomes() {
    List<Outcome> outcomes = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : producer.history()) {
      if (record.topic().equals(TOPICS.outcomes())
          && reader.read(record.value()) instanceof Decoded.Value<Outcome>(var outcome)) {
        outcomes.add(outcome);
      }
    }
    return outcomes;
  }

  /** The one outcome of a resource. */
  Outcome outcome(String resource) {
    return outcomes().stream()
        .filter(outcome -> outcome.getResourceId().equals(resource))
        .findAny()
        .orElseThrow();
  }

  /** The committed offset of partition 0. */
  Optional<Long> committed() {
    return Optional.ofNullable(consumer.committed(Set.of(partition(0))).get(partition(0)))
        .map(OffsetAndMetadata::offset);
  }

  @Override
  public void close() {
    agent.close();
  }
}
