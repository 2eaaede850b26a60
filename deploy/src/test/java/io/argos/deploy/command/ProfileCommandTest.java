package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileCommandTest {
  private static final String FROB =
      """
      profile: frob
      description: Frobnicators.
      match: { sysObjectID: 1.3.6.1.4.1.99999 }
      groups:
        frobs:
          metrics:
            frobs: { oid: 1.3.6.1.4.1.99999.1.0 }
      """;
  private static final String RECORDING =
      """
      1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.7
      1.3.6.1.4.1.99999.1.0|66|5
      """;

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    write("argos.yaml", "profiles: [mine]\n");
    write("mine/frob.yaml", FROB);
    write("mine/tests/frob/recording.snmprec", RECORDING);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Session run(String line) {
    return Session.run(folder, ("profile " + line).split(" "));
  }

  @Test
  void listsShippedProfilesAndYourOwn() {
    var session = run("list");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .contains("juniper", "shipped/juniper.yaml", "frob", "mine/frob.yaml", "Frobnicators.")
        .doesNotContain("if-mib");
    assertThat(run("list --all").out()).contains("if-mib");
  }

  @Test
  void showsWhatAProfileReads() throws IOException {
    var json = new ObjectMapper().readTree(run("show frob -o json").out());

    assertThat(json.path("match").get(0).path("sysObjectID").get(0).asText())
        .isEqualTo("1.3.6.1.4.1.99999");
    assertThat(json.path("sections").path("frobs").path("metrics").path("frobs").asText())
        .isEqualTo("gauge 1");
    assertThat(run("show ups").out())
        .containsPattern(
            "checks.battery_charge of ups_battery +charge_remaining in %, warning at or below 50.0");
  }

  @Test
  void showsAndLintsWhatTrapsMean() throws IOException {
    write(
        "mine/frob.yaml",
        FROB
            + """
            events:
              frob_lost:
                trap: 1.3.6.1.4.1.99999.2.1
                varbinds: { left: { oid: 1.3.6.1.4.1.99999.1, as: integer } }
                severity: critical
                summary: "{left} frobs are left"
            """);
    write("bad.yaml", FROB.replace("frob\n", "bad\n") + "events: { e: { trap: 1.3, bad: 1 } }\n");

    var json = new ObjectMapper().readTree(run("show frob -o json").out());
    var bad = run("lint bad.yaml");

    assertThat(json.path("events").path("frob_lost").path("trap").get(0).asText())
        .isEqualTo("1.3.6.1.4.1.99999.2.1");
    assertThat(json.path("events").path("frob_lost").path("severity").asText())
        .isEqualTo("critical");
    assertThat(bad.exitCode()).isEqualTo(4);
    assertThat(bad.err()).contains("'bad' is not a key of an event", "an event has a summary");
  }

  @Test
  void lintsWithFileLineAndColumn() throws IOException {
    write("bad.yaml", FROB.replace("frob\n", "bad\n").replace("groups", "grups"));

    var bad = run("lint bad.yaml");
    var good = run("lint mine/frob.yaml");

    assertThat(bad.exitCode()).isEqualTo(4);
    assertThat(bad.err()).startsWith(folder + "/bad.yaml:4:1: 'grups' is not a key");
    assertThat(good.exitCode()).as(good.err()).isZero();
    assertThat(good.out()).isEqualTo("mine/frob.yaml: ok\n");
  }

  @Test
  void provesAllShippedProfiles() throws IOException {
    write("argos.yaml", "profiles: []\n");

    var session = run("test");

    assertThat(session.exitCode()).as(session.out()).isZero();
    assertThat(session.out().lines().toList().getLast())
        .matches("\\d+ cases: \\d+ hold, 0 miss; .*");
  }

  @Test
  void recordsProvesAndMisses() throws IOException {
    var before = run("test frob");
    var recorded = run("test frob --record");
    var after = run("test frob");
    write("mine/tests/frob/recording.snmprec", RECORDING.replace("|5", "|6"));
    var missed = run("test frob");
    var json = run("test frob -o json");

    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.out()).contains("there is no expected.json");
    assertThat(recorded.exitCode()).as(recorded.err()).isZero();
    assertThat(after.out()).endsWith("1 case: 1 hold, 0 miss; 2 of 2 rows\n");
    assertThat(missed.exitCode()).isEqualTo(1);
    assertThat(missed.out())
        .contains("MISS  frob", "frobs frobs[0].frobs: expected gauge 5, is gauge 6")
        .endsWith("1 case: 0 hold, 1 misses; 1 of 2 rows\n");
    assertThat(new ObjectMapper().readTree(json.out()).get(0).path("differences")).hasSize(1);
  }

  @Test
  void saysWhyAProfileFits() {
    var session = run("match --sys-object-id 1.3.6.1.4.1.99999.7");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out().lines().skip(1).toList())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("frob")
        .contains("sysObjectID begins with 1.3.6.1.4.1.99999", "mine/frob.yaml:3:8");
    assertThat(session.err()).contains("profile frob: sysObjectID begins with");
  }

  @Test
  void tellsATieOfADevice() throws IOException {
    write("mine/frob.yaml", FROB.replace("99999 }", "99999, sysDescr: Frob }"));
    write(
        "mine/other.yaml",
        FROB.replace("frob\n", "other\n").replace("99999 }", "99999, sysDescr: Other }"));

    var session =
        Session.run(
            folder,
            "profile",
            "match",
            "--sys-object-id",
            "1.3.6.1.4.1.99999.7",
            "--sys-descr",
            "Frob Other");

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.err()).contains("profiles frob and other fit equally well");
  }

  @Test
  void tellsATieOfProfilesButLetsOneBeTried() throws IOException {
    write("other.yaml", FROB.replace("frob\n", "other\n"));

    var lint = run("lint other.yaml");
    var tried = run("try 127.0.0.1:1 other.yaml --community c");

    assertThat(lint.exitCode()).isEqualTo(4);
    assertThat(lint.err())
        .contains(
            "mine/frob.yaml:3:8: profiles frob and other fit equally well a device of sysObjectID"
                + " 1.3.6.1.4.1.99999",
            "other.yaml:3:8: profiles other and frob fit equally well");
    assertThat(tried.err()).doesNotContain("equally well");
  }

  @Test
  void draftsAProfileThatLintsAndFits() throws IOException {
    write(
        "New Frob.snmprec",
        """
        1.3.6.1.2.1.1.1.0|4|A 'frob': # of 9
        1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99998.7
        1.3.6.1.2.1.2.2.1.2.1|4|eth0
        1.3.6.1.4.1.99998.1.1.1.1|66|5
        1.3.6.1.4.1.99998.1.1.1.2|66|5
        """);

    var draft = Session.run(folder, "profile", "new", "--from-walk", "New Frob.snmprec");
    write("mine/new-frob.yaml", draft.out());

    assertThat(draft.exitCode()).as(draft.err()).isZero();
    assertThat(draft.out())
        .contains("profile: new-frob\n", "if-mib", "1.3.6.1.4.1.99998.1.1.1", " 2\n")
        .doesNotContain("#   1.3.6.1.2.1.2");
    assertThat(run("lint mine/new-frob.yaml").exitCode()).isZero();
    assertThat(run("match --sys-object-id 1.3.6.1.4.1.99998.7").err()).contains("profile new-frob");
  }

  @Test
  void draftsWhatADeviceIsAndWhatItAnswersBesides() throws IOException {
    write(
        "big-box.snmprec",
        """
        1.3.6.1.2.1.1.1.0|4|Big Box, Version 4.2.1b, build 7
        1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.2011.2.23.999
        1.3.6.1.2.1.47.1.1.1.1.5.1|2|3
        1.3.6.1.2.1.47.1.1.1.1.5.2|2|9
        1.3.6.1.2.1.47.1.1.1.1.11.1|4|SN1234
        1.3.6.1.2.1.47.1.1.1.1.13.1|4|BB-9
        1.3.6.1.2.1.47.1.1.1.1.13.2|4|Module
        1.3.6.1.4.1.2011.5.1.1.1.7|4|left
        1.3.6.1.4.1.2011.5.1.1.1.9|4|right
        1.3.6.1.4.1.2011.5.1.1.2.7|65|100
        1.3.6.1.4.1.2011.5.1.1.2.9|65|200
        1.3.6.1.4.1.2011.6.1.0|2|3
        1.3.6.1.4.1.99999.1.0|2|3
        """);

    var draft = run("new --from-walk big-box.snmprec");
    write("mine/big-box.yaml", draft.out());
    write(
        "mine/tests/big-box/recording.snmprec",
        Files.readString(folder.resolve("big-box.snmprec")));
    var proof = run("test big-box --record");
    var again = run("new --from-walk big-box.snmprec --name twin");

    assertThat(draft.exitCode()).as(draft.err()).isZero();
    assertThat(draft.out())
        .contains(
            "  vendor: \"'Huawei'\"\n",
            "  model: first(physical.model, physical.class == 3 and present(physical.model))\n",
            "#   table_1:   # 1.3.6.1.4.1.2011.5.1.1, 2 rows, index such as 7, Huawei\n",
            "#       c1: { oid: 1.3.6.1.4.1.2011.5.1.1.1 }   # 2 of octets, such as left\n",
            "#     polled:\n#       c2: { oid: 1.3.6.1.4.1.2011.5.1.1.2, as: integer }   # 2 of counter32, such as 100\n",
            "#   s1: { oid: 1.3.6.1.4.1.2011.6.1.0, as: integer }   # 1 of integer, such as 3\n",
            "Huawei\n");
    assertThat(proof.exitCode()).as(proof.out() + proof.err()).isZero();
    assertThat(Files.readString(folder.resolve("mine/tests/big-box/expected.json")))
        .contains("\"Huawei\"", "\"4.2.1b\"", "\"BB-9\"", "\"SN1234\"");
    assertThat(again.exitCode()).as("the sysObjectID is taken: " + again.err()).isZero();
    assertThat(again.out()).contains("labels: { profile: '^twin$' }");
  }

  @ParameterizedTest
  @CsvSource({
    "new --from-walk nope.snmprec, 3, there is no file nope.snmprec",
    "new --from-walk argos.yaml, 1, ",
    "new, 2, Missing required option",
    "show nope, 3, there is no profile 'nope'",
    "test nope, 3, there is no profile 'nope'",
    "test if-mib, 3, no recording proves 'if-mib'",
    "lint nope.yaml, 3, there is no file nope.yaml",
    "lint, 2, Missing required parameter: 'FILE'",
    "match, 2, name an ENDPOINT",
    "match h --sys-descr x, 2, name an ENDPOINT",
    "match --sys-object-id 1.x, 2, --sys-object-id: '1.x' is not an oid",
    "try h nope.yaml --community c, 3, there is no file nope.yaml"
  })
  void refusesWhatMakesNoSense(String line, int code, String message) {
    var session = run(line);

    assertThat(session.exitCode()).isEqualTo(code);
    assertThat(session.out()).isEmpty();
    assertThat(session.err()).startsWith(message == null ? "/" : message);
  }
}
