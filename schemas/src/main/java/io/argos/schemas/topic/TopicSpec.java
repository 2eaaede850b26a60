package io.argos.schemas.topic;

import io.argos.schemas.CheckResult;
import io.argos.schemas.Directive;
import io.argos.schemas.Discovery;
import io.argos.schemas.Epoch;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.PollResult;
import io.argos.schemas.Report;
import io.argos.schemas.Tick;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic as it must exist.
 *
 * @param name full name
 * @param key what the key is, in words
 * @param partitions count of partitions
 * @param cleanup how it is cleaned
 * @param retention how long records stay; empty for a compacted topic
 * @param record type of the values; empty for dead letters, whose values are what could not be read
 * @param writer who writes it
 * @param doc what it holds, in one sentence
 */
public record TopicSpec(
    String name,
    String key,
    int partitions,
    Cleanup cleanup,
    Optional<Duration> retention,
    Optional<Class<? extends SpecificRecord>> record,
    String writer,
    String doc) {

  /**
   * Records whose time must be the broker's: takeovers are told from what came before them by time,
   * instances compare their clocks with it, and topologies take it for the time of the log, against
   * which they hold what agents and people say.
   */
  private static final Set<Class<?>> BROKER_TIMED =
      Set.of(
          Job.class,
          Epoch.class,
          Heartbeat.class,
          Discovery.class,
          Outcome.class,
          PollResult.class,
          CheckResult.class,
          Report.class,
          Directive.class,
          Tick.class);

  /** Whether the broker dates the records, when it appends them, and not their writers. */
  public boolean brokerTime() {
    return record.filter(BROKER_TIMED::contains).isPresent();
  }
}
