package io.argos.runtime.schedule;

import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Keeps what is written, and refuses it on demand. */
final class RecordingSink implements JobSink {

  final List<Job> jobs = new ArrayList<>();
  final List<Outcome> outcomes = new ArrayList<>();
  final Set<String> unknownZones = new HashSet<>();
  boolean broken;

  @Override
  public boolean reaches(String zone) {
    return !unknownZones.contains(zone);
  }

  @Override
  public Future<?> job(Job job) {
    if (broken) {
      return CompletableFuture.failedFuture(new IOException("as planned"));
    }
    jobs.add(job);
    return CompletableFuture.completedFuture(job);
  }

  @Override
  public Future<?> outcome(Outcome outcome) {
    if (broken) {
      return CompletableFuture.failedFuture(new IOException("as planned"));
    }
    outcomes.add(outcome);
    return CompletableFuture.completedFuture(outcome);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(1);
  }

  /** The ids of all jobs and of all outcomes. */
  Set<String> told() {
    Set<String> told = new HashSet<>();
    jobs.forEach(job -> told.add(job.getJobId()));
    outcomes.forEach(outcome -> told.add(outcome.getJobId()));
    return told;
  }

  List<Long> dueTimes() {
    return jobs.stream().map(job -> job.getDueAt().toEpochMilli()).toList();
  }
}
