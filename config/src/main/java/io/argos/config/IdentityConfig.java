package io.argos.config;

import java.util.List;

/** How claims become resources. */
public record IdentityConfig(
    @Doc("Kinds of alias by which a claim joins a resource of its site, strongest first.")
        @Default("[certname, fqdn, sysname]")
        List<String> aliases,
    @Doc("Domains that are left out when names are compared, by site.") @Default("{}")
        java.util.Map<String, String> domains) {
  public IdentityConfig {
    aliases = List.copyOf(aliases);
    domains = java.util.Map.copyOf(domains);
  }
}
