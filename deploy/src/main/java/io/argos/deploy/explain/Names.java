package io.argos.deploy.explain;

import io.argos.config.Suggestion;
import io.argos.schemas.Alias;
import io.argos.schemas.Resource;
import io.argos.schemas.topic.ResourceId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/** Finds the resource that a person means by an id, a name, an alias or an address. */
public final class Names {
  private static final int SUGGESTED = 5;

  private final Collection<Resource> resources;

  public Names(Collection<Resource> resources) {
    this.resources = resources;
  }

  /** Ids of those that the word names: by id, else by name, else by alias, address or endpoint. */
  public List<String> named(String word) {
    List<String> exact = ids(resource -> resource.getId().equals(word));
    if (!exact.isEmpty()) {
      return exact;
    }
    List<String> byName =
        ids(resource ->
            resource.getName().equalsIgnoreCase(word)
                || ResourceId.nameOf(resource.getId()).equalsIgnoreCase(word));
    return byName.isEmpty()
        ? ids(resource ->
            words(resource).keySet().stream().anyMatch(known -> known.equalsIgnoreCase(word)))
        : byName;
  }

  /** What is near to a word that names none: ids, those found by an alias with it behind them. */
  public List<String> near(String word) {
    SequencedMap<String, String> known = new LinkedHashMap<>();
    resources.forEach(resource -> words(resource).forEach(known::putIfAbsent));
    String folded = word.toLowerCase(Locale.ROOT);
    List<String> containing =
        known.keySet().stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).contains(folded))
            .toList();
    List<String> names =
        containing.isEmpty()
            ? Suggestion.nearest(word, known.keySet()).stream().toList()
            : containing;
    return names.stream()
        .map(name -> shown(name, Optional.ofNullable(known.get(name)).orElse(name)))
        .distinct()
        .limit(SUGGESTED)
        .toList();
  }

  private static String shown(String name, String id) {
    return name.equals(id) || ResourceId.nameOf(id).equals(name) ? id : id + " (" + name + ")";
  }

  private List<String> ids(java.util.function.Predicate<Resource> wanted) {
    return List.copyOf(
        new TreeSet<>(resources.stream().filter(wanted).map(Resource::getId).toList()));
  }

  /** Every word for a resource, with its id. */
  private static Map<String, String> words(Resource resource) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put(resource.getId(), resource.getId());
    words.put(resource.getName(), resource.getId());
    resource.getAliases().stream()
        .map(Alias::getValue)
        .forEach(alias -> words.putIfAbsent(alias, resource.getId()));
    resource.getAddresses().forEach(address -> words.putIfAbsent(address, resource.getId()));
    words.putIfAbsent(resource.getEndpoint(), resource.getId());
    words.remove("");
    return words;
  }
}
