package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.schemas.Directive;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which work a person has suspended, from the directives {@code suspend} and {@code resume}.
 *
 * <p>A suspension concerns a resource, or one plugin of it when {@code attributes.plugin} names
 * one. It lasts from {@code startAt}, or from {@code at} without one, to before {@code endAt}, or
 * for good without one. A resumption ends, from its own start on, every suspension of what it
 * concerns that began no later; deleting the directive of a suspension undoes it altogether. All is
 * a function of the directives and a time, so that every reader of the log comes to the same
 * answer. Safe for use by any thread.
 */
public final class Suspensions {

  /** The kind of a directive that suspends. */
  public static final String SUSPEND = "suspend";

  /** The kind of a directive that ends suspensions. */
  public static final String RESUME = "resume";

  /** The attribute that names the one plugin that is meant. */
  public static final String PLUGIN = "plugin";

  /** An answer of {@link #covers} at this time and later is as for {@code endAt} missing. */
  private static final long FOREVER = Long.MAX_VALUE;

  /**
   * Slots that may not be suspended any more.
   *
   * @param resource of this resource
   * @param plugin of this plugin; empty for all
   * @param since due at this time or later, in milliseconds since the epoch
   */
  public record Freed(String resource, String plugin, long since) {
    boolean concerns(TargetKey key) {
      return plugin.isEmpty() || plugin.equals(key.plugin());
    }
  }

  /** One directive, as far as it matters here; an empty plugin stands for all. */
  private record Span(boolean suspends, String plugin, long from, long to) {
    boolean concerns(String other) {
      return plugin.isEmpty() || plugin.equals(other);
    }
  }

  private final Object lock = new Object();

  /** By resource, then by the directive's key. */
  @GuardedBy("lock")
  private final Map<String, Map<String, Span>> spans = new HashMap<>();

  // Most estates have none, and the answer is asked for with every slot.
  private volatile boolean none = true;

  /**
   * Takes note of a directive in the log, or of its deletion.
   *
   * @param key its key, {@code resource|id}
   * @return the slots that this may bring back
   */
  public Optional<Freed> read(String key, Optional<Directive> directive) {
    Optional<Directive> relevant = directive.filter(Suspensions::concernsAResource);
    synchronized (lock) {
      Optional<String> resource =
          relevant.isPresent()
              ? Optional.of(relevant.get().getResourceId())
              : spans.entrySet().stream()
                  .filter(entry -> entry.getValue().containsKey(key))
                  .map(Map.Entry::getKey)
                  .findFirst();
      Optional<Freed> freed = resource.flatMap(found -> replace(found, key, relevant));
      none = spans.isEmpty();
      return freed;
    }
  }

  /** Slots come back where a suspension is no more, or is another, and where a resumption is. */
  @GuardedBy("lock")
  private Optional<Freed> replace(String resource, String key, Optional<Directive> directive) {
    Map<String, Span> ofResource = spans.computeIfAbsent(resource, _ -> new LinkedHashMap<>());
    Optional<Span> after = directive.map(Suspensions::spanOf);
    Optional<Span> before =
        Optional.ofNullable(
            after.isPresent() ? ofResource.put(key, after.get()) : ofResource.remove(key));
    if (ofResource.isEmpty()) {
      spans.remove(resource);
    }
    return Stream.concat(
            before.filter(span -> span.suspends && !before.equals(after)).stream(),
            after.filter(span -> !span.suspends).stream())
        .map(span -> new Freed(resource, span.plugin, span.from))
        .reduce((one, two) ->
            new Freed(
                resource,
                one.plugin.equals(two.plugin) ? one.plugin : "",
                Math.min(one.since, two.since)));
  }

  /** Whether a plugin's work on a resource is suspended at a time. */
  public boolean covers(String resourceId, String plugin, long time) {
    if (none) {
      return false;
    }
    synchronized (lock) {
      Map<String, Span> ofResource = spans.get(resourceId);
      if (ofResource == null) {
        return false;
      }
      List<Span> concerned =
          ofResource.values().stream().filter(span -> span.concerns(plugin)).toList();
      return concerned.stream()
          .filter(span -> span.suspends && span.from <= time && time < span.to)
          .anyMatch(span -> !resumed(span, concerned, time));
    }
  }

  /** The resources of which something may be suspended. */
  Set<String> resources() {
    synchronized (lock) {
      return Set.copyOf(spans.keySet());
    }
  }

  private static boolean resumed(Span suspension, List<Span> concerned, long time) {
    return concerned.stream()
        .anyMatch(span -> !span.suspends && span.from >= suspension.from && span.from <= time);
  }

  private static boolean concernsAResource(Directive directive) {
    return directive.getCheck() == null
        && (directive.getKind().equals(SUSPEND) || directive.getKind().equals(RESUME));
  }

  private static Instant startOf(Directive directive) {
    return Optional.ofNullable(directive.getStartAt()).orElse(directive.getAt());
  }

  private static Span spanOf(Directive directive) {
    long end = Optional.ofNullable(directive.getEndAt()).map(Instant::toEpochMilli).orElse(FOREVER);
    return new Span(
        directive.getKind().equals(SUSPEND),
        directive.getAttributes().getOrDefault(PLUGIN, ""),
        startOf(directive).toEpochMilli(),
        end);
  }
}
