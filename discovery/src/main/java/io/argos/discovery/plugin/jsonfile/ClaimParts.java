package io.argos.discovery.plugin.jsonfile;

import io.argos.schemas.Alias;
import io.argos.schemas.ResourceClaim;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A claim in the making: adds the aliases and addresses that follow from name and endpoint. */
final class ClaimParts {
  private final Fields fields;
  private final ResourceClaim.Builder claim = ResourceClaim.newBuilder();
  private final Set<String> addresses = new LinkedHashSet<>();
  private final Set<Alias> aliases = new LinkedHashSet<>();
  private final Map<String, String> labels = new LinkedHashMap<>();

  ClaimParts(Fields fields) {
    this.fields = fields;
  }

  /** The fields that are taken over as they are. */
  ResourceClaim.Builder plain() {
    return claim;
  }

  Map<String, String> labels() {
    return labels;
  }

  void alias(String kind, String value) {
    aliases.add(new Alias(kind, value));
  }

  void name(String name) {
    claim.setName(name);
    if (Endpoint.isQualifiedName(name)) {
      alias("fqdn", name);
    }
  }

  void address(String field, String address) {
    if (Endpoint.isAddress(address)) {
      addresses.add(address);
    } else {
      fields.problem(field, "'" + address + "' is not an IP address");
    }
  }

  /** The endpoint; one that agents could not connect to becomes a problem of its field. */
  void endpoint(String field, String endpoint) {
    claim.setEndpoint(endpoint);
    if (endpoint.isEmpty()) {
      return;
    }
    Endpoint.parse(endpoint)
        .ifPresentOrElse(
            parsed -> knowHost(parsed.host()),
            () ->
                fields.problem(
                    field,
                    "'%s' is not an address or name, with a port from 1 to 65535 or without"
                        .formatted(endpoint)));
  }

  private void knowHost(String host) {
    if (Endpoint.isAddress(host)) {
      addresses.add(host);
    } else if (Endpoint.isQualifiedName(host)) {
      alias("fqdn", host);
    }
  }

  ResourceClaim build() {
    addresses.forEach(address -> alias("address", address));
    return claim
        .setAddresses(List.copyOf(addresses))
        .setAliases(List.copyOf(aliases))
        .setLabels(labels)
        .build();
  }
}
