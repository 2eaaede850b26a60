package io.argos.runtime.agent;

import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The leaders of a model: emits slots ahead, again after a takeover, and anew when configured. */
final class FleetLeader {
  static final int SITES = 4;
  private static final int DEVICES = 8;
  private static final int TARGETS = 20;
  private static final long INTERVAL = 10_000;
  private static final long LOOKAHEAD = 12_000;

  private final FleetLog log;
  private final Random random;

  /** Jobs of a leader whose epoch counted when they were written. */
  private final Set<String> valid = new HashSet<>();

  private final Map<Long, Long> takeovers = new HashMap<>();
  private long epoch = 1;
  private int config = 1;
  private long horizon;
  private long quietUntil;
  private long zombieUntil;
  private long zombieHorizon;
  private long zombieEpoch;
  private int zombieConfig;

  FleetLeader(FleetLog log, Random random) {
    this.log = log;
    this.random = random;
  }

  long epoch() {
    return epoch;
  }

  /** When the epoch in force began. */
  long since() {
    return takeovers.getOrDefault(epoch, 0L);
  }

  Set<String> valid() {
    return valid;
  }

  /** One turn, in which anything may happen unless it is to be calm. */
  void turn(long now, boolean calm) {
    if (now < zombieUntil) {
      long from = zombieHorizon - random.nextInt(3_000);
      zombieHorizon = now + LOOKAHEAD;
      emit(from, zombieHorizon, zombieEpoch, zombieConfig, now);
    }
    if (now < quietUntil && !calm) {
      return;
    }
    long from = horizon == 0 ? now : horizon;
    horizon = now + LOOKAHEAD;
    emit(from, horizon, epoch, config, now);
    if (calm) {
      return;
    }
    if (random.nextInt(10) == 0) {
      JobReason reason = random.nextBoolean() ? JobReason.FORCED : JobReason.FIRST;
      emit(job(random.nextInt(TARGETS), now, epoch, config, reason), now);
    }
    if (random.nextInt(60) == 0) {
      reconfigure(now);
    }
    if (random.nextInt(60) == 0) {
      takeOver(now);
    }
  }

  /** What is not due yet is emitted again, under a new configuration or one that was before. */
  private void reconfigure(long now) {
    config = config > 1 && random.nextInt(3) == 0 ? config - 1 : config + 1;
    emit(now, horizon, epoch, config, now);
  }

  /** The former leader may go on beside the new one for a while, which may take its time. */
  private void takeOver(long now) {
    zombieHorizon = horizon;
    zombieEpoch = epoch;
    zombieConfig = config;
    zombieUntil = random.nextBoolean() ? now + random.nextInt(12_000) : 0;
    epoch++;
    takeovers.put(epoch, now);
    if (random.nextInt(3) == 0) {
      reconfigure(now);
    } else {
      horizon = Math.max(now - 3_000, horizon - random.nextInt(15_000));
      quietUntil = now + random.nextInt(8_000);
    }
  }

  private void emit(long from, long to, long under, int with, long now) {
    List<Job> jobs = new ArrayList<>();
    for (int target = 0; target < TARGETS; target++) {
      long offset = target * 7_919L % INTERVAL;
      long slot = Math.floorDiv(from - offset, INTERVAL) + 1;
      for (long due = offset + slot * INTERVAL; due <= to; due += INTERVAL) {
        jobs.add(job(target, due, under, with, JobReason.SCHEDULED));
      }
    }
    jobs.sort(Comparator.comparing(Job::getDueAt));
    jobs.forEach(job -> emit(job, now));
  }

  private void emit(Job job, long now) {
    log.emit(job, now);
    if (job.getEpoch() == epoch) {
      valid.add(job.getJobId());
    }
  }

  private Job job(int target, long due, long under, int with, JobReason reason) {
    Job job = job(target % DEVICES, target % 3 == 0 ? "net" : "snmp" + target / DEVICES, due);
    job.setSubject("t" + target);
    job.setJobId(target + " " + reason + " " + (due - TestJobs.NOON.toEpochMilli()));
    job.setReason(reason);
    job.setEpoch(under);
    job.setConfigHash("c" + with);
    return job;
  }

  /** A job of the highest epoch. */
  static Job job(int device, String plugin, long due) {
    return TestJobs.of("s" + device % SITES + "/d" + device)
        .plugin(plugin)
        .epoch(Long.MAX_VALUE)
        .dueAt(Instant.ofEpochMilli(due))
        .interval(Duration.ofMillis(INTERVAL))
        .job();
  }
}
