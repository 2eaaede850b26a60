package io.argos.deploy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnonymiserTest {
  private final TreeMap<Oid, CapturedValue> captured = new TreeMap<>();

  private void put(String oid, String text) {
    captured.put(Oid.parse(oid), CapturedValue.text(text));
  }

  private String anonymous() {
    return new String(
        Anonymiser.lines(new Anonymiser().anonymise(captured)), StandardCharsets.ISO_8859_1);
  }

  @Test
  void replacesTheSameByTheSameInValuesTextsAndIndexes() {
    put("1.3.6.1.2.1.1.5.0", "core1.example.com");
    put("1.3.6.1.2.1.1.6.0", "Row 7");
    put("1.3.6.1.2.1.31.1.1.1.18.1", "to core1, 192.0.2.7 aa:bb:cc:00:11:22");
    put("1.3.6.1.2.1.2.2.1.6.1", "\252\273\314\0\21\42");
    put("1.3.6.1.2.1.2.2.1.2.1", "port of core1 at 192.0.2.7");
    captured.put(
        Oid.parse("1.3.6.1.2.1.4.20.1.1.192.0.2.7"),
        new CapturedValue(SnmpType.IP_ADDRESS, 0, "\u00c0\0\2\7"));
    captured.put(
        Oid.parse("1.3.6.1.2.1.4.20.1.3.192.0.2.7"),
        new CapturedValue(SnmpType.IP_ADDRESS, 0, "\u00ff\u00ff\u00ff\0"));

    assertThat(anonymous())
        .isEqualTo(
            """
            1.3.6.1.2.1.1.5.0|4|device-1
            1.3.6.1.2.1.1.6.0|4|location-1
            1.3.6.1.2.1.2.2.1.2.1|4|port of device-1 at 10.0.0.1
            1.3.6.1.2.1.2.2.1.6.1|4x|020000000001
            1.3.6.1.2.1.4.20.1.1.10.0.0.1|64|10.0.0.1
            1.3.6.1.2.1.4.20.1.3.10.0.0.1|64|255.255.255.0
            1.3.6.1.2.1.31.1.1.1.18.1|4|alias-1
            """);
  }

  @Test
  void takesTheNameOfTheHostOutOfWhatUnameTells() {
    put("1.3.6.1.2.1.1.1.0", "Linux web1 6.1.0-18-amd64 #1 SMP x86_64");

    assertThat(anonymous())
        .isEqualTo("1.3.6.1.2.1.1.1.0|4|Linux device 6.1.0-18-amd64 #1 SMP x86_64\n");
  }

  @Test
  void leavesOutCredentialsAndWhatProgramsPrint() {
    put("1.3.6.1.6.3.18.1.1.1.2.1", "secret-community");
    put("1.3.6.1.2.1.25.4.2.1.5.7", "--password=hunter2");
    put("1.3.6.1.4.1.8072.1.3.2.3.1.1.1", "printed");
    put("1.3.6.1.2.1.25.4.2.1.2.7", "init");

    assertThat(anonymous()).isEqualTo("1.3.6.1.2.1.25.4.2.1.2.7|4|init\n");
  }

  @Test
  void replacesSerialsNeighboursAndIpv6() {
    put("1.3.6.1.2.1.47.1.1.1.1.11.1", "FOC1234X5YZ");
    put("1.3.6.1.2.1.47.1.1.1.1.2.1", "Chassis FOC1234X5YZ");
    put("1.0.8802.1.1.2.1.4.1.1.9.0.1.1", "spine9");
    put("1.3.6.1.2.1.1.1.0", "at fe80::1:2:3:4 and 2001:0:0:4:5:6:7:8 and 10.9.8.7, 12:30:45 ::1");

    assertThat(anonymous())
        .contains(
            "Chassis serial-1",
            "|4|neighbour-1",
            "at 2001:db8::1 and 2001:db8::2 and 10.0.0.1, 12:30:45 ::1")
        .doesNotContain("FOC1234X5YZ", "spine9", "fe80");
  }
}
