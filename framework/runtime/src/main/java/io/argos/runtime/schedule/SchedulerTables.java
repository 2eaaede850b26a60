package io.argos.runtime.schedule;

import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.Directive;
import io.argos.schemas.Epoch;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.serde.RecordReader;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a scheduler must know of the log beside its targets, kept by every instance so that a
 * takeover has nothing to load. Safe for use by any thread.
 */
final class SchedulerTables implements AutoCloseable {

  private final CompactedTable<Checkpoint> checkpoints;
  private final CompactedTable<Epoch> epochs;
  private final CompactedTable<Heartbeat> heartbeats;
  private final CompactedTable<Directive> directives;
  private final List<CompactedTable<?>> all;

  SchedulerTables(String stage, SchedulerLinks links) {
    String reader = stage + "-scheduler";
    this.checkpoints = table(links, reader, links.topics().checkpoints(), Checkpoint.class);
    this.epochs = table(links, reader, links.topics().epochs(), Epoch.class);
    this.heartbeats = table(links, reader, links.topics().heartbeats(), Heartbeat.class);
    this.directives = table(links, reader, links.topics().directives(), Directive.class);
    this.all = List.of(checkpoints, epochs, heartbeats, directives);
    directives.holdNothing();
  }

  CompactedTable<Checkpoint> checkpoints() {
    return checkpoints;
  }

  CompactedTable<Epoch> epochs() {
    return epochs;
  }

  CompactedTable<Heartbeat> heartbeats() {
    return heartbeats;
  }

  /** Its rows are not held: listeners keep what they need of them. */
  CompactedTable<Directive> directives() {
    return directives;
  }

  void start() {
    for (CompactedTable<?> table : all) {
      table.assignAll();
      table.start();
    }
  }

  boolean caughtUp() {
    return all.stream().allMatch(CompactedTable::caughtUp);
  }

  /** Waits until all are caught up; false when one takes longer than that. */
  boolean awaitCaughtUp(Duration limit) throws InterruptedException {
    for (CompactedTable<?> table : all) {
      if (!table.awaitCaughtUp(limit)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    all.forEach(CompactedTable::close);
  }

  private static <T extends SpecificRecord> CompactedTable<T> table(
      SchedulerLinks links, String reader, String topic, Class<T> type) {
    return new CompactedTable<>(
        topic,
        reader,
        () -> links.kafka().consumer(),
        new RecordReader<>(links.schemas(), type),
        (record, reason) -> links.deadLetters().send(record, reader, reason));
  }
}
