package io.argos.snmp.trap;

import io.argos.snmp.Oid;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A trap or an inform whose sender has proved who it is, in the terms of SNMPv2: one of v1 is
 * translated by RFC 3584, section 3.1.
 *
 * @param version 1, 2 (for v2c) or 3
 * @param inform true when its sender waits to hear that it came
 * @param source address that the datagram came from
 * @param origin address of the device that a proxy speaks for, or that a v1 trap names
 * @param engineId engine of the sender of a v3 trap, hex; empty for others, and for informs, whose
 *     engine is ours
 * @param oid the value of snmpTrapOID
 * @param uptimeCentis the sender's sysUpTime in hundredths of a second; 0 when it gave none
 * @param requestId the sender's number of the request; 0 in v1
 * @param varbinds what else it says, without sysUpTime, snmpTrapOID and the community
 */
public record Trap(
    int version,
    boolean inform,
    InetAddress source,
    Optional<InetAddress> origin,
    Optional<String> engineId,
    Oid oid,
    long uptimeCentis,
    int requestId,
    List<TrapVarbind> varbinds) {
  public Trap {
    varbinds = List.copyOf(varbinds);
  }
}
