package io.argos.snmp;

import java.io.IOException;

/** Carries the PDU of a request to its device. The answer comes back by way of the loop. */
interface PduTransport {
  /**
   * Sends without waiting; called by the loop's thread only.
   *
   * @param pdu the PDU, good until this returns; octets may be put before it
   * @return false when there is no room now
   */
  boolean send(Request request, BerWriter pdu) throws IOException;
}
