package io.argos.servers.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** What the log says, in memory. Safe for use by any thread. */
final class RegistryState {
  /** Subject under which the level of all subjects is kept. */
  static final String GLOBAL = "";

  private record Version(RegisteredSchema schema, boolean deleted) {}

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final NavigableMap<String, NavigableMap<Integer, Version>> subjects = new TreeMap<>();

  @GuardedBy("lock")
  private final Map<Integer, RegisteredSchema> byId = new HashMap<>();

  @GuardedBy("lock")
  private final Map<String, Integer> idByText = new HashMap<>();

  @GuardedBy("lock")
  private final Map<String, Compatibility> levels = new HashMap<>();

  /** Never falls, so that an id that was once given out is not given out again. */
  @GuardedBy("lock")
  private int highestId;

  /** Applies a record of the log; applying it again changes nothing. */
  void apply(RegistryRecord record) {
    synchronized (lock) {
      switch (record) {
        case RegistryRecord.SchemaRecord(
                var subject,
                var number,
                var id,
                var text,
                var deleted) -> {
          var schema = new RegisteredSchema(subject, number, id, text, parsed(text));
          highestId = Math.max(highestId, id);
          byId.putIfAbsent(id, schema);
          idByText.putIfAbsent(text, id);
          subjects
              .computeIfAbsent(subject, _ -> new TreeMap<>())
              .put(number, new Version(schema, deleted));
        }
        case RegistryRecord.LevelRecord(var subject, var level) -> levels.put(subject, level);
      }
    }
  }

  Collection<String> subjects() {
    synchronized (lock) {
      return subjects.keySet().stream().filter(subject -> !versions(subject).isEmpty()).toList();
    }
  }

  /** The versions of a subject that are not deleted, ascending. */
  List<RegisteredSchema> versions(String subject) {
    synchronized (lock) {
      List<RegisteredSchema> schemas = new ArrayList<>();
      NavigableMap<Integer, Version> versions = subjects.get(subject);
      if (versions != null) {
        versions.values().stream()
            .filter(version -> !version.deleted())
            .forEach(version -> schemas.add(version.schema()));
      }
      return schemas;
    }
  }

  /** The number for the next version of a subject; deleted ones keep theirs. */
  int nextVersion(String subject) {
    synchronized (lock) {
      var versions = subjects.get(subject);
      return versions == null || versions.isEmpty() ? 1 : versions.lastKey() + 1;
    }
  }

  Optional<RegisteredSchema> byId(int id) {
    synchronized (lock) {
      return Optional.ofNullable(byId.get(id));
    }
  }

  /** Where a schema is used. */
  List<RegisteredSchema> uses(int id) {
    synchronized (lock) {
      return subjects.keySet().stream()
          .flatMap(subject -> versions(subject).stream())
          .filter(schema -> schema.id() == id)
          .toList();
    }
  }

  /** The id that a text has already, or the next free one. */
  int idFor(String text) {
    synchronized (lock) {
      return idByText.getOrDefault(text, highestId + 1);
    }
  }

  Optional<Compatibility> level(String subject) {
    synchronized (lock) {
      return Optional.ofNullable(levels.get(subject));
    }
  }

  /** The level in force for a subject. */
  Compatibility levelInForce(String subject) {
    return level(subject).or(() -> level(GLOBAL)).orElse(Compatibility.FULL_TRANSITIVE);
  }

  private static Schema parsed(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw new IllegalStateException("the log of schemas holds one that is none: " + text, e);
    }
  }
}
