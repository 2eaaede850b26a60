package io.argos.deploy.poll;

import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpCredentials;
import io.argos.snmp.UsmAccount;
import io.argos.spi.Secret;
import io.argos.spi.Secrets;
import java.util.Map;
import java.util.Optional;

/** The one secret that a person gave, the same for every site. */
public final class GivenSecrets implements Secrets {
  /** Name of what was given, where a secret's name would stand. */
  public static final String NAME = "given";

  private final Secret secret;

  private GivenSecrets(Secret secret) {
    this.secret = secret;
  }

  /**
   * Makes a secret of what was given.
   *
   * @throws IllegalArgumentException when it is no SNMP credential; quotes no value
   */
  public static GivenSecrets of(Map<String, String> fields) {
    Secret secret = new Secret(NAME, fields);
    if (SnmpCredentials.of(secret) instanceof SnmpCredential.V3) {
      UsmAccount.of(secret);
    }
    return new GivenSecrets(secret);
  }

  @Override
  public Optional<Secret> find(String name, String site) {
    return name.equals(NAME) ? Optional.of(secret) : Optional.empty();
  }
}
