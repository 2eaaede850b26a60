package io.argos.polling.trap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.profile.expression.Addresses;
import io.argos.runtime.table.TableEntry;
import io.argos.runtime.table.TableListener;
import io.argos.schemas.Alias;
import io.argos.schemas.Resource;
import io.argos.snmp.trap.Trap;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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
  private final Object lock = new Object();

  /** What each resource says that it is known under. */
  @GuardedBy("lock")
  private final Map<String, Set<String>> said = new HashMap<>();

  /** Addresses of the names in endpoints. */
  @GuardedBy("lock")
  private final Map<String, Set<String>> resolved = new HashMap<>();

  /** Names in endpoints, by resource. */
  @GuardedBy("lock")
  private final TreeMap<String, String> hosts = new TreeMap<>();

  /** The resource whose name was looked up last. */
  @GuardedBy("lock")
  private String last = "";

  /**
   * @param sites true of the sites whose devices send their traps here
   */
  public TrapSenders(Predicate<String> sites) {
    this.sites = sites;
  }

  @Override
  public void changed(
      String id, Optional<Resource> before, Optional<Resource> after, TableEntry.Place place) {
    Optional<Resource> ours = after.filter(resource -> sites.test(resource.getSite()));
    Optional<String> host =
        ours.map(resource -> hostOf(resource.getEndpoint()))
            .filter(text -> address(text).isEmpty());
    synchronized (lock) {
      Set<String> known = known(id);
      if (!Optional.ofNullable(hosts.get(id)).equals(host)) {
        resolved.remove(id);
        hosts.remove(id);
        host.ifPresent(name -> hosts.put(id, name));
      }
      if (ours.isPresent()) {
        said.put(id, namesOf(ours.get()));
      } else {
        said.remove(id);
      }
      index(id, known, known(id));
    }
    count(before, -1);
    count(after, 1);
  }

  /**
   * Looks up the names in some endpoints, those of others at the next call.
   *
   * @param addresses the addresses of a name; empty when that cannot be told now
   */
  void lookUp(int most, Function<String, Optional<List<InetAddress>>> addresses) {
    for (Map.Entry<String, String> next : next(most)) {
      String id = next.getKey();
      addresses
          .apply(next.getValue())
          .ifPresent(found -> {
            Set<String> texts = new HashSet<>();
            found.forEach(address -> texts.add(textOf(address)));
            resolved(id, next.getValue(), texts);
          });
    }
  }

  private List<Map.Entry<String, String>> next(int most) {
    synchronized (lock) {
      List<Map.Entry<String, String>> next = new ArrayList<>();
      int count = Math.min(most, hosts.size());
      while (next.size() < count) {
        Map.Entry<String, String> entry = hosts.higherEntry(last);
        if (entry == null) {
          entry = hosts.firstEntry();
        }
        next.add(Map.entry(entry.getKey(), entry.getValue()));
        last = entry.getKey();
      }
      return next;
    }
  }

  private void resolved(String id, String host, Set<String> addresses) {
    synchronized (lock) {
      // It may have changed meanwhile.
      if (host.equals(hosts.get(id))) {
        Set<String> known = known(id);
        resolved.put(id, Set.copyOf(addresses));
        index(id, known, known(id));
      }
    }
  }

  @GuardedBy("lock")
  private Set<String> known(String id) {
    Set<String> known = new HashSet<>(said.getOrDefault(id, Set.of()));
    known.addAll(resolved.getOrDefault(id, Set.of()));
    return known;
  }

  private void index(String id, Set<String> before, Set<String> after) {
    for (String gone : before) {
      if (!after.contains(gone)) {
        byName.computeIfPresent(gone, (_, ids) -> ids.equals(Set.of(id)) ? null : without(ids, id));
      }
    }
    after.forEach(name -> byName.merge(name, Set.of(id), TrapSenders::union));
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

  private static Set<String> namesOf(Resource resource) {
    Set<String> names = new HashSet<>();
    for (Alias alias : resource.getAliases()) {
      switch (alias.getKind()) {
        case "address" -> address(alias.getValue()).ifPresent(names::add);
        case "engineid" -> names.add(ENGINE + plainEngine(alias.getValue()));
        default -> {
          // Nothing in a trap says such a name.
        }
      }
    }
    resource.getAddresses().forEach(text -> address(text).ifPresent(names::add));
    address(hostOf(resource.getEndpoint())).ifPresent(names::add);
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
        .or(() -> trap.origin().flatMap(this::of))
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
