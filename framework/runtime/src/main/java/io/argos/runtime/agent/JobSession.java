package io.argos.runtime.agent;

import io.argos.runtime.result.ResultSink;
import io.argos.spi.Run;

/**
 * One execution of a job. The records sent through it are acknowledged before the job counts as
 * done; once the execution has ended or was cancelled, sending throws {@link InterruptedException}.
 */
public interface JobSession extends ResultSink {
  /** The execution as plugins see it: start, deadline and interval. */
  Run run();
}
