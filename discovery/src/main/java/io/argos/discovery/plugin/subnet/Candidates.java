package io.argos.discovery.plugin.subnet;

import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpCredentials;
import io.argos.spi.Secret;
import io.argos.spi.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The credentials to try.
 *
 * @param usable those that there are, in the order of the configuration
 * @param problems a sentence for each that is missing or no SNMP credential
 */
record Candidates(List<SnmpCredential> usable, List<String> problems) {
  Candidates {
    usable = List.copyOf(usable);
    problems = List.copyOf(problems);
  }

  /**
   * @throws io.argos.spi.SecretsUnavailableException when they cannot be had
   */
  static Candidates of(List<String> names, String site, Secrets secrets) {
    List<SnmpCredential> usable = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      Optional<Secret> secret = secrets.find(name, site);
      if (secret.isEmpty()) {
        problems.add("there is no secret '%s' for site '%s'".formatted(name, site));
        continue;
      }
      try {
        usable.add(SnmpCredentials.of(secret.get()));
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return new Candidates(usable, problems);
  }
}
