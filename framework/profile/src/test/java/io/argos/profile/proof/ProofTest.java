package io.argos.profile.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.ProfileCatalog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofTest {
  private static final ProfileCatalog CATALOG = ProfileCatalog.shipped();

  private static final String RECORDING =
      """
      1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999
      1.3.6.1.2.1.2.2.1.2.1|4|eth0
      1.3.6.1.2.1.2.2.1.3.1|2|6
      1.3.6.1.2.1.2.2.1.4.1|2|1500
      """;

  private static ProofCase of(String recording, String expected) {
    return new ProofCase("fallback", "here", false, recording, Optional.of(expected));
  }

  @Test
  void holdsForWhatItRecordedItself() {
    String recorded =
        Proof.record(
            CATALOG, new ProofCase("fallback", "here", false, RECORDING, Optional.empty()));

    Proof.Result result = Proof.of(CATALOG, of(RECORDING, recorded));

    assertThat(result.differences()).isEmpty();
    assertThat(result.profile()).isEqualTo("fallback");
    assertThat(result.equal()).isEqualTo(result.expected()).isPositive();
  }

  @Test
  void namesRowAndMetricThatDiffer() {
    String recorded = Proof.record(CATALOG, of(RECORDING, "{}"));

    Proof.Result result = Proof.of(CATALOG, of(RECORDING.replace("1500", "9000"), recorded));

    assertThat(result.differences())
        .containsExactly("interface interface[eth0].mtu: expected gauge 1500, is gauge 9000");
    assertThat(result.equal()).isEqualTo(result.expected() - 1);
  }

  @Test
  void missesRowsAndRefusesThoseNotExpected() {
    String recorded = Proof.record(CATALOG, of(RECORDING, "{}"));

    Proof.Result result = Proof.of(CATALOG, of(RECORDING.replace("eth0", "eth1"), recorded));

    assertThat(result.differences())
        .containsExactly(
            "interface interface[eth0]: is missing", "interface interface[eth1]: is not expected");
  }

  @Test
  void tellsFileAndLineOfABadRecording() {
    Proof.Result result =
        Proof.of(CATALOG, of("1.3.6|2|x\nnonsense\n1.3.6|99|1\n1.3.6|64|10.0.0\n", "{}"));

    assertThat(result.holds()).isFalse();
    assertThat(result.differences())
        .isEqualTo(
            List.of(
                """
                here/recording.snmprec:1: 'x' is not a number
                here/recording.snmprec:2: this is not OID|TAG|VALUE
                here/recording.snmprec:3: '99' is not a tag such as 2, 4, 4x, 6, 64, 65, 66, 67 or 70
                here/recording.snmprec:4: '10.0.0' is not an IPv4 address\
                """));
  }

  @Test
  void tellsABadExpectation() {
    assertThat(Proof.of(CATALOG, of(RECORDING, "{")).differences())
        .singleElement()
        .asString()
        .startsWith("here/expected.json: ");
  }
}
