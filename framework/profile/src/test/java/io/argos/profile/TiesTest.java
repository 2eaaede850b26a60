package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.argos.profile.format.Problem;
import io.argos.profile.format.ProfileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiesTest {
  private static String profile(String name, String match) {
    return "profile: " + name + "\nmatch:\n  - " + match + "\n";
  }

  private static List<Problem> problems(String a, String b) {
    ProfileException wrong =
        catchThrowableOfType(
            ProfileException.class,
            () ->
                ProfileCatalog.of(
                    Map.of("a.yaml", profile("a", a)), Map.of("b.yaml", profile("b", b))));
    return wrong == null ? List.of() : wrong.problems();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{} | {} | every device",
        "sysObjectID: 1.3.6.1.4.1.9 | sysObjectID: 1.3.6.1.4.1.9 | a device of sysObjectID 1.3.6.1.4.1.9",
        "sysObjectID: [1.3.6.1.4.1.9, 1.3.6.1.4.1.9.1] | sysObjectID: [1.3.6.1.4.1.9.1, 1.3.6.1.4.1.8] | a device of sysObjectID 1.3.6.1.4.1.9.1",
        "{ type: [a, b] } | { type: [b, c] } | a device of type b",
        "{ class: network, type: a } | { class: network, type: a } | a device of class network, type a",
        "{ sysDescr: 'IOS' } | { sysDescr: 'IOS Software' } | a device of sysDescr with IOS Software",
        "{ sysDescr: 'IOS [XR]+' } | { sysDescr: 'IOS [XR]+' } | a device of sysDescr with IOS [XR]+",
        "{ labels: { model: '^F9$' } } | { labels: { model: '^F\\d$' } } | a device of label model F9",
        "{ labels: { model: '^F\\.9$' } } | { labels: { model: 'F' } } | a device of label model F.9",
      })
  void tellsBothOfTwoBetweenWhichADeviceCannotChoose(String a, String b, String device) {
    List<Problem> problems = problems(a, b);

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "a.yaml:3:5: profiles a and b fit equally well "
                + device
                + "; make a rule of one more specific (the rule of b is at b.yaml:3:5)",
            "b.yaml:3:5: profiles b and a fit equally well "
                + device
                + "; make a rule of one more specific (the rule of a is at a.yaml:3:5)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "sysObjectID: 1.3.6.1.4.1.9 | sysObjectID: 1.3.6.1.4.1.9.1",
        "sysObjectID: 1.3.6.1.4.1.9 | { sysObjectID: 1.3.6.1.4.1.9, sysDescr: 'IOS' }",
        "sysObjectID: 1.3.6.1.4.1.9 | { sysObjectID: 1.3.6.1.4.1.9, type: cisco }",
        "{ sysDescr: 'IOS' } | { sysDescr: 'NX-OS' }",
        "{ sysDescr: 'IOS [XR]+' } | { sysDescr: 'IOS [RX]+' }",
        "{ type: a } | { type: b }",
        "{ type: a } | { class: network }",
        "{ labels: { model: '^F9$' } } | { labels: { model: '^F8$' } }",
        "{ labels: { model: '^F9$' } } | { labels: { profile: '^b$' } }",
      })
  void leavesAloneWhatADeviceCanChooseBetween(String a, String b) {
    assertThat(problems(a, b)).isEmpty();
  }

  @Test
  void isNoTieWhereAnotherRuleOfOneIsMoreSpecific() {
    assertThat(
            problems(
                "sysObjectID: 1.3.6.1.4.1.9\n  - { sysObjectID: 1.3.6.1.4.1.9, class: '' }",
                "sysObjectID: 1.3.6.1.4.1.9"))
        .isEmpty();
  }

  @Test
  void findsNoneAmongThoseThatShipAndNoneWhereOneTakesThePlaceOfAnother() {
    assertThatCode(() ->
            ProfileCatalog.of(
                ProfileFiles.shipped(),
                Map.of("mine/fallback.yaml", "profile: fallback\nextends: if-mib\nmatch: {}\n")))
        .doesNotThrowAnyException();
  }
}
