package io.argos.profile.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileReaderTest {
  private static final String BASE =
      """
      profile: base
      abstract: true
      tables:
        interface:
          columns:
            name: 1.3.6.1.2.1.31.1.1.1.1
            speed: { oid: [ { oid: 1.3.6.1.2.1.31.1.1.1.15, scale: 1000000 }, 1.3.6.1.2.1.2.2.1.5 ], as: integer, default: -1 }
            parent: { value: none, default: <not set> }
          key: name
      groups:
        interface:
          table: interface
          dimensions:
            name: name
          metrics:
            bits_in: { oid: [1.3.6.1.2.1.31.1.1.1.6, 1.3.6.1.2.1.2.2.1.10], kind: counter, unit: bit, scale: 8 }
            double_bits: { value: bits_in * 2, kind: counter, unit: bit }
      """;

  @Test
  void laysAProfileOverTheOneThatItExtends() throws ProfileException {
    Map<String, Profile> profiles =
        read(
            Map.of(
                "base.yaml",
                BASE,
                "child.yaml",
                """
                profile: child
                extends: base
                match: { sysObjectID: 1.3.6.1.4.1.9 }
                snmp: { max-repetitions: 10 }
                tables:
                  interface:
                    columns:
                      parent: { value: "part(name, '.', 1)" }
                groups:
                  interface:
                    metrics:
                      double_bits: ~
                """));

    Profile child = profiles.get("child");
    assertThat(child.tables().getFirst().columns())
        .extracting(ColumnSpec::name)
        .containsExactly("name", "speed", "parent");
    assertThat(child.tables().getFirst().columns().get(2).fallback()).isEmpty();
    assertThat(child.groups().getFirst().metrics())
        .extracting(GroupSpec.Metric::name)
        .containsExactly("bits_in");
    assertThat(child.snmp().maxRepetitions()).hasValue(10);
    assertThat(child.hash()).hasSize(32).isNotEqualTo(profiles.get("base").hash());
  }

  @Test
  void hashesContentAndNotLayout() throws ProfileException {
    String spread = BASE.replace("key: name", "key:   name   # the stable name");

    assertThat(read(Map.of("base.yaml", spread)).get("base").hash())
        .isEqualTo(read(Map.of("base.yaml", BASE)).get("base").hash());
  }

  @Test
  void reportsEveryProblemWithItsPlace() {
    List<String> problems =
        problems(
            """
            profile: bad
            match: { sysObjectId: 1.3.6 }
            tables:
              t:
                columns:
                  a: 1.3.6.x
                  b: { value: "length(1)" }
                  c: { oid: 1.3.6.1.2.1.2.2.1.5, as: integers }
                  d: { oid: 1.3.6.1.2.1.2.2.1.5, as: integer, default: many }
            groups:
              g:
                table: u
                metrics:
                  m: { value: "'text'" }
                  n: { kind: meter, oid: 1.3.6.1.2.1.2.2.1.5 }
                  m: { value: 1 }
            """);

    assertThat(problems)
        .contains(
            "bad.yaml:16:7: key 'm' stands here again; first at bad.yaml:14:7",
            "bad.yaml:6:10: '1.3.6.x' is not an oid such as 1.3.6.1.2.1.1.3.0",
            "bad.yaml:7:27: text is expected here, but this is integer",
            "bad.yaml:8:42: 'integers' is not one of text, integer, number, mac, hex, address, oid",
            "bad.yaml:9:60: the default 'many' is not of type integer",
            "bad.yaml:12:12: there is no table 'u' that is kept; known are [t]",
            "bad.yaml:15:18: kind is gauge or counter, not 'meter'")
        .anyMatch(line -> line.startsWith("bad.yaml:2:10: 'sysObjectId' is not a key of a match"));
  }

  @Test
  void refusesCirclesAnchorsAndUnknownParents() {
    assertThat(problems("profile: bad\nextends: bad\nabstract: true\n"))
        .containsExactly("bad.yaml:2:10: profiles extend each other in a circle: bad -> bad");
    assertThat(problems("profile: bad\nextends: other\nabstract: true\n"))
        .containsExactly("bad.yaml:2:10: there is no profile 'other' to extend");
    assertThat(problems("profile: bad\nabstract: true\ntables: &a {}\n"))
        .contains("bad.yaml:3:9: anchors and aliases are not part of the format");
    assertThat(problems("profile: other\nabstract: true\n"))
        .containsExactly(
            "bad.yaml:1:10: key 'profile' is the name of the profile, which is that of the file: bad");
    assertThat(problems("profile: bad\nabstract: [\n")).anyMatch(p -> p.contains("not YAML"));
  }

  private static List<String> problems(String text) {
    ProfileException failure =
        catchThrowableOfType(ProfileException.class, () -> read(Map.of("bad.yaml", text)));
    return failure.problems().stream().map(Problem::toString).toList();
  }

  private static Map<String, Profile> read(Map<String, String> files) throws ProfileException {
    ProfileReader reader = new ProfileReader();
    files.forEach(reader::add);
    return reader.read();
  }
}
