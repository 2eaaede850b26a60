package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.runtime.schedule.SchedulerEstate.Member;
import io.argos.schemas.Directive;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.serde.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A resource that a person suspends and resumes through the topic of directives. */
class SuspensionIT {

  @TempDir Path folder;
  private SchedulerEstate estate;
  private SlotLedger ledger;

  @BeforeEach
  void start() throws Exception {
    estate = new SchedulerEstate(folder);
    ledger = new SlotLedger(estate);
  }

  @AfterEach
  void stop() throws Exception {
    estate.close();
  }

  @Test
  void leavesOutTheSlotsOfASuspendedResourceAndThenGoesOnWithThem() throws Exception {
    List<Target> targets = SlotLedger.targets(3);
    String resource = targets.getFirst().key().resourceId();
    Member member = estate.join("a", targets);
    soon().until(() -> !ledger.jobs().isEmpty());

    directive(resource, "one", Suspensions.SUSPEND, Instant.now());
    soon().until(() -> suspended(member) == 1);
    Instant from = Instant.now().plus(SchedulerEstate.CONFIG.lookahead());
    Instant until = from.plus(SlotLedger.INTERVAL.multipliedBy(2));
    soon().until(() -> reached(member, until));
    assertThat(dues(resource)).noneMatch(due -> due.isAfter(from) && due.isBefore(until));
    assertThat(missed()).isEmpty();

    Slots slots = Slots.of(targets.getFirst().key(), SlotLedger.INTERVAL);
    // Given as a slot was due, and on its way for a while.
    long resumedAt = slots.previous(System.currentTimeMillis());
    directive(resource, "two", Suspensions.RESUME, Instant.ofEpochMilli(resumedAt));
    soon().until(() -> suspended(member) == 0);
    Instant end = Instant.now().plus(SchedulerEstate.CONFIG.lookahead());
    soon().until(() -> reached(member, end));
    // The turn that came that far may have begun before the resumption was read.
    soon()
        .untilAsserted(() ->
            assertThat(Stream.concat(dues(resource).stream(), missed().stream()))
                .containsAll(
                    slots
                        .between(resumedAt - 1, end.toEpochMilli())
                        .mapToObj(Instant::ofEpochMilli)
                        .toList()));
    assertThat(ledger.jobs()).extracting(Job::getReason).containsOnly(JobReason.SCHEDULED);
  }

  private List<Instant> dues(String resource) {
    return ledger.jobs().stream()
        .filter(job -> job.getResourceId().equals(resource))
        .map(Job::getDueAt)
        .toList();
  }

  /** A machine that stands still for more than a slot makes some. */
  private List<Instant> missed() throws Exception {
    return estate.all(estate.topics.outcomes(), Outcome.class).stream()
        .map(Outcome::getDueAt)
        .toList();
  }

  private void directive(String resource, String id, String kind, Instant at) throws Exception {
    RecordWriter<Directive> writer =
        new RecordWriter<>(estate.schemas, estate.topics.directives(), Directive.class);
    Directive directive =
        Directive.newBuilder()
            .setId(id)
            .setResourceId(resource)
            .setKind(kind)
            .setAuthor("somebody")
            .setAt(at)
            .build();
    try (Producer<byte[], byte[]> producer = estate.clients.producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  estate.topics.directives(),
                  (resource + "|" + id).getBytes(StandardCharsets.UTF_8),
                  writer.write(directive)))
          .get();
    }
  }

  private static double suspended(Member member) {
    return member.meters().get("argos.scheduler.suspended").gauge().value();
  }

  private static boolean reached(Member member, Instant time) {
    return member.scheduler().watermark().orElse(Instant.MIN).isAfter(time);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(20, TimeUnit.MILLISECONDS);
  }
}
