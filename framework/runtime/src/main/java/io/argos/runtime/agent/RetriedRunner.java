package io.argos.runtime.agent;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Job;
import io.argos.schemas.Request;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.serde.SchemaIds;
import io.argos.spi.Cause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of a stage whose intervals are long, and asks the stage's leader for a retry, after
 * a while, of those that failed for a cause of ours: the secret was not there, or the registry. Not
 * for polls, whose next slot is the retry. Safe for use by any thread.
 */
public final class RetriedRunner implements JobRunner, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RetriedRunner.class);
  private static final String REGISTRY = "registry";
  private static final Set<String> OURS = Set.of(Cause.SECRET.word(), REGISTRY);

  private final JobRunner runner;
  private final ResultProducer results;
  private final RecordWriter<Request> writer;
  private final String topic;
  private final EarlyRetries retries;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("argos-retries").factory());

  /**
   * A runner around another.
   *
   * @param topic topic of the requests
   */
  public RetriedRunner(
      JobRunner runner,
      ResultProducer results,
      SchemaIds schemas,
      String topic,
      InstantSource clock) {
    this.runner = runner;
    this.results = results;
    this.writer = new RecordWriter<>(schemas, topic, Request.class);
    this.topic = topic;
    this.retries =
        new EarlyRetries(results.source(), clock, () -> ThreadLocalRandom.current().nextDouble());
  }

  @Override
  public PermitClass permitClass(Job job) {
    return runner.permitClass(job);
  }

  @Override
  public JobEnd run(Job job, JobSession session) throws InterruptedException {
    JobEnd end;
    try {
      end = runner.run(job, session);
    } catch (SchemaException e) {
      end = JobEnd.failed(REGISTRY, "the schema registry: " + e.getMessage());
    }
    if (OURS.contains(end.cause())) {
      retries.failed(job).ifPresent(retry -> ask(retry.request(), retry.after()));
    } else {
      retries.fine(job);
    }
    return end;
  }

  private void ask(Request request, Duration after) {
    log.debug(
        "retry to come plugin={} resource={} after={}",
        request.getPlugin(),
        request.getResourceId(),
        after);
    try {
      var _ = later.schedule(() -> send(request), after.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("no retry, the process stops resource={}", request.getResourceId());
    }
  }

  private void send(Request request) {
    try {
      var _ =
          results.send(
              results.record(
                  topic,
                  request.getResourceId(),
                  writer.write(request),
                  request.getRequestId(),
                  "Request",
                  request.getAt()));
    } catch (SchemaException e) {
      // The registry is still away: its next slot will have to do.
      log.debug("retry not asked for resource={}", request.getResourceId(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks for no more. */
  @Override
  public void close() {
    later.shutdownNow();
  }
}
