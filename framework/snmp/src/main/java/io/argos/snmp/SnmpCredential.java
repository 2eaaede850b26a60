package io.argos.snmp;

import io.argos.spi.Secret;

/** How to prove who asks. Prints the name of its secret, never the secret. */
public sealed interface SnmpCredential {
  /** Name of the credential. */
  String name();

  /** SNMPv1 with a community; the secret's field is {@code community}. */
  record V1(Secret secret) implements SnmpCredential {
    @Override
    public String name() {
      return secret.name();
    }
  }

  /** SNMPv2c with a community; the secret's field is {@code community}. */
  record V2c(Secret secret) implements SnmpCredential {
    @Override
    public String name() {
      return secret.name();
    }
  }

  /**
   * SNMPv3 with the user-based security model (RFC 3414); the secret's fields are {@code user},
   * {@code auth-protocol}, {@code auth-password}, {@code priv-protocol}, {@code priv-password} and
   * {@code context}, all but the first optional.
   */
  record V3(Secret secret) implements SnmpCredential {
    @Override
    public String name() {
      return secret.name();
    }
  }
}
