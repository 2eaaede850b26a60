package io.argos.snmp;

/** Why a plan was not read whole. */
public sealed interface SnmpFailure {
  /** One sentence for a reader, without secrets. */
  String detail();

  /**
   * No answer, although asked {@code attempts} times; nothing at all when {@code answered} is
   * false.
   */
  record NoAnswer(boolean answered, int attempts, String detail) implements SnmpFailure {}

  /** The engine reported that the credential is wrong (v3 only). */
  record Refused(String detail) implements SnmpFailure {}

  /** The packet could not be sent: name not resolved, network unreachable, socket closed. */
  record Unsendable(String detail) implements SnmpFailure {}

  /** The device answered with an error, or broke the protocol: a loop, an endless walk, garbage. */
  record Broken(String detail) implements SnmpFailure {}
}
