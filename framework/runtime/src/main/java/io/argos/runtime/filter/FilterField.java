package io.argos.runtime.filter;

import io.argos.schemas.Resource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A field of a resource by its name in a filter. */
record FilterField(Function<Resource, Optional<String>> reader) {
  private static final Map<String, Function<Resource, String>> FIELDS =
      Map.ofEntries(
          Map.entry("site", Resource::getSite),
          Map.entry("class", Resource::getResourceClass),
          Map.entry("subclass", Resource::getSubclass),
          Map.entry("type", Resource::getType),
          Map.entry("id", Resource::getId),
          Map.entry("name", Resource::getName),
          Map.entry("endpoint", Resource::getEndpoint),
          Map.entry("resource_site", Resource::getSite),
          Map.entry("resource_class", Resource::getResourceClass),
          Map.entry("resource_subclass", Resource::getSubclass),
          Map.entry("resource_type", Resource::getType),
          Map.entry("resource_id", Resource::getName),
          Map.entry("resource_endpoint", Resource::getEndpoint));

  /** The field of a name, empty when there is none of that name. */
  static Optional<FilterField> of(String name) {
    int dot = name.indexOf('.');
    if (dot >= 0) {
      String owner = name.substring(0, dot).toLowerCase(Locale.ROOT);
      String key = name.substring(dot + 1);
      boolean label = owner.equals("labels") || owner.equals("resource_metadata");
      return label && !key.isEmpty()
          ? Optional.of(
              new FilterField(resource -> Optional.ofNullable(resource.getLabels().get(key))))
          : Optional.empty();
    }
    return Optional.ofNullable(FIELDS.get(name.toLowerCase(Locale.ROOT)))
        .map(field -> new FilterField(resource -> Optional.of(field.apply(resource))));
  }

  Optional<String> read(Resource resource) {
    return reader.apply(resource);
  }
}
