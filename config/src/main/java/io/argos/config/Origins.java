package io.argos.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Each key in force, with its value in written form and where that comes from. Thread-safe. */
public final class Origins {

  /**
   * One key in force.
   *
   * @param key full key; an entry of a list of plugins goes by its name, as in {@code
   *     polling[interfaces].interval}
   * @param value value in written form; {@code ***} where it is a secret
   * @param origin where it comes from
   */
  public record Entry(String key, String value, Origin origin) {}

  private final Map<String, Entry> entries;
  private final Map<String, Origin> places;

  private Origins(Map<String, Entry> entries, Map<String, Origin> places) {
    this.entries = entries;
    this.places = places;
  }

  /** All keys in the order of the reference page. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** One key in force; empty when there is no such key or an optional key is not given. */
  public Optional<Entry> find(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /**
   * Where a key stands: the key itself, or the nearest section around it that was written
   * somewhere; {@code default} when nothing of it was.
   */
  public Origin of(String key) {
    return nearest(places, key);
  }

  private static Origin nearest(Map<String, Origin> places, String key) {
    for (String path = key; ; ) {
      var origin = places.get(path);
      if (origin != null) {
        return origin;
      }
      int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
      if (end < 0) {
        return places.getOrDefault("", new Origin.Shipped());
      }
      path = path.substring(0, end);
    }
  }

  /** Collects while the configuration is bound. */
  static final class Builder {
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Origin> places = new LinkedHashMap<>();

    void value(String key, String value, Origin origin) {
      entries.put(key, new Entry(key, value, origin));
    }

    void place(String key, Origin origin) {
      places.put(key, origin);
    }

    Origin of(String key) {
      return nearest(places, key);
    }

    Origins build() {
      return new Origins(new LinkedHashMap<>(entries), Map.copyOf(places));
    }
  }
}
