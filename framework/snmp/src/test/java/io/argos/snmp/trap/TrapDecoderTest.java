package io.argos.snmp.trap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.config.TrapsConfig;
import io.argos.snmp.SnmpType;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Opaque;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

class TrapDecoderTest {
  private static final InetAddress SOURCE = InetAddress.ofLiteral("192.0.2.1");

  @Test
  void readsAValueOfEachType() {
    PDU pdu = pdu();
    List<Variable> values =
        List.of(
            new Integer32(-42),
            new Counter32(4_294_967_295L),
            new Gauge32(7),
            new TimeTicks(9),
            new Counter64(-1L),
            new OctetString("Gi0/7"),
            new OctetString(new byte[] {0, (byte) 0xff}),
            new OID("1.3.6.1.4.1.9"),
            new IpAddress("192.0.2.7"),
            new Opaque(new byte[] {1}),
            new Null());
    for (int i = 0; i < values.size(); i++) {
      pdu.add(new VariableBinding(new OID("1.3.6.1.4.1.99999." + i), values.get(i)));
    }

    Trap trap = decode(2, pdu).orElseThrow();

    assertThat(trap.varbinds())
        .extracting(TrapVarbind::text)
        .containsExactly(
            "-42",
            "4294967295",
            "7",
            "9",
            "18446744073709551615",
            "Gi0/7",
            "0x00ff",
            "1.3.6.1.4.1.9",
            "192.0.2.7",
            "0x01",
            "");
    assertThat(trap.varbinds().getLast().type()).isEqualTo(SnmpType.ABSENT);
    assertThat(trap.uptimeCentis()).isEqualTo(4711);
  }

  @Test
  void takesTheAddressThatAProxyNamesAndLeavesItsCommunityOut() {
    PDU pdu = pdu();
    pdu.add(new VariableBinding(SnmpConstants.snmpTrapAddress, new IpAddress("192.0.2.9")));
    pdu.add(new VariableBinding(new OID("1.3.6.1.6.3.18.1.4.0"), new OctetString("a secret")));

    Trap trap = decode(2, pdu).orElseThrow();

    assertThat(trap.origin()).contains(InetAddress.ofLiteral("192.0.2.9"));
    assertThat(trap.varbinds()).isEmpty();
  }

  @Test
  void knowsNoTrapThatDoesNotSayWhichItIs() {
    PDU pdu = new PDU();
    pdu.add(new VariableBinding(SnmpConstants.sysUpTime, new TimeTicks(1)));

    assertThat(decode(2, pdu)).isEmpty();
    assertThat(decode(1, first(7, 0))).isEmpty();
    assertThat(decode(1, first(-1, 0))).isEmpty();
  }

  @Test
  void translatesTheGenericTrapsAndThoseOfEnterprises() {
    for (int generic = 0; generic < 6; generic++) {
      assertThat(decode(1, first(generic, 0)).orElseThrow().oid())
          .hasToString("1.3.6.1.6.3.1.1.5." + (generic + 1));
    }
    assertThat(decode(1, first(6, 12)).orElseThrow().oid()).hasToString("1.3.6.1.4.1.8072.0.12");
    assertThat(decode(1, first(6, -1)).orElseThrow().oid())
        .hasToString("1.3.6.1.4.1.8072.0.4294967295");
  }

  @Test
  void hasOneEngineIdForEachPlaceAndCountsItsBootsByTheClock() {
    assertThat(EngineIds.of("a:162")).isEqualTo(EngineIds.of("a:162"));
    assertThat(EngineIds.of("a:162")).isNotEqualTo(EngineIds.of("b:162"));
    // RFC 3411: five to thirty-two octets, the first bit set.
    assertThat(EngineIds.of("a:162").length()).isBetween(5, 32);
    assertThat(EngineIds.of("a:162").get(0)).isNegative();
    Instant start = Instant.parse("2026-11-21T10:00:00Z");
    assertThat(EngineIds.boots(start.plusSeconds(2))).isGreaterThan(EngineIds.boots(start));
    assertThat(EngineIds.boots(Instant.parse("2087-12-31T00:00:00Z"))).isPositive();
  }

  @Test
  void namesThePortThatSomebodyElseHas() throws Exception {
    try (TrapProbe probe = TrapProbe.open("127.0.0.1")) {
      TrapsConfig config =
          new TrapsConfig(
              true,
              "127.0.0.1",
              probe.receiver.port(),
              List.of("traps"),
              1,
              1,
              Duration.ofSeconds(1),
              Duration.ofSeconds(1));

      assertThatThrownBy(() -> TrapReceiver.open(config, (_, _) -> {}, new TrapCounts()))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "traps cannot be received at 127.0.0.1, UDP port " + probe.receiver.port());
    }
  }

  private static Optional<Trap> decode(int version, PDU pdu) {
    return TrapDecoder.decode(version, pdu, SOURCE, Optional.empty());
  }

  private static PDU pdu() {
    PDU pdu = new PDU();
    pdu.setType(PDU.TRAP);
    pdu.add(new VariableBinding(SnmpConstants.sysUpTime, new TimeTicks(4711)));
    pdu.add(new VariableBinding(SnmpConstants.snmpTrapOID, SnmpConstants.linkDown));
    return pdu;
  }

  private static PDUv1 first(int generic, int specific) {
    PDUv1 pdu = new PDUv1();
    pdu.setType(PDU.V1TRAP);
    pdu.setEnterprise(new OID("1.3.6.1.4.1.8072"));
    pdu.setAgentAddress(new IpAddress("0.0.0.0"));
    pdu.setGenericTrap(generic);
    pdu.setSpecificTrap(specific);
    return pdu;
  }
}
