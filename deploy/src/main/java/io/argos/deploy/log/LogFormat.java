package io.argos.deploy.log;

/** How log lines look. */
public enum LogFormat {
  /** Time, level, thread, logger and message. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
