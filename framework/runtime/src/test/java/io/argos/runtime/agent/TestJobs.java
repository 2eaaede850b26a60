package io.argos.runtime.agent;

import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.topic.HashId;
import java.time.Duration;
import java.time.Instant;

/** Makes jobs for tests: polls of a plugin each minute, unless told otherwise. */
final class TestJobs {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Job job;
  private OwnedPartition partition = new OwnedPartition(0);
  private long offset;
  private long appendedAt = NOON.minusSeconds(30).toEpochMilli();

  private TestJobs(String resource) {
    job =
        Job.newBuilder()
            .setJobId("")
            .setReason(JobReason.SCHEDULED)
            .setStage("polling")
            .setZone("main")
            .setPlugin("snmp")
            .setConfigHash("c1")
            .setResourceId(resource)
            .setDueAt(NOON)
            .setExpireAt(NOON.plusSeconds(60))
            .setTimeoutMillis(5_000)
            .setIntervalMillis(60_000)
            .setLeaseUntil(NOON.plusSeconds(900))
            .setEpoch(1)
            .setScheduler("test")
            .build();
  }

  static TestJobs of(String resource) {
    return new TestJobs(resource);
  }

  TestJobs plugin(String name) {
    job.setPlugin(name);
    return this;
  }

  TestJobs due(Duration afterNoon) {
    job.setDueAt(NOON.plus(afterNoon));
    job.setExpireAt(job.getDueAt().plusMillis(job.getIntervalMillis()));
    return this;
  }

  TestJobs dueAt(Instant due) {
    return due(Duration.between(NOON, due));
  }

  TestJobs interval(Duration interval) {
    job.setIntervalMillis(interval.toMillis());
    job.setExpireAt(job.getDueAt().plus(interval));
    return this;
  }

  TestJobs expires(Duration afterDue) {
    job.setExpireAt(job.getDueAt().plus(afterDue));
    return this;
  }

  TestJobs timeout(Duration timeout) {
    job.setTimeoutMillis(timeout.toMillis());
    return this;
  }

  TestJobs epoch(long epoch) {
    job.setEpoch(epoch);
    return this;
  }

  TestJobs reason(JobReason reason) {
    job.setReason(reason);
    return this;
  }

  TestJobs config(String hash) {
    job.setConfigHash(hash);
    return this;
  }

  TestJobs in(OwnedPartition where) {
    partition = where;
    return this;
  }

  TestJobs at(long where) {
    offset = where;
    return this;
  }

  TestJobs appended(Duration afterNoon) {
    appendedAt = NOON.plus(afterNoon).toEpochMilli();
    return this;
  }

  Job job() {
    String id =
        HashId.of(
            job.getPlugin(),
            job.getResourceId(),
            job.getReason().name(),
            Long.toString(job.getDueAt().toEpochMilli()));
    return Job.newBuilder(job).setJobId(id).build();
  }

  HeldJob held() {
    return new HeldJob(job(), partition, offset, appendedAt);
  }
}
