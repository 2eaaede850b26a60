package io.argos.manager.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One topology at work, with threads of its own. Safe for use by any thread. */
public final class RunningTopology implements AutoCloseable {
  /** How long {@link #close} may take. */
  public static final Duration CLOSE = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(RunningTopology.class);

  private final String name;
  private final KafkaStreams streams;

  private RunningTopology(String name, KafkaStreams streams) {
    this.name = name;
    this.streams = streams;
  }

  /**
   * Starts a topology; returns before it runs.
   *
   * @param name its name
   * @param topology what it does
   * @param properties settings under which it was built
   * @param clock the time, for counting deaths of threads
   */
  public static RunningTopology start(
      String name, Topology topology, Map<String, Object> properties, InstantSource clock) {
    KafkaStreams streams = new KafkaStreams(topology, new StreamsConfig(properties));
    ThreadDeaths deaths = new ThreadDeaths(clock);
    streams.setUncaughtExceptionHandler(failure -> {
      boolean bearable = deaths.note();
      log.error(
          "a thread of a topology died topology={} next={}",
          name,
          bearable ? "a new thread" : "the topology ends",
          failure);
      return bearable
          ? StreamThreadExceptionResponse.REPLACE_THREAD
          : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    });
    streams.setStateListener(
        (now, before) -> log.info("topology={} state={} before={}", name, now, before));
    streams.start();
    return new RunningTopology(name, streams);
  }

  /** Name of the topology. */
  public String name() {
    return name;
  }

  /** Why it does not run at this moment; empty when it does. */
  public Optional<String> notRunning() {
    KafkaStreams.State state = streams.state();
    return state == KafkaStreams.State.RUNNING ? Optional.empty() : Optional.of("it is " + state);
  }

  /** Why it will never run again; empty while it may. */
  public Optional<String> ended() {
    return switch (streams.state()) {
      case ERROR, PENDING_ERROR, NOT_RUNNING, PENDING_SHUTDOWN ->
          Optional.of("topology " + name + " is " + streams.state());
      case CREATED, REBALANCING, RUNNING -> Optional.empty();
    };
  }

  /** Records that wait to be read, as far as the consumers know. */
  public double lag() {
    return streams.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("records-lag-max"))
        .map(metric -> metric.getValue().metricValue())
        .filter(Double.class::isInstance)
        .mapToDouble(Double.class::cast)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }

  /** Stops, and leaves the group at once: others need not wait until the session has ended. */
  @Override
  public void close() {
    boolean closed =
        streams.close(
            CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE));
    if (!closed) {
      log.warn("a topology did not end in time topology={} bound={}", name, CLOSE);
    }
  }
}
