package io.argos.runtime.filter;

import io.argos.schemas.Resource;
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
  private static final ResourceFilter EVERYTHING = new ResourceFilter("", resource -> true);

  private final String text;
  private final Predicate<Resource> condition;

  private ResourceFilter(String text, Predicate<Resource> condition) {
    this.text = text;
    this.condition = condition;
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
    return new ResourceFilter(text, new FilterParser(text).parse());
  }

  @Override
  public boolean test(Resource resource) {
    return condition.test(resource);
  }

  /** The filter as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
