package io.argos.profile;

import io.argos.config.SnmpConfig;
import io.argos.profile.format.Profile;
import io.argos.profile.format.SnmpQuirks;
import io.argos.schemas.Resource;
import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpCredentials;
import io.argos.snmp.SnmpLimits;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import io.argos.spi.Secret;
import io.argos.spi.Secrets;
import io.argos.spi.SecretsUnavailableException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out how a resource is asked: its address, the credentials that may fit, the bounds. */
public final class SnmpTargets {
  private static final int PORT = 161;

  private final SnmpConfig config;
  private final Secrets secrets;
  private final List<String> defaults;

  /**
   * Targets of one plugin instance.
   *
   * @param config bounds in force where a profile sets none
   * @param secrets where credentials are
   * @param defaults names of the credentials to try for resources that name none
   */
  public SnmpTargets(SnmpConfig config, Secrets secrets, List<String> defaults) {
    this.config = config;
    this.secrets = secrets;
    this.defaults = List.copyOf(defaults);
    secrets.expect(defaults);
  }

  /** How a resource is asked. */
  public sealed interface Targets {
    /** Targets to try in turn: one address with one credential each; at least one. */
    record Found(List<SnmpTarget> targets) implements Targets {
      public Found {
        targets = List.copyOf(targets);
      }
    }

    /** It cannot be asked. */
    record NotFound(Failure failure, DeviceStatus status) implements Targets {}
  }

  /** How a resource is asked before its profile is known. May block on a name or a secret. */
  public Targets of(Resource resource) {
    return of(resource, Optional.empty());
  }

  /** How a resource is asked with the bounds of its profile. May block on a name or a secret. */
  public Targets of(Resource resource, Optional<Profile> profile) {
    InetSocketAddress address;
    try {
      address = resolve(resource.getEndpoint());
    } catch (UnknownHostException | IllegalArgumentException e) {
      return new Targets.NotFound(
          new Failure(Cause.NETWORK, "endpoint " + resource.getEndpoint() + ": " + e.getMessage()),
          DeviceStatus.NETWORK_FAILURE);
    }
    List<SnmpCredential> credentials = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try {
      for (String name : namesFor(resource)) {
        credential(name, resource.getSite(), problems).ifPresent(credentials::add);
      }
    } catch (SecretsUnavailableException e) {
      return new Targets.NotFound(
          new Failure(Cause.SECRET, String.valueOf(e.getMessage())), DeviceStatus.INTERNAL_FAILURE);
    }
    if (credentials.isEmpty()) {
      String detail =
          problems.isEmpty()
              ? "no credential: the resource names none, and the plugin has no default"
              : String.join("; ", problems);
      return new Targets.NotFound(
          new Failure(Cause.SECRET, detail), DeviceStatus.AUTHENTICATION_FAILURE);
    }
    SnmpLimits limits = limits(profile.map(Profile::snmp));
    return new Targets.Found(
        credentials.stream().map(one -> new SnmpTarget(address, one, limits)).toList());
  }

  private List<String> namesFor(Resource resource) {
    String own = resource.getCredential();
    return own == null ? defaults : List.of(own);
  }

  /**
   * Has the secrets of a resource fetched anew, because the device has refused one. May block.
   *
   * @return whether any has changed, so that it is worth asking the device again
   */
  public boolean renew(Resource resource) {
    String site = resource.getSite();
    boolean changed = false;
    try {
      for (String name : namesFor(resource)) {
        Optional<Secret> before = secrets.find(name, site);
        secrets.refused(name, site);
        changed |= !secrets.find(name, site).equals(before);
      }
    } catch (SecretsUnavailableException e) {
      // What is not to be had now has not changed for us.
      return false;
    }
    return changed;
  }

  private Optional<SnmpCredential> credential(String name, String site, List<String> problems) {
    Optional<Secret> secret = secrets.find(name, site);
    if (secret.isEmpty()) {
      problems.add("there is no secret '" + name + "' for site " + site);
      return Optional.empty();
    }
    try {
      return Optional.of(SnmpCredentials.of(secret.get()));
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private SnmpLimits limits(Optional<SnmpQuirks> quirks) {
    SnmpLimits limits =
        new SnmpLimits(
            quirks.flatMap(SnmpQuirks::timeout).orElse(config.timeout()),
            quirks.map(q -> q.retries().orElse(config.retries())).orElse(config.retries()),
            quirks
                .map(q -> q.maxRepetitions().orElse(config.maxRepetitions()))
                .orElse(config.maxRepetitions()),
            quirks.map(q -> q.window().orElse(config.window())).orElse(config.window()),
            quirks.map(q -> q.maxRows().orElse(config.maxRows())).orElse(config.maxRows()),
            config.packetsPerSecond());
    return quirks.filter(SnmpQuirks::unordered).isPresent() ? limits.inAnyOrder() : limits;
  }

  /**
   * The same targets for a quick look at whether anyone answers: one request to each, without
   * repetition, so that a device that stays silent is not stormed and does not use up the time of
   * its poll.
   */
  public static List<SnmpTarget> hasty(List<SnmpTarget> targets) {
    return targets.stream()
        .map(target ->
            new SnmpTarget(target.address(), target.credential(), target.limits().repeating(0)))
        .toList();
  }

  private record Place(String host, int port) {
    Place {
      if (host.isEmpty()) {
        throw new IllegalArgumentException("there is no host");
      }
    }
  }

  /**
   * The address of an endpoint: host or address with an optional port, an IPv6 address in brackets
   * when a port follows.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static InetSocketAddress resolve(String endpoint) throws UnknownHostException {
    Place place = place(endpoint);
    return new InetSocketAddress(InetAddress.getByName(place.host()), place.port());
  }

  /**
   * Looks at an endpoint without asking anybody for its name.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static void check(String endpoint) {
    place(endpoint);
  }

  private static Place place(String endpoint) {
    String text = endpoint.trim();
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw new IllegalArgumentException("']' is missing");
      }
      String rest = text.substring(end + 1);
      if (!rest.isEmpty() && !rest.startsWith(":")) {
        throw new IllegalArgumentException("a port follows as ']:161'");
      }
      return new Place(text.substring(1, end), rest.isEmpty() ? PORT : port(rest.substring(1)));
    }
    int colon = text.indexOf(':');
    if (colon >= 0 && colon == text.lastIndexOf(':')) {
      return new Place(text.substring(0, colon), port(text.substring(colon + 1)));
    }
    return new Place(text, PORT);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // reported below, as one out of bounds is
    }
    throw new IllegalArgumentException("'" + text + "' is not a port from 1 to 65535");
  }
}
