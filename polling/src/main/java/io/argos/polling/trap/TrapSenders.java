package io.argos.polling.trap;

import io.argos.profile.expression.Addresses;
import io.argos.runtime.table.TableEntry;
import io.argos.runtime.table.TableListener;
import io.argos.schemas.Alias;
import io.argos.schemas.Resource;
import io.argos.snmp.trap.Trap;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Finds the resource that sent a trap by what the resources of the zone are known under: engine ids
 * and addresses, among their aliases, their addresses and their endpoints. What two resources are
 * known under fits neither. Listens to the table of resources; safe for use by any thread.
 */
public final class TrapSenders implements TableListener<Resource> {
  private static final String ENGINE = "engineid:";

  private final Predicate<String> sites;
  private final Map<String, Set<String>> byName = new ConcurrentHashMap<>();
  private final Map<String, Integer> bySite = new ConcurrentHashMap<>();

  /**
   * @param sites true of the sites whose devices send their traps here
   */
  public TrapSenders(Predicate<String> sites) {
    this.sites = sites;
  }

  @Override
  public void changed(
      String id, Optional<Resource> before, Optional<Resource> after, TableEntry.Place place) {
    Set<String> gone = new HashSet<>(namesOf(before));
    Set<String> come = namesOf(after);
    gone.removeAll(come);
    gone.forEach(name ->
        byName.computeIfPresent(
            name, (_, ids) -> ids.equals(Set.of(id)) ? null : without(ids, id)));
    come.forEach(name -> byName.merge(name, Set.of(id), TrapSenders::union));
    count(before, -1);
    count(after, 1);
  }

  private void count(Optional<Resource> resource, int change) {
    resource
        .map(Resource::getSite)
        .filter(sites)
        .ifPresent(site -> bySite.merge(site, change, (a, b) -> a + b == 0 ? null : a + b));
  }

  private static Set<String> union(Set<String> some, Set<String> more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(more);
    return Set.copyOf(all);
  }

  private static Set<String> without(Set<String> ids, String id) {
    Set<String> rest = new TreeSet<>(ids);
    rest.remove(id);
    return Set.copyOf(rest);
  }

  private Set<String> namesOf(Optional<Resource> resource) {
    Set<String> names = new HashSet<>();
    if (resource.isEmpty() || !sites.test(resource.get().getSite())) {
      return names;
    }
    for (Alias alias : resource.get().getAliases()) {
      switch (alias.getKind()) {
        case "address" -> address(alias.getValue()).ifPresent(names::add);
        case "engineid" -> names.add(ENGINE + plainEngine(alias.getValue()));
        default -> {
          // Nothing in a trap says such a name.
        }
      }
    }
    resource.get().getAddresses().forEach(text -> address(text).ifPresent(names::add));
    address(hostOf(resource.get().getEndpoint())).ifPresent(names::add);
    return names;
  }

  /** The address that a text is, in the one form that all are compared in; no name is resolved. */
  private static Optional<String> address(String text) {
    try {
      return Optional.of(textOf(InetAddress.ofLiteral(text.strip())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** An address for a reader and for comparison, without the scope of its interface. */
  static String textOf(InetAddress address) {
    return Addresses.text(address.getAddress());
  }

  private static String plainEngine(String id) {
    String hex = id.toLowerCase(Locale.ROOT).replace(":", "");
    return hex.startsWith("0x") ? hex.substring(2) : hex;
  }

  /** Host of an endpoint: what stands before a port, or in brackets. */
  private static String hostOf(String endpoint) {
    String text = endpoint.strip();
    int end = text.indexOf(']');
    if (text.startsWith("[") && end > 0) {
      return text.substring(1, end);
    }
    int colon = text.indexOf(':');
    return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
  }

  /**
   * The id of the resource that a trap is of: by its engine, by the address that a proxy names, or
   * by the address that it came from, whichever is known first.
   */
  Optional<String> of(Trap trap) {
    return trap.engineId()
        .flatMap(id -> only(ENGINE + id))
        .or(() -> trap.origin().flatMap(origin -> only(textOf(origin))))
        .or(() -> of(trap.source()));
  }

  /** The id of the resource that has an address. */
  Optional<String> of(InetAddress address) {
    return only(textOf(address));
  }

  private Optional<String> only(String name) {
    Set<String> ids = byName.getOrDefault(name, Set.of());
    return ids.size() == 1 ? ids.stream().findFirst() : Optional.empty();
  }

  /** Sites that have resources here. */
  List<String> sites() {
    return List.copyOf(new TreeSet<>(bySite.keySet()));
  }
}
