package io.argos.deploy.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExporterImportTest {
  private static final String ROWS =
      """
      metrics:
        - name: frobValue
          oid: 1.3.6.1.4.1.99999.1.1.2
          type: gauge
          indexes: [{ labelname: frobIndex, type: gauge }]
      """;

  private static ExporterImport.Imported imported(String yaml) throws IOException {
    return new ExporterImport("frob", new ObjectMapper(new YAMLFactory()).readTree(yaml))
        .as("frob");
  }

  private static ExporterImport.Imported checked(String yaml) throws IOException {
    ExporterImport.Imported imported = imported(yaml);
    DraftCheck.lint(List.of(), "frob", imported.text());
    return imported;
  }

  @Test
  void tellsOfALabelThatIsLookedUpByAnotherLabel() throws IOException {
    var imported =
        checked(
            ROWS
                + """
                    lookups:
                      - { labels: [frobIndex], labelname: parent, oid: 1.3.6.1.4.1.99999.1.1.3, type: gauge }
                      - { labels: [parent], labelname: parentName, oid: 1.3.6.1.4.1.99999.1.1.4, type: DisplayString }
                """);

    assertThat(imported.text()).contains("parent:").doesNotContain("parentName");
    assertThat(imported.left())
        .containsExactly("frobValue: label parentName looked up by label parent");
  }

  @Test
  void tellsOfALabelThatTheModuleTakesOut() throws IOException {
    var imported = checked(ROWS + "    lookups: [{ labels: [], labelname: frobIndex }]\n");

    assertThat(imported.left())
        .containsExactly("frobValue: label frobIndex is there, which the module takes out");
  }

  @Test
  void makesNoLabelOfATimeOrASetOfBits() throws IOException {
    var imported =
        checked(
            ROWS
                + """
                  - { name: frobSeen, oid: 1.3.6.1.4.1.99999.1.1.5, type: DateAndTime, indexes: [{ labelname: frobIndex, type: gauge }] }
                  - { name: frobFlags, oid: 1.3.6.1.4.1.99999.1.1.6, type: Bits, indexes: [{ labelname: frobIndex, type: gauge }] }
                  - { name: frobNow, oid: 1.3.6.1.4.1.99999.2, type: DateAndTime }
                """);

    assertThat(imported.text()).doesNotContain("frobSeen", "frobFlags", "frobNow");
    assertThat(imported.left())
        .containsExactly(
            "frobSeen: the numbers that are made of a DateAndTime",
            "frobFlags: the numbers that are made of a Bits",
            "frobNow: the numbers that are made of a DateAndTime");
  }

  @Test
  void readsLabelsByTheirType() throws IOException {
    var imported =
        checked(
            ROWS
                + """
                    lookups:
                      - { labels: [frobIndex], labelname: peer, oid: 1.3.6.1.4.1.99999.1.1.3, type: InetAddressIPv4 }
                      - { labels: [frobIndex], labelname: raw, oid: 1.3.6.1.4.1.99999.1.1.4, type: OctetString }
                      - { labels: [frobIndex], labelname: any, oid: 1.3.6.1.4.1.99999.1.1.5, type: InetAddress }
                """);

    assertThat(imported.text())
        .contains(
            "peer: { oid: 1.3.6.1.4.1.99999.1.1.3, as: address }",
            "raw: { oid: 1.3.6.1.4.1.99999.1.1.4, as: hex }");
    assertThat(imported.left()).containsExactly("any: a label of type InetAddress is read as text");
  }

  @Test
  void tellsOfNamesOfAnIndexAndOfDisplayHints() throws IOException {
    var imported =
        checked(
            ROWS.replace("type: gauge }", "type: gauge, enum_values: { 1: left } }")
                + "    display_hint: 1x\n");

    assertThat(imported.left())
        .containsExactly(
            "frobValue: the names of label frobIndex; its numbers are there",
            "frobValue: display_hint");
  }

  @Test
  void carriesOverThatOidsMayComeInAnyOrder() throws IOException {
    assertThat(checked("allow_nonincreasing_oids: true\n" + ROWS).text())
        .contains("snmp: { unordered: true }");
  }

  @Test
  void keepsANumberThatIsAnIndexToo() throws IOException {
    var imported = checked(ROWS.replace("labelname: frobIndex", "labelname: frobValue"));

    assertThat(imported.text()).contains("frobValue");
  }

  @Test
  void keepsANumberThatIsLookedUpToo() throws IOException {
    var imported =
        checked(
            ROWS
                + "    lookups: [{ labels: [frobIndex], labelname: frobValue, oid: 1.3.6.1.4.1.99999.1.1.2, type: gauge }]\n");

    assertThat(imported.text()).contains("frobValue");
  }
}
