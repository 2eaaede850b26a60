package io.argos.runtime.schedule;

import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import java.time.Duration;
import java.util.concurrent.Future;

/** Where a scheduler writes. No call throws: what cannot be written fails in its future. */
interface JobSink {

  /** Whether the zone's jobs have a topic. */
  boolean reaches(String zone);

  /** Writes a job; done when it is acknowledged. */
  Future<?> job(Job job);

  /** Writes an outcome; done when it is acknowledged. */
  Future<?> outcome(Outcome outcome);

  /** After this long a future is done, one way or the other. */
  Duration patience();
}
