package io.argos.profile.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML document that remembers where everything stands. */
sealed interface Tree {
  Place place();

  /** A scalar; {@code place} is where its text starts, behind a quote. */
  record Text(Place place, String value, boolean plain) implements Tree {
    boolean isNull() {
      return plain && (value.isEmpty() || value.equals("~") || value.equals("null"));
    }
  }

  record Items(Place place, List<Tree> items) implements Tree {
    public Items {
      items = List.copyOf(items);
    }
  }

  record Mapping(Place place, Map<String, Field> fields) implements Tree {
    public Mapping {
      fields = new LinkedHashMap<>(fields);
    }
  }

  /** A value and the place of its key. */
  record Field(Place key, Tree value) {}
}
