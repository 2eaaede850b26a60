package io.argos.snmp;

/**
 * How much one packet may ask for.
 *
 * @param bindings variable bindings of an answer
 * @param repetitions rows of one GETBULK
 * @param octets octets of an answer's bindings, and of a question's
 */
record PacketBudget(int bindings, int repetitions, int octets) {
  /** What is left of the payload of an Ethernet frame behind IP, UDP and the message's header. */
  static final int FRAME_OCTETS = 1472 - 60;
}
