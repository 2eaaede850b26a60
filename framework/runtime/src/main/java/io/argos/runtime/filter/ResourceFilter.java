package io.argos.runtime.filter;

import io.argos.schemas.Resource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * Which resources a plugin runs on. The language is that of Panoptes' resource filters, with
 * parentheses and {@code NOT} added and plain boolean meaning throughout:
 *
 * <pre>
 * class = "network" AND type IN ("cisco", "arista") AND NOT (labels.model LIKE "asr%" OR site = "lab")
 * </pre>
 *
 * <p>Fields are {@code site, class, subclass, type, id, name, endpoint, labels.<key>}, each also
 * under Panoptes' name ({@code resource_site}, {@code resource_metadata.<key>}; {@code resource_id}
 * is the name). Operators are {@code =}, {@code !=}, {@code eq}, {@code ne}, {@code [NOT] LIKE}
 * ({@code %} and {@code _}, case-insensitive) and {@code [NOT] IN (…)}. Words are case-insensitive,
 * values are quoted and case-sensitive. A label that a resource lacks equals nothing, and every
 * comparison with it is false, a negative one too. {@code AND} binds stronger than {@code OR}.
 */
public final class ResourceFilter implements Predicate<Resource> {
  private static final ResourceFilter EVERYTHING =
      new ResourceFilter("", _ -> true, new LinkedHashMap<>());

  private final String text;
  private final Predicate<Resource> condition;
  private final SequencedMap<String, FilterField> fields;

  private ResourceFilter(
      String text, Predicate<Resource> condition, SequencedMap<String, FilterField> fields) {
    this.text = text;
    this.condition = condition;
    this.fields = fields;
  }

  /** The filter that lets every resource through. */
  public static ResourceFilter everything() {
    return EVERYTHING;
  }

  /**
   * Reads a filter.
   *
   * @throws FilterException when the text is none
   */
  public static ResourceFilter parse(String text) {
    FilterParser parser = new FilterParser(text);
    return new ResourceFilter(text, parser.parse(), parser.fields());
  }

  @Override
  public boolean test(Resource resource) {
    return condition.test(resource);
  }

  /**
   * What the filter sees of a resource: the fields that it asks for, as it names them, each with
   * its value; empty where the resource has none.
   */
  public SequencedMap<String, Optional<String>> seen(Resource resource) {
    SequencedMap<String, Optional<String>> seen = new LinkedHashMap<>();
    fields.forEach((name, field) -> seen.put(name, field.read(resource)));
    return seen;
  }

  /** The filter as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
