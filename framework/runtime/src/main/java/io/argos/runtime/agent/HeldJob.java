package io.argos.runtime.agent;

import io.argos.schemas.Job;
import io.argos.schemas.topic.ResourceId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A job that was taken in and has not ended. Its state is guarded by the {@link JobBoard}. */
final class HeldJob {
  /** Where a job stands on its way. */
  enum Place {
    /** Not due, or to be looked at again later. */
    QUEUED,
    /** Due, to be looked at now. */
    READY,
    /** Waits for a permit on its device. */
    DEVICE,
    /** Has that, waits for a permit of its site and the agent. */
    SITE,
    /** Has all permits, to be looked at a last time. */
    GRANTED,
    /** Runs. */
    RUNNING,
    /** Ended, or given back with its partition. */
    GONE
  }

  /** What coalesces: the same work on the same thing. */
  record Target(String plugin, String resourceId, @Nullable String subject) {}

  /** The order in which jobs are started. */
  static final Comparator<HeldJob> DUE_FIRST =
      Comparator.comparingLong(HeldJob::dueAt).thenComparingLong(HeldJob::offset);

  private final Job job;
  private final OwnedPartition partition;
  private final long offset;
  private final long appendedAt;
  private final Target target;
  private final String site;

  Place place = Place.QUEUED;
  long wakeAt;
  boolean due;
  int looks;

  /** Since when it is in doubt whether what it waits for will come at all; 0 while it is not. */
  long doubtedSince;

  String waitsFor = "";
  PermitClass permit = PermitClass.SNMP;

  HeldJob(Job job, OwnedPartition partition, long offset, long appendedAt) {
    this.job = job;
    this.partition = partition;
    this.offset = offset;
    this.appendedAt = appendedAt;
    this.target = new Target(job.getPlugin(), job.getResourceId(), job.getSubject());
    this.site = ResourceId.siteOf(job.getResourceId());
  }

  Job job() {
    return job;
  }

  OwnedPartition partition() {
    return partition;
  }

  long offset() {
    return offset;
  }

  /** When the record was appended, by the clock that the topic takes. */
  long appendedAt() {
    return appendedAt;
  }

  Target target() {
    return target;
  }

  /** Site of the resource; empty for a source of discovery. */
  String site() {
    return site;
  }

  long dueAt() {
    return job.getDueAt().toEpochMilli();
  }

  long expireAt() {
    return job.getExpireAt().toEpochMilli();
  }

  boolean waits() {
    return switch (place) {
      case QUEUED, READY, DEVICE, SITE, GRANTED -> true;
      case RUNNING, GONE -> false;
    };
  }

  /** Whether both were emitted under the same configuration of the plugin. */
  boolean configuredLike(HeldJob other) {
    return job.getConfigHash().equals(other.job.getConfigHash())
        && job.getIntervalMillis() == other.job.getIntervalMillis();
  }

  /** Notes its id in its partition; false when that is known there. */
  boolean newlySeen(long now) {
    return partition.seen.add(job.getJobId(), dueAt(), job.getIntervalMillis(), now);
  }

  /** Forgets its id: a later leader may emit it anew, or the configuration that it is of return. */
  void mayComeAgain() {
    partition.seen.forget(job.getJobId());
  }

  /** Short word for why it was not started in time. */
  String expiryCause() {
    return waitsFor.isEmpty() ? "late" : "waited";
  }

  /** The same for a reader. */
  String whyExpired() {
    return waitsFor.isEmpty()
        ? "it was not taken up before " + job.getExpireAt()
        : "it waited for %s until %s".formatted(waitsFor, job.getExpireAt());
  }
}
