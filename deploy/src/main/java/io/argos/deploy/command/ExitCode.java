package io.argos.deploy.command;

/** How the program ends; part of its interface. */
public enum ExitCode {
  OK(0),
  /** It was tried and did not work. */
  FAILED(1),
  /** The command line makes no sense. */
  USAGE(2),
  /** What was named does not exist. */
  NOT_FOUND(3),
  /** The configuration is invalid; nothing was opened. */
  BAD_CONFIGURATION(4),
  /** A server is out of reach. */
  UNREACHABLE(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number given to the shell. */
  public int code() {
    return code;
  }
}
