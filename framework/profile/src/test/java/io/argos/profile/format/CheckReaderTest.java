package io.argos.profile.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.argos.profile.ProfileCatalog;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CheckReaderTest {
  private static final String GROUPS =
      """
      profile: p
      match: {}
      tables:
        port:
          columns: { name: 1.3.6.1.4.1.99999.1.1 }
      groups:
        port:
          table: port
          dimensions: { name: name }
          metrics:
            state: { oid: 1.3.6.1.4.1.99999.1.2 }
            octets: { oid: 1.3.6.1.4.1.99999.1.3, kind: counter }
        other:
          metrics:
            state: { oid: 1.3.6.1.4.1.99999.2.0 }
      """;

  @Test
  void readsConditionsForEachGroup() throws ProfileException {
    List<CheckSpec> checks =
        read("down: { group: [port, other], where: state > 0, critical: state != 1, attempts: 2 }");

    assertThat(checks).extracting(CheckSpec::section).containsExactly("port", "other");
    CheckSpec first = checks.getFirst();
    assertThat(first.name()).isEqualTo("down");
    assertThat(first.attempts()).isEqualTo(2);
    assertThat(first.where()).isPresent();
    assertThat(first.judgement())
        .isInstanceOfSatisfying(
            CheckSpec.Judgement.Conditions.class,
            conditions -> {
              assertThat(conditions.warning()).isEmpty();
              assertThat(conditions.critical()).isPresent();
            });
  }

  @Test
  void readsThresholdsOfAValueInWhichACounterIsItsRate() throws ProfileException {
    List<CheckSpec> checks =
        read(
            "use: { group: port, where: \"name != 'lo'\", value: octets / 1000.0, unit: kBy/s,"
                + " above: { warning: 80, critical: 95 }, hysteresis: 5 }");

    assertThat(checks.getFirst().attempts()).isEqualTo(3);
    assertThat(checks.getFirst().judgement())
        .isInstanceOfSatisfying(
            CheckSpec.Judgement.Thresholds.class,
            thresholds -> {
              assertThat(thresholds.above()).isTrue();
              assertThat(thresholds.warning()).isEqualTo(OptionalDouble.of(80));
              assertThat(thresholds.critical()).isEqualTo(OptionalDouble.of(95));
              assertThat(thresholds.hysteresis()).isEqualTo(5);
              assertThat(thresholds.unit()).isEqualTo("kBy/s");
            });
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThat(problems("c: { group: gone, critical: state == 1 }"))
        .containsExactly("p.yaml:17:15: there is no group 'gone'; known are [port, other]");
    assertThat(problems("c: { group: other, critical: octets > 1 }"))
        .singleElement()
        .asString()
        .startsWith("p.yaml:17:32: there is no column or scalar 'octets'");
    assertThat(problems("c: { group: port }"))
        .containsExactly(
            "p.yaml:17:6: a check has a value, or a condition 'critical' or 'warning'");
    assertThat(problems("c: { group: port, value: state }"))
        .containsExactly("p.yaml:17:6: a value is bad either above or below its thresholds");
    assertThat(problems("c: { group: port, value: state, below: { warning: 1, critical: 2 } }"))
        .containsExactly("p.yaml:17:66: critical is further below than warning");
    assertThat(problems("c: { group: port, critical: state == 1, hysteresis: 1 }"))
        .containsExactly("p.yaml:17:55: hysteresis goes with a value");
    assertThat(problems("c: { critical: state == 1, attempts: 0.5 }"))
        .containsExactly(
            "p.yaml:17:6: a check names the group whose rows it judges",
            "p.yaml:17:40: attempts is a whole number from 1 to 100");
  }

  @Test
  void laysAThresholdOverTheInheritedOneAndTakesACheckOut() throws ProfileException {
    ProfileCatalog catalog =
        ProfileCatalog.of(
            Map.of(
                "p.yaml",
                GROUPS
                    + """
                    checks:
                      down: { group: other, critical: state != 1 }
                      use: { group: port, value: octets, above: { warning: 80 }, hysteresis: 5 }
                    """,
                "q.yaml",
                """
                profile: q
                extends: p
                match: { type: q }
                checks:
                  down: ~
                  use: { above: { critical: 90 } }
                """));

    List<CheckSpec> checks = catalog.find("q").orElseThrow().checks();

    assertThat(checks).extracting(CheckSpec::name).containsExactly("use");
    assertThat(checks.getFirst().judgement())
        .isInstanceOfSatisfying(
            CheckSpec.Judgement.Thresholds.class,
            thresholds -> {
              assertThat(thresholds.warning()).isEmpty();
              assertThat(thresholds.critical()).isEqualTo(OptionalDouble.of(90));
              assertThat(thresholds.hysteresis()).isEqualTo(5);
            });
  }

  @Test
  void shippedProfilesProposeChecksOfInterfaces() {
    assertThat(ProfileCatalog.shipped().profiles())
        .filteredOn(profile -> !profile.isAbstract())
        .allSatisfy(profile ->
            assertThat(profile.checks())
                .extracting(CheckSpec::name)
                .contains("interface_down", "interface_errors", "interface_utilisation"));
  }

  private static List<CheckSpec> read(String check) throws ProfileException {
    ProfileReader reader = new ProfileReader();
    reader.add("p.yaml", GROUPS + "checks:\n  " + check + "\n");
    return reader.read().get("p").checks();
  }

  private static List<String> problems(String check) {
    ProfileReader reader = new ProfileReader();
    reader.add("p.yaml", GROUPS + "checks:\n  " + check + "\n");
    ProfileException failure = catchThrowableOfType(ProfileException.class, reader::read);
    return failure.problems().stream().map(Problem::toString).toList();
  }
}
