package io.argos.snmp.trap;

import java.net.InetAddress;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Target;
import org.snmp4j.TransportStateReference;
import org.snmp4j.UserTarget;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.AbstractTransportMapping;

/** Makes the octets of traps. */
final class TrapSender {
  private static final UdpAddress SOMEWHERE = new UdpAddress(InetAddress.getLoopbackAddress(), 162);
  private final MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
  private final Catching transport = new Catching();
  private final byte[] engine;

  TrapSender(byte[] engine) {
    this(engine, 1);
  }

  TrapSender(byte[] engine, int boots) {
    this.engine = engine.clone();
    SecurityProtocols protocols =
        new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.maxCompatibility);
    USM usm = new USM(protocols, new OctetString(engine), boots);
    OctetString password = new OctetString(TrapProbe.PASSWORD);
    usm.addUser(
        new UsmUser(
            new OctetString(TrapProbe.USER), AuthSHA.ID, password, PrivAES128.ID, password));
    SecurityModels models = new SecurityModels();
    models.addSecurityModel(usm);
    dispatcher.addMessageProcessingModel(new MPv1());
    dispatcher.addMessageProcessingModel(new MPv2c());
    dispatcher.addMessageProcessingModel(
        new MPv3(engine, null, protocols, models, new CounterSupport()));
    dispatcher.addTransportMapping(transport);
  }

  byte[] first() throws Exception {
    PDUv1 pdu = new PDUv1();
    pdu.setType(PDU.V1TRAP);
    pdu.setEnterprise(new OID("1.3.6.1.4.1.8072"));
    pdu.setAgentAddress(new IpAddress("192.0.2.7"));
    pdu.setGenericTrap(PDUv1.ENTERPRISE_SPECIFIC);
    pdu.setSpecificTrap(3);
    pdu.setTimestamp(4711);
    pdu.add(new VariableBinding(new OID("1.3.6.1.2.1.2.2.1.1.7"), new Integer32(7)));
    return octets(community(SnmpConstants.version1), pdu);
  }

  byte[] second(long uptime) throws Exception {
    return octets(community(SnmpConstants.version2c), fill(new PDU(), uptime));
  }

  byte[] third(long uptime) throws Exception {
    UserTarget<UdpAddress> target = new UserTarget<>();
    target.setVersion(SnmpConstants.version3);
    target.setAddress(SOMEWHERE);
    target.setSecurityName(new OctetString(TrapProbe.USER));
    target.setSecurityLevel(SecurityLevel.AUTH_PRIV);
    target.setAuthoritativeEngineID(engine);
    return octets(target, fill(new ScopedPDU(), uptime));
  }

  private static PDU fill(PDU pdu, long uptime) {
    pdu.setType(PDU.TRAP);
    pdu.add(new VariableBinding(SnmpConstants.sysUpTime, new TimeTicks(uptime)));
    pdu.add(new VariableBinding(SnmpConstants.snmpTrapOID, SnmpConstants.linkDown));
    pdu.add(new VariableBinding(new OID("1.3.6.1.2.1.2.2.1.1.7"), new Integer32(7)));
    pdu.add(new VariableBinding(new OID("1.3.6.1.2.1.31.1.1.1.1.7"), new OctetString("Gi0/7")));
    pdu.add(new VariableBinding(new OID("1.3.6.1.4.1.99999.1"), new Counter64(-1L)));
    pdu.add(new VariableBinding(SnmpConstants.snmpTrapAddress, new IpAddress("192.0.2.9")));
    return pdu;
  }

  private static Target<UdpAddress> community(int version) {
    CommunityTarget<UdpAddress> target =
        new CommunityTarget<>(SOMEWHERE, new OctetString("public"));
    target.setVersion(version);
    return target;
  }

  private byte[] octets(Target<UdpAddress> target, PDU pdu) throws Exception {
    dispatcher.sendPdu(transport, target, pdu, false);
    return transport.last.clone();
  }

  /** Keeps what is to be sent. */
  private static final class Catching extends AbstractTransportMapping<UdpAddress> {
    private byte[] last = {};

    @Override
    public Class<UdpAddress> getSupportedAddressClass() {
      return UdpAddress.class;
    }

    @Override
    public UdpAddress getListenAddress() {
      return SOMEWHERE;
    }

    @Override
    public void sendMessage(
        UdpAddress address,
        byte[] message,
        TransportStateReference state,
        long timeoutMillis,
        int maxRetries) {
      last = message;
    }

    @Override
    public void listen() {
      // Nothing comes.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
