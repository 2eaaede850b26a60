package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.argos.spi.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snmp4j.security.SecurityLevel;

class SnmpCredentialsTest {
  private static SnmpCredential of(Map<String, String> fields) {
    return SnmpCredentials.of(new Secret("lab", fields));
  }

  @Test
  void tellsTheVersionsApart() {
    assertThat(of(Map.of("community", "c"))).isInstanceOf(SnmpCredential.V2c.class);
    assertThat(of(Map.of("community", "c", "version", "2c")))
        .isInstanceOf(SnmpCredential.V2c.class);
    assertThat(of(Map.of("community", "c", "version", "1"))).isInstanceOf(SnmpCredential.V1.class);
    assertThat(of(Map.of("user", "u"))).isInstanceOf(SnmpCredential.V3.class);
    assertThat(of(Map.of("user", "u", "version", "3")).name()).isEqualTo("lab");
  }

  @Test
  void saysWhatIsWrongWithoutTellingTheSecret() {
    for (Map<String, String> fields :
        java.util.List.of(
            Map.<String, String>of(),
            Map.of("community", "hush", "user", "hush"),
            Map.of("community", "hush", "version", "3"),
            Map.of("user", "hush", "version", "2c"),
            Map.of("community", "hush", "version", "hush"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> of(fields))
          .withMessageContaining("lab")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
    }
  }

  @Test
  void printsNoSecret() {
    assertThat(of(Map.of("community", "hush")).toString()).doesNotContain("hush");
    assertThat(UsmAccount.of(new Secret("lab", Map.of("user", "hush"))).toString())
        .doesNotContain("hush");
  }

  @Test
  void readsTheLevelOfAVersionThreeSecret() {
    assertThat(level(Map.of("user", "u"))).isEqualTo(SecurityLevel.NOAUTH_NOPRIV);
    assertThat(level(Map.of("user", "u", "auth-password", "long enough")))
        .isEqualTo(SecurityLevel.AUTH_NOPRIV);
    assertThat(
            level(
                Map.of(
                    "user", "u",
                    "auth-protocol", "SHA-256",
                    "auth-password", "long enough",
                    "priv-protocol", "aes256",
                    "priv-password", "long enough")))
        .isEqualTo(SecurityLevel.AUTH_PRIV);
  }

  private static int level(Map<String, String> fields) {
    return UsmAccount.of(new Secret("lab", fields)).securityLevel();
  }

  @Test
  void refusesPasswordsThatNoAgentTakes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> level(Map.of("user", "u", "auth-password", "short")))
        .withMessageContaining("auth-password")
        .withMessageNotContaining("short\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> level(Map.of("user", "u", "priv-password", "long enough")));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            level(Map.of("user", "u", "auth-password", "long enough", "auth-protocol", "rot13")));
  }
}
