package io.argos.deploy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnonymiserLeaksTest {
  private final TreeMap<Oid, CapturedValue> captured = new TreeMap<>();

  private void put(String oid, String octets) {
    captured.put(Oid.parse(oid), CapturedValue.text(octets));
  }

  private void put(String oid, SnmpType type, long number, String octets) {
    captured.put(Oid.parse(oid), new CapturedValue(type, number, octets));
  }

  private String anonymous() {
    return new String(
        Anonymiser.lines(new Anonymiser().anonymise(captured)), StandardCharsets.ISO_8859_1);
  }

  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String hex(String octets) {
    return CapturedValue.text("\1" + octets).line().substring("4x|01".length());
  }

  @Test
  void replacesNamesWithLettersBeyondAsciiAndLineEnds() {
    put("1.3.6.1.2.1.1.4.0", utf8("Jürgen Müller"));
    put("1.3.6.1.2.1.1.5.0", "core1.example.com\0");
    put("1.3.6.1.2.1.1.6.0", "Row 7\r\nRack 5");
    put("1.3.6.1.2.1.31.1.1.1.18.1", utf8("nach Zürich"));

    assertThat(anonymous())
        .isEqualTo(
            """
            1.3.6.1.2.1.1.4.0|4|contact-1
            1.3.6.1.2.1.1.5.0|4|device-1
            1.3.6.1.2.1.1.6.0|4|location-1
            1.3.6.1.2.1.31.1.1.1.18.1|4|alias-1
            """);
  }

  @Test
  void replacesWhatTextsOfSeveralLinesTell() {
    put("1.3.6.1.2.1.1.1.0", "Cisco IOS\r\nhost core1 at 192.0.2.7");
    put("1.3.6.1.2.1.1.5.0", "core1");

    assertThat(anonymous())
        .contains("1.3.6.1.2.1.1.1.0|4x|" + hex("Cisco IOS\r\nhost device-1 at 10.0.0.1"));
  }

  @Test
  void replacesANameInWhateverCaseItIsWritten() {
    put("1.3.6.1.2.1.1.5.0", "core1.example.com");
    put("1.0.8802.1.1.2.1.3.3.0", "CORE1.example.com");
    put("1.3.6.1.2.1.2.2.1.2.1", "uplink of Core1");

    assertThat(anonymous())
        .isEqualTo(
            """
            1.0.8802.1.1.2.1.3.3.0|4|device-1
            1.3.6.1.2.1.1.5.0|4|device-1
            1.3.6.1.2.1.2.2.1.2.1|4|uplink of device-1
            """);
  }

  @Test
  void replacesNamesThatAreEncodedInIndexes() {
    put("1.3.6.1.2.1.1.5.0", "core1");
    put("1.3.6.1.4.1.99999.1.1.2.5.99.111.114.101.49.3", "x");
    put("1.3.6.1.4.1.99999.1.2.2.7.67.79.82.69.49", "y");

    assertThat(anonymous())
        .contains(
            "1.3.6.1.4.1.99999.1.1.2.8.100.101.118.105.99.101.45.49.3|4|x\n",
            "1.3.6.1.4.1.99999.1.2.2.7.100.101.118.105.99.101.45.49|4|y\n");
  }

  @Test
  void replacesAddressesInPointersToRows() {
    put(
        "1.3.6.1.2.1.4.34.1.5.1.4.192.0.2.7",
        SnmpType.OID,
        0,
        "1.3.6.1.2.1.4.32.1.5.2.1.4.192.0.2.0.24");

    assertThat(anonymous())
        .isEqualTo("1.3.6.1.2.1.4.34.1.5.1.4.10.0.0.1|6|1.3.6.1.2.1.4.32.1.5.2.1.4.10.0.0.2.24\n");
  }

  @Test
  void replacesAddressesWithAZoneInIndexes() {
    put(
        "1.3.6.1.2.1.4.34.1.3.4.20.254.128.0.0.0.0.0.0.2.170.187.255.254.204.0.17.0.0.0.2",
        SnmpType.INTEGER,
        2,
        "");
    put("1.3.6.1.2.1.4.34.1.3.3.8.169.254.7.9.0.0.0.2", SnmpType.INTEGER, 2, "");

    assertThat(anonymous())
        .isEqualTo(
            """
            1.3.6.1.2.1.4.34.1.3.3.8.10.0.0.1.0.0.0.2|2|2
            1.3.6.1.2.1.4.34.1.3.4.20.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.2|2|2
            """);
  }

  @Test
  void replacesMacAddressesThatStandInTheIndexAlone() {
    put("1.3.6.1.2.1.17.7.1.2.2.1.2.1.170.187.204.0.17.34", SnmpType.INTEGER, 3, "");
    put("1.3.6.1.2.1.31.1.4.1.2.1.6.170.187.204.0.17.34", SnmpType.INTEGER, 1, "");

    assertThat(anonymous())
        .isEqualTo(
            """
            1.3.6.1.2.1.17.7.1.2.2.1.2.1.2.0.0.0.0.1|2|3
            1.3.6.1.2.1.31.1.4.1.2.1.6.2.0.0.0.0.1|2|1
            """);
  }

  @Test
  void replacesWhatTellsAChassis() {
    put("1.0.8802.1.1.2.1.3.2.0", "FDO1234ABCD");
    put("1.0.8802.1.1.2.1.4.1.1.5.0.1.1", "\1\300\0\2\7");
    put("1.0.8802.1.1.2.1.4.1.1.5.0.1.2", "\252\273\314\0\21\42");
    put("1.3.111.2.802.1.1.13.1.4.1.1.10.0.1.1.1", "spine9");

    assertThat(anonymous())
        .isEqualTo(
            """
            1.0.8802.1.1.2.1.3.2.0|4|chassis-1
            1.0.8802.1.1.2.1.4.1.1.5.0.1.1|4x|010a000001
            1.0.8802.1.1.2.1.4.1.1.5.0.1.2|4x|020000000001
            1.3.111.2.802.1.1.13.1.4.1.1.10.0.1.1.1|4|neighbour-1
            """);
  }

  @Test
  void leavesOutCommunitiesOfOtherTables() {
    put("1.3.6.1.2.1.47.1.2.1.1.4.1", "secret@1");
    put("1.3.6.1.2.1.16.9.1.1.4.1", "secret");
    put("1.3.6.1.2.1.47.1.2.1.1.2.1", "vlan1");

    assertThat(anonymous()).isEqualTo("1.3.6.1.2.1.47.1.2.1.1.2.1|4|vlan1\n");
  }

  @Test
  void replacesTheEngineIdWhereverItStands() {
    put("1.3.6.1.6.3.10.2.1.1.0", "\200\0\0\11\3\252\273\314\0\21\42");
    put("1.3.6.1.2.1.47.1.2.1.1.7.1", "\200\0\0\11\3\252\273\314\0\21\42");
    put("1.3.6.1.2.1.92.1.3.1.1.2.1.11.128.0.0.9.3.170.187.204.0.17.34.5", SnmpType.INTEGER, 1, "");

    assertThat(anonymous())
        .isEqualTo(
            """
            1.3.6.1.2.1.47.1.2.1.1.7.1|4x|80000000046172676f73
            1.3.6.1.2.1.92.1.3.1.1.2.1.10.128.0.0.0.4.97.114.103.111.115.5|2|1
            1.3.6.1.6.3.10.2.1.1.0|4x|80000000046172676f73
            """);
  }

  @Test
  void leavesTheNumbersOfTablesAndColumnsAlone() {
    put("1.3.6.1.4.1.14823.2.2.1.4.1.2.1.3.2.0.0.0.0.9", "user");
    put("1.3.6.1.4.1.99999.1.4.3.2.1.5", "some");

    assertThat(anonymous())
        .isEqualTo(
            """
            1.3.6.1.4.1.14823.2.2.1.4.1.2.1.3.2.0.0.0.0.9|4|user
            1.3.6.1.4.1.99999.1.4.3.2.1.5|4|some
            """);
  }
}
