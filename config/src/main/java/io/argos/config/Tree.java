package io.argos.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a file says, before it is given types: scalars, sequences and mappings with their places.
 */
sealed interface Tree {
  Origin origin();

  /** What it is, for messages. */
  String describe();

  /**
   * @param text the value, expanded
   * @param plain written without quotes, so that an empty one or {@code null} means "not given"
   * @param shown the value as messages and listings may show it
   */
  record Scalar(String text, boolean plain, String shown, Origin origin) implements Tree {
    static Scalar of(String text, Origin origin) {
      return new Scalar(text, true, text, origin);
    }

    boolean absent() {
      return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
    }

    @Override
    public String describe() {
      return "'" + shown + "'";
    }
  }

  record Sequence(List<Tree> items, Origin origin) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }
  }

  record Mapping(SequencedMap<String, Entry> entries, Origin origin) implements Tree {
    public Mapping {
      entries = new LinkedHashMap<>(entries);
    }

    static Mapping empty(Origin origin) {
      return new Mapping(new LinkedHashMap<>(Map.of()), origin);
    }

    /** Where its keys are, and by dotted names those of the mappings in it. */
    Map<String, String> places() {
      Map<String, String> places = new LinkedHashMap<>();
      entries.forEach((name, entry) -> {
        places.put(name, entry.keyOrigin().describe());
        if (entry.value() instanceof Mapping inner) {
          inner.entries.forEach(
              (key, value) -> places.put(name + '.' + key, value.keyOrigin().describe()));
        }
      });
      return places;
    }

    @Override
    public String describe() {
      return "a mapping";
    }
  }

  /** A value that could not be read; its problem is noted. */
  record Broken(Origin origin) implements Tree {
    @Override
    public String describe() {
      return "nothing";
    }
  }

  /** A key's own place, and its value. */
  record Entry(Origin keyOrigin, Tree value) {}

  /** How an item of a list is called in keys: by its name where it has one, otherwise from 0. */
  static String label(Tree item, int index) {
    return item instanceof Mapping mapping
            && mapping.entries().get("name") instanceof Entry entry
            && entry.value() instanceof Scalar name
            && !name.absent()
        ? name.shown()
        : String.valueOf(index);
  }

  /** True when a key is there without a value. */
  static boolean isAbsent(Tree tree) {
    return tree instanceof Scalar scalar && scalar.absent();
  }
}
