package io.argos.snmp.trap;

import java.util.Locale;

/** Why a datagram became no trap. */
public enum TrapDrop {
  /** Its sender sends more than it may. */
  SOURCE,
  /** Too many wait already. */
  QUEUE,
  /** It is no SNMP message, or none of a trap. */
  MALFORMED,
  /** Its community is none that is accepted. */
  COMMUNITY,
  /**
   * Its v3 user is unknown, or its password or protocol is wrong, or it is not as secure as its
   * user must be.
   */
  USER,
  /**
   * It is out of the time window of v3: repeated by somebody, or the clock of its engine fell back.
   */
  TIME,
  /** Too many new v3 engines at a time; each costs the derivation of its keys. */
  ENGINE,
  /** It is a request of another kind. */
  REQUEST,
  /** The first half of a v3 inform: its sender asks for our engine, and is answered. */
  DISCOVERY,
  /** It could not be handled. */
  FAILED;

  /** The reason as metrics have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
