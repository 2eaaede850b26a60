package io.argos.snmp.trap;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.SMIConstants;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/** Makes traps of what SNMP4J has decoded; one of v1 is translated by RFC 3584, section 3.1. */
final class TrapDecoder {
  private static final Oid SYS_UP_TIME = Oid.parse("1.3.6.1.2.1.1.3.0");
  private static final Oid TRAP_OID = Oid.parse("1.3.6.1.6.3.1.1.4.1.0");
  private static final Oid TRAP_ENTERPRISE = Oid.parse("1.3.6.1.6.3.1.1.4.3.0");
  private static final Oid TRAP_ADDRESS = Oid.parse("1.3.6.1.6.3.18.1.3.0");
  private static final Oid TRAP_COMMUNITY = Oid.parse("1.3.6.1.6.3.18.1.4.0");
  private static final Oid STANDARD_TRAPS = Oid.parse("1.3.6.1.6.3.1.1.5");
  private static final int ENTERPRISE_SPECIFIC = 6;
  private static final byte[] NO_OCTETS = {};

  private TrapDecoder() {}

  /**
   * The trap that a message holds; empty when it does not say which trap it is.
   *
   * @throws IllegalArgumentException when it holds what no SNMP message may
   */
  static Optional<Trap> decode(
      int version, PDU pdu, InetAddress source, Optional<String> engineId) {
    return pdu instanceof PDUv1 first
        ? first(first, source)
        : second(version, pdu, source, engineId);
  }

  private static Optional<Trap> first(PDUv1 pdu, InetAddress source) {
    int generic = pdu.getGenericTrap();
    if (generic < 0 || generic > ENTERPRISE_SPECIFIC || pdu.getEnterprise() == null) {
      return Optional.empty();
    }
    Oid enterprise = oid(pdu.getEnterprise());
    Oid trap =
        generic == ENTERPRISE_SPECIFIC
            ? enterprise.append(0, pdu.getSpecificTrap())
            : STANDARD_TRAPS.append(generic + 1);
    List<TrapVarbind> varbinds = new ArrayList<>();
    Optional<InetAddress> origin =
        Optional.ofNullable(pdu.getAgentAddress()).flatMap(TrapDecoder::address);
    for (VariableBinding varbind : pdu.getVariableBindings()) {
      varbinds.add(varbind(varbind));
    }
    varbinds.add(new TrapVarbind(TRAP_ENTERPRISE, SnmpType.OID, 0, ascii(pdu.getEnterprise())));
    return Optional.of(
        new Trap(
            1, false, source, origin, Optional.empty(), trap, pdu.getTimestamp(), 0, varbinds));
  }

  private static Optional<Trap> second(
      int version, PDU pdu, InetAddress source, Optional<String> engineId) {
    Optional<Oid> trap = Optional.empty();
    Optional<InetAddress> origin = Optional.empty();
    long uptime = 0;
    List<TrapVarbind> varbinds = new ArrayList<>();
    for (VariableBinding binding : pdu.getVariableBindings()) {
      TrapVarbind varbind = varbind(binding);
      if (varbind.oid().equals(SYS_UP_TIME) && uptime == 0) {
        uptime = varbind.number();
      } else if (varbind.oid().equals(TRAP_OID)
          && binding.getVariable() instanceof OID value
          && trap.isEmpty()) {
        trap = Optional.of(oid(value));
      } else if (varbind.oid().equals(TRAP_ADDRESS)
          && binding.getVariable() instanceof IpAddress address) {
        origin = address(address);
      } else if (!varbind.oid().equals(TRAP_COMMUNITY)) {
        varbinds.add(varbind);
      }
    }
    int request = pdu.getRequestID() == null ? 0 : pdu.getRequestID().getValue();
    boolean inform = pdu.getType() == PDU.INFORM;
    Optional<InetAddress> from = origin;
    long centis = uptime;
    return trap.map(
        oid -> new Trap(version, inform, source, from, engineId, oid, centis, request, varbinds));
  }

  private static Optional<InetAddress> address(IpAddress address) {
    InetAddress inet = address.getInetAddress();
    return inet == null || inet.isAnyLocalAddress() ? Optional.empty() : Optional.of(inet);
  }

  private static TrapVarbind varbind(VariableBinding varbind) {
    Oid oid = oid(varbind.getOid());
    Variable value = varbind.getVariable();
    return switch (value.getSyntax()) {
      case SMIConstants.SYNTAX_INTEGER32 -> number(oid, SnmpType.INTEGER, value.toInt());
      case SMIConstants.SYNTAX_COUNTER32 -> number(oid, SnmpType.COUNTER32, value.toLong());
      case SMIConstants.SYNTAX_GAUGE32 -> number(oid, SnmpType.GAUGE32, value.toLong());
      case SMIConstants.SYNTAX_TIMETICKS -> number(oid, SnmpType.TIME_TICKS, value.toLong());
      case SMIConstants.SYNTAX_COUNTER64 -> number(oid, SnmpType.COUNTER64, value.toLong());
      case SMIConstants.SYNTAX_OCTET_STRING ->
          new TrapVarbind(oid, SnmpType.OCTETS, 0, ((OctetString) value).getValue());
      case SMIConstants.SYNTAX_OPAQUE ->
          new TrapVarbind(oid, SnmpType.OPAQUE, 0, ((OctetString) value).getValue());
      case SMIConstants.SYNTAX_OBJECT_IDENTIFIER ->
          new TrapVarbind(oid, SnmpType.OID, 0, ascii((OID) value));
      case SMIConstants.SYNTAX_IPADDRESS ->
          new TrapVarbind(
              oid, SnmpType.IP_ADDRESS, 0, ((IpAddress) value).getInetAddress().getAddress());
      default -> new TrapVarbind(oid, SnmpType.ABSENT, 0, NO_OCTETS);
    };
  }

  private static TrapVarbind number(Oid oid, SnmpType type, long value) {
    return new TrapVarbind(oid, type, value, NO_OCTETS);
  }

  private static byte[] ascii(OID value) {
    return oid(value).toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static Oid oid(OID oid) {
    return Oid.of(oid.getValue());
  }
}
