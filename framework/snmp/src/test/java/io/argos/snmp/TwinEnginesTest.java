package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.MessageException;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** Two devices that were cloned with their SNMPv3 engine id, one of which booted more often. */
class TwinEnginesTest {
  private static final Oid SCALAR = Oid.parse("1.3.6.1.2.1.1.3.0");
  private static final Secret SECRET =
      new Secret("ops", Map.of("user", "ops", "auth-password", "authenticate"));
  private static final byte[] ENGINE = {(byte) 0x80, 0, 0, 9, 5, 1, 2, 3, 4, 5, 6, 7};

  /** Patient, but without a second try. */
  private static final SnmpLimits LIMITS = new SnmpLimits(Duration.ofSeconds(5), 0, 20, 1, 500);

  private final SnmpEngine engine =
      SnmpEngine.open(new SnmpConfig(Duration.ofSeconds(5), 0, 20, 1, 500, 0, 1));

  @AfterEach
  void close() {
    engine.close();
  }

  /** An agent that tells the same uptime whatever it is asked. */
  private static final class Agent implements AutoCloseable, CommandResponder {
    private final DefaultUdpTransportMapping socket =
        new DefaultUdpTransportMapping(new UdpAddress("127.0.0.1/0"));
    private final Snmp snmp;

    Agent(int boots) throws IOException {
      SecurityProtocols protocols =
          new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.maxCompatibility);
      USM usm = new USM(protocols, new OctetString(ENGINE), boots);
      usm.setEngineDiscoveryEnabled(true);
      usm.addUser(UsmAccount.of(SECRET).usmUser());
      SecurityModels models = new SecurityModels();
      models.addSecurityModel(usm);
      MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
      dispatcher.addMessageProcessingModel(
          new MPv3(ENGINE, null, protocols, models, new CounterSupport()));
      snmp = new Snmp(dispatcher, socket);
      snmp.addCommandResponder(this);
      snmp.listen();
    }

    InetSocketAddress address() {
      UdpAddress bound = socket.getListenAddress();
      return new InetSocketAddress(bound.getInetAddress(), bound.getPort());
    }

    @Override
    public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
      PDU answer = (PDU) event.getPDU().clone();
      answer.setType(PDU.RESPONSE);
      answer.getVariableBindings().forEach(binding -> binding.setVariable(new TimeTicks(4711)));
      try {
        event
            .getMessageDispatcher()
            .returnResponsePdu(
                event.getMessageProcessingModel(),
                event.getSecurityModel(),
                event.getSecurityName(),
                event.getSecurityLevel(),
                answer,
                event.getMaxSizeResponsePDU(),
                event.getStateReference(),
                new StatusInformation());
      } catch (MessageException e) {
        throw new IllegalStateException("the agent cannot answer", e);
      }
    }

    @Override
    public void close() throws IOException {
      snmp.close();
    }
  }

  private CompletableFuture<SnmpReply> read(Agent agent) {
    return engine.read(
        new SnmpTarget(agent.address(), new SnmpCredential.V3(SECRET), LIMITS),
        SnmpPlan.of(List.of(SCALAR), List.of()));
  }

  @Test
  void areBothReadInTurnsAndAtOnce() throws Exception {
    try (Agent old = new Agent(100);
        Agent young = new Agent(5)) {
      for (Agent agent : List.of(old, young, old, young, young, old)) {
        Optional<SnmpFailure> failure = read(agent).get(60, TimeUnit.SECONDS).failure();
        assertThat(failure).as(agent == old ? "old" : "young").isEmpty();
      }
      for (int i = 0; i < 20; i++) {
        CompletableFuture<SnmpReply> one = read(old);
        CompletableFuture<SnmpReply> other = read(young);
        assertThat(one.get(60, TimeUnit.SECONDS).failure()).isEmpty();
        assertThat(other.get(60, TimeUnit.SECONDS).failure()).isEmpty();
      }
    }
  }
}
