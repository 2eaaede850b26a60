package io.argos.snmp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.SNMP4JSettings;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.UserTarget;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.event.ResponseListener;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.nonstandard.PrivAES192With3DESKeyExtension;
import org.snmp4j.security.nonstandard.PrivAES256With3DESKeyExtension;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;

/**
 * SNMPv3 of one account over SNMP4J. A session of its own for each account, since SNMP4J knows
 * users by name alone, and two sites may have different passwords for one name.
 */
final class UsmSession {
  static {
    // An engine that finds the digest wrong has no key in common with us to sign its report by.
    SNMP4JSettings.setReportSecurityLevelStrategy(
        SNMP4JSettings.ReportSecurityLevelStrategy.noAuthNoPrivIfNeeded);
  }

  private final UsmAccount account;
  private final EngineCounts counts;
  private final USM usm;
  private final MPv3 processing;
  private final Snmp snmp;
  private final UsmSocket socket;

  UsmSession(UsmAccount account, EngineCounts counts) throws IOException {
    this.account = account;
    this.counts = counts;
    // SNMP4J's default set leaves out SHA-1, MD5 and DES, which much equipment has nothing beyond.
    SecurityProtocols protocols =
        new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.maxCompatibility);
    protocols.addPrivacyProtocol(new PrivAES192With3DESKeyExtension());
    protocols.addPrivacyProtocol(new PrivAES256With3DESKeyExtension());
    byte[] engineId = MPv3.createLocalEngineID();
    usm = new USM(protocols, new OctetString(engineId), 0);
    usm.addUser(account.usmUser());
    SecurityModels models = new SecurityModels();
    models.addSecurityModel(usm);
    // A dispatcher of its own: the one SNMP4J makes by default brings its global users along.
    MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
    processing = new MPv3(engineId, null, protocols, models, CounterSupport.getInstance());
    dispatcher.addMessageProcessingModel(processing);
    socket = new UsmSocket();
    snmp = new Snmp(dispatcher, socket);
    snmp.listen();
  }

  UsmSocket socket() {
    return socket;
  }

  void send(Request request, BerWriter writer) throws IOException {
    SnmpTarget target = request.exchange().target();
    PDU asked = new PDU();
    asked.decodeBER(
        new BERInputStream(ByteBuffer.wrap(writer.buffer(), writer.start(), writer.length())));
    ScopedPDU pdu = new ScopedPDU();
    pdu.setType(asked.getType());
    pdu.setRequestID(new Integer32(request.id()));
    pdu.setErrorStatus(asked.getErrorStatus());
    pdu.setErrorIndex(asked.getErrorIndex());
    pdu.addAll(List.copyOf(asked.getVariableBindings()));
    pdu.setContextName(new OctetString(account.context()));
    UdpAddress address = new UdpAddress(target.address().getAddress(), target.address().getPort());
    if (request.attempts() > 1) {
      forget(address);
    }
    UserTarget<UdpAddress> user = new UserTarget<>();
    user.setAddress(address);
    user.setVersion(SnmpConstants.version3);
    user.setSecurityName(new OctetString(account.user()));
    user.setSecurityLevel(account.securityLevel());
    // The exchange repeats and times out by itself; SNMP4J must only not wait for less.
    user.setRetries(0);
    user.setTimeout(target.limits().timeout().toMillis() + 1);
    snmp.send(pdu, user, null, listenerFor(request, address));
  }

  /**
   * Forgets which engine answers at an address, and its clock. SNMP4J drops whatever a device says
   * that was replaced, made itself another engine id, or began to count its boots anew, so that it
   * would be silent for ever; silence is what shows that.
   */
  private void forget(UdpAddress address) {
    OctetString engine = processing.removeEngineID(address);
    if (engine != null) {
      usm.removeEngineTime(engine);
    }
  }

  private ResponseListener listenerFor(Request request, UdpAddress address) {
    int id = request.id();
    return new ResponseListener() {
      @Override
      public <A extends org.snmp4j.smi.Address> void onResponse(ResponseEvent<A> event) {
        // Without this SNMP4J keeps the request for ever, waiting for further answers to it.
        snmp.cancel(event.getRequest(), this);
        PDU answer = event.getResponse();
        if (answer == null) {
          forget(address);
        } else {
          deliver(request, id, answer);
        }
      }
    };
  }

  private void deliver(Request request, int id, PDU answer) {
    ExchangeLoop loop = request.exchange().loop();
    if (answer.getType() == PDU.REPORT) {
      String problem = UsmReport.problemOf(answer);
      loop.execute(() -> reported(request, problem, UsmReport.isRefusal(answer)));
      return;
    }
    byte[] octets;
    try {
      // Its plain copy, since a scoped PDU writes its scope as well.
      PDU plain = new PDU(answer.getType(), answer.getVariableBindings());
      plain.setRequestID(answer.getRequestID());
      plain.setErrorStatus(answer.getErrorStatus());
      plain.setErrorIndex(answer.getErrorIndex());
      BEROutputStream out = new BEROutputStream(ByteBuffer.allocate(plain.getBERLength()));
      plain.encodeBER(out);
      octets = out.getBuffer().array();
    } catch (IOException e) {
      counts.malformed.increment();
      return;
    }
    loop.execute(() -> answered(request, id, octets));
  }

  private void answered(Request request, int id, byte[] octets) {
    if (!request.isWaiting() || request.id() != id) {
      counts.unknownIds.increment();
      return;
    }
    ExchangeLoop loop = request.exchange().loop();
    try {
      loop.reply().decodePdu(octets, 0, octets.length);
    } catch (MalformedReplyException e) {
      counts.malformed.increment();
      return;
    }
    loop.deliver(request, loop.reply());
  }

  private static void reported(Request request, String problem, boolean refusal) {
    if (refusal) {
      request.exchange().refused(problem);
    } else {
      request.exchange().end(new SnmpFailure.Broken("its SNMP engine reports " + problem));
    }
  }

  /** May take as long as SNMP4J's own threads like. */
  void close() throws IOException {
    snmp.close();
  }
}
