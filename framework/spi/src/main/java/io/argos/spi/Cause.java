package io.argos.spi;

/** Why work on a resource failed, as an outcome names it. */
public enum Cause {
  /** The device refused the credential, or its engine reported so. */
  AUTHENTICATION("authentication"),
  /** The network refused or could not route. */
  NETWORK("network"),
  /** No answer in time. */
  TIMEOUT("no-answer"),
  /** Some of what was asked for is missing. */
  PARTIAL("partial"),
  /** A fault of ours. */
  INTERNAL("internal"),
  /** Nothing of what was asked for is there. */
  MISSING("missing-metrics"),
  /** The device does not answer a ping either. */
  PING("ping"),
  /** The resource is not enriched. */
  ENRICHMENT("enrichment"),
  /** Answers that break the protocol. */
  MALFORMED("malformed"),
  /** A secret that the work needs does not exist or cannot be had. */
  SECRET("secret"),
  /** The source of a discovery cannot be read. */
  SOURCE("source");

  private final String word;

  Cause(String word) {
    this.word = word;
  }

  /** Stable word for records and metrics. */
  public String word() {
    return word;
  }
}
