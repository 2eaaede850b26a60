package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidTest {
  @ParameterizedTest
  @ValueSource(strings = {"1.3", "1.3.6.1.2.1.1.3.0", "2.999.4294967295", "0.0", "0.39.128"})
  void printsWhatItParses(String text) {
    assertThat(Oid.parse(text)).hasToString(text);
    assertThat(Oid.parse("." + text)).isEqualTo(Oid.parse(text));
    assertThat(Oid.parse(text).ber()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "1..3", "1.3.", "1.-3", "1.4294967296", "one"})
  void refusesWhatIsNoOid(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Oid.parse(text))
        .withMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3.1", "1.40", "4294967295.1", "1.4294967295"})
  void encodesOnlyWhatHasAForm(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Oid.parse(text).ber());
  }

  @Test
  void comparesArcsNotText() {
    assertThat(Oid.parse("1.3.10").startsWith(Oid.parse("1.3.1"))).isFalse();
    assertThat(Oid.parse("1.3.10")).isGreaterThan(Oid.parse("1.3.9"));
    assertThat(Oid.parse("1.3.4294967295")).isGreaterThan(Oid.parse("1.3.1"));
    assertThat(Oid.parse("1.3.6").isSiblingOf(Oid.parse("1.3.7"))).isTrue();
    assertThat(Oid.parse("1.3.6").isSiblingOf(Oid.parse("1.4.6"))).isFalse();
  }

  @Test
  void encodesAsTheStandardsExampleDoes() {
    // X.690 8.19.5: {2 999 3} is 88 37 03.
    assertThat(Oid.parse("2.999.3").ber()).isEqualTo(new byte[] {(byte) 0x88, 0x37, 0x03});
    assertThat(Oid.parse("1.3.6.1.4.1.99999").ber())
        .isEqualTo(new byte[] {0x2B, 6, 1, 4, 1, (byte) 0x86, (byte) 0x8D, 0x1F});
  }
}
