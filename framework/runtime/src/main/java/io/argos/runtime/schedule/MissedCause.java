package io.argos.runtime.schedule;

/** Why a job ended as missed: the stable words in the outcome's cause. */
public final class MissedCause {

  /** No leader emitted the job before its next slot. */
  public static final String SCHEDULER = "scheduler";

  /** No agent of the zone was alive from due time to expiry. */
  public static final String NO_AGENT = "no agent";

  /** The zone has no topic for jobs. */
  public static final String NO_TOPIC = "no topic";

  /** A request names something that is no target of the stage. */
  public static final String NO_TARGET = "no target";

  /** A request lay unanswered for too long. */
  public static final String STALE_REQUEST = "stale request";

  private MissedCause() {}
}
