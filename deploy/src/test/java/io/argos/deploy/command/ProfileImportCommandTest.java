package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileImportCommandTest {
  private static final String MODULE =
      """
      modules:
        frob_mib:
          walk: [1.3.6.1.4.1.99999.1]
          timeout: 5s
          max_repetitions: 20
          metrics:
            - { name: frobs, oid: 1.3.6.1.4.1.99999.2, type: gauge }
            - name: frobOctets
              oid: 1.3.6.1.4.1.99999.1.1.2
              type: counter
              indexes: [{ labelname: frobIndex, type: gauge }]
              lookups:
                - { labels: [frobIndex], labelname: frobName, oid: 1.3.6.1.4.1.99999.1.1.1, type: DisplayString }
      """;
  private static final String RECORDING =
      """
      1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999
      1.3.6.1.4.1.99999.1.1.1.4|4|left
      1.3.6.1.4.1.99999.1.1.2.4|70|12345678901
      1.3.6.1.4.1.99999.2.0|66|5
      """;

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(folder.resolve("mine/tests/frob-mib"));
    Files.writeString(folder.resolve("argos.yaml"), "profiles: [mine]\n");
  }

  private Session run(String yaml, String... more) throws IOException {
    Files.writeString(folder.resolve("snmp.yml"), yaml);
    String[] line = {"profile", "import", "snmp-exporter", "snmp.yml"};
    return Session.run(
        folder,
        java.util.stream.Stream.of(line, more)
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
  }

  @Test
  void makesAProfileThatReadsWhatTheModuleRead() throws IOException {
    var session = run(MODULE);
    assertThat(session.exitCode()).as(session.err()).isZero();
    Files.writeString(
        folder.resolve("mine/frob-mib.yaml"),
        session
            .out()
            .replace("labels: { module: '^frob_mib$' }", "sysObjectID: 1.3.6.1.4.1.99999"));
    Files.writeString(folder.resolve("mine/tests/frob-mib/recording.snmprec"), RECORDING);

    var proof = Session.run(folder, "profile", "test", "frob-mib", "--record");

    assertThat(proof.exitCode()).as(proof.out() + proof.err()).isZero();
    assertThat(Files.readString(folder.resolve("mine/tests/frob-mib/expected.json")))
        .contains("\"frobName\" : \"left\"", "\"frobIndex\" : \"4\"", "12345678901", "\"frobs\"");
  }

  @Test
  void tellsWhatIsLeftBehind() throws IOException {
    var session =
        run(
            MODULE
                .replace(
                    "labelname: frobIndex, type: gauge", "labelname: frobIndex, type: InetAddress")
                .replace("type: gauge }", "type: gauge, offset: 3 }"));

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.out()).contains("profile: frob-mib");
    assertThat(session.err())
        .isEqualTo(
            """
            not carried over: frobs: offset
            not carried over: frobOctets: label frobIndex out of an index of type InetAddress
            """);
  }

  @Test
  void takesTheNameOfNoOtherProfile() throws IOException {
    var taken = run(MODULE.replace("frob_mib", "if_mib"));
    var named = run(MODULE.replace("frob_mib", "if_mib"), "--name", "if-mib-exporter");

    assertThat(taken.exitCode()).isEqualTo(2);
    assertThat(taken.err()).startsWith("there is a profile 'if-mib' already: say --name");
    assertThat(named.exitCode()).as(named.err()).isZero();
  }

  @Test
  void bringsADocumentOfPanoptesIntoTheFolderOfProfiles() throws IOException {
    Files.writeString(
        folder.resolve("Frob Metrics.json"),
        """
        { "oids": {
            "octets": { "method": "bulk_walk", "oid": ".1.3.6.1.4.1.99999.1.1.2" },
            "name": { "method": "static", "values": { "4": "left" } } },
          "metrics_groups": [ { "group_name": "frobs",
            "dimensions": { "name": "name.$index" },
            "metrics": { "octets": { "value": "octets.$index", "metric_type": "counter" },
                         "odd": "octets.$index // 2" } } ] }
        """);
    // As the shell does before the command runs.
    Files.createFile(folder.resolve("mine/frob-metrics.yaml"));

    var session = Session.run(folder, "profile", "import", "panoptes", "Frob Metrics.json");

    assertThat(session.exitCode()).as(session.err()).isEqualTo(1);
    assertThat(session.err())
        .isEqualTo("not carried over: metrics_groups[0].metrics.odd: the operator //\n");
    Files.writeString(
        folder.resolve("mine/frob-metrics.yaml"),
        session
            .out()
            .replace("labels: { profile: '^frob-metrics$' }", "sysObjectID: 1.3.6.1.4.1.99999"));
    Files.createDirectories(folder.resolve("mine/tests/frob-metrics"));
    Files.writeString(folder.resolve("mine/tests/frob-metrics/recording.snmprec"), RECORDING);
    var proof = Session.run(folder, "profile", "test", "frob-metrics", "--record");
    assertThat(proof.exitCode()).as(proof.out() + proof.err()).isZero();
    assertThat(Files.readString(folder.resolve("mine/tests/frob-metrics/expected.json")))
        .contains("\"name\" : \"left\"", "12345678901");
  }

  @Test
  void refusesWhatIsNoDocumentOfPanoptes() throws IOException {
    Files.writeString(folder.resolve("bad.json"), "{ \"metrics_groups\": 1, \"oids\": {} }");
    Files.writeString(folder.resolve("worse.json"), "{ \"metrics_groups\" ");

    var bad = Session.run(folder, "profile", "import", "panoptes", "bad.json");
    var worse = Session.run(folder, "profile", "import", "panoptes", "worse.json");
    var none = Session.run(folder, "profile", "import", "panoptes", "none.json");

    assertThat(bad.exitCode()).isEqualTo(4);
    assertThat(bad.err()).startsWith("bad.json: metrics_groups: a list of metrics groups");
    assertThat(worse.exitCode()).isEqualTo(4);
    assertThat(worse.err()).startsWith("worse.json:1:").contains("is not JSON");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(bad.out() + worse.out() + none.out()).isEmpty();
  }

  @Test
  void refusesWhatIsNoModule() throws IOException {
    assertThat(run("a: [").exitCode()).isEqualTo(1);
    assertThat(run("a: 1").err()).startsWith("snmp.yml: there is no module");
    assertThat(run(MODULE, "--module", "x").exitCode()).isEqualTo(3);
    assertThat(
            run(MODULE
                    + MODULE
                        .lines()
                        .skip(1)
                        .map(l -> l.replace("frob_mib", "other") + "\n")
                        .reduce("", String::concat))
                .exitCode())
        .isEqualTo(2);
  }
}
