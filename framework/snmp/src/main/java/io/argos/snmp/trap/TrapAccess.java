package io.argos.snmp.trap;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.argos.snmp.SnmpCredential;
import io.argos.snmp.UsmAccount;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may send traps: communities, and users of v3 by name. Immutable; prints no secret. */
final class TrapAccess {
  private final List<byte[]> communities;
  private final Map<String, UsmAccount> accounts;
  private final List<String> problems;

  private TrapAccess(
      List<byte[]> communities, Map<String, UsmAccount> accounts, List<String> problems) {
    this.communities = communities;
    this.accounts = accounts;
    this.problems = List.copyOf(problems);
  }

  /** The access that some credentials give. */
  static TrapAccess of(List<SnmpCredential> credentials) {
    List<byte[]> communities = new ArrayList<>();
    Map<String, UsmAccount> accounts = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (SnmpCredential credential : credentials) {
      switch (credential) {
        case SnmpCredential.V1(var secret) ->
            secret.field("community").ifPresent(text -> communities.add(text.getBytes(UTF_8)));
        case SnmpCredential.V2c(var secret) ->
            secret.field("community").ifPresent(text -> communities.add(text.getBytes(UTF_8)));
        case SnmpCredential.V3(var secret) -> {
          try {
            UsmAccount account = UsmAccount.of(secret);
            UsmAccount other = accounts.putIfAbsent(account.user(), account);
            if (other != null && !other.equals(account)) {
              // A trap names its user alone, so that nothing tells the two apart.
              problems.add(
                  "secret '%s' has the user of another with other passwords: it is left out"
                      .formatted(credential.name()));
            }
          } catch (IllegalArgumentException e) {
            problems.add("secret '%s': %s".formatted(credential.name(), e.getMessage()));
          }
        }
      }
    }
    return new TrapAccess(communities, accounts, problems);
  }

  /** True for a community of which all octets are right; takes the same time for a wrong one. */
  boolean admits(byte[] community) {
    boolean known = false;
    for (byte[] one : communities) {
      known |= MessageDigest.isEqual(one, community);
    }
    return known;
  }

  Optional<UsmAccount> account(String user) {
    return Optional.ofNullable(accounts.get(user));
  }

  List<UsmAccount> accounts() {
    return List.copyOf(accounts.values());
  }

  /** What is wrong with some credentials, in words without secrets. */
  List<String> problems() {
    return problems;
  }
}
