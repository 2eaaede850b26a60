package io.argos.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretNamesTest {
  private final SecretNames names = new SecretNames("argos");

  @Test
  void putsNameAndSiteAfterThePrefix() {
    assertThat(names.place("snmp", "default")).isEqualTo("argos:secret:snmp:default");
  }

  @Test
  void keepsNamesWithColonsApart() {
    assertThat(names.place("a:b", "c")).isNotEqualTo(names.place("a", "b:c"));
    assertThat(names.nameAt(names.place("a:b%3A", "c:d"))).isEqualTo("a:b%3A");
  }
}
