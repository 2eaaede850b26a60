package io.argos.manager.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a fold wants done. Nothing is done before the step has ended, so that a step
 * that fails has done nothing.
 */
public final class Effects {
  /**
   * A record to be written.
   *
   * @param outlet where to
   * @param key its key
   * @param record the record; null for a tombstone
   * @param id deterministic id of the record
   * @param at when what it tells happened
   */
  public record Emission(
      Outlet<?> outlet, String key, @Nullable SpecificRecord record, String id, Instant at) {}

  private final List<Emission> emissions = new ArrayList<>();
  private final Map<String, byte @Nullable []> puts = new LinkedHashMap<>();
  private final Map<String, @Nullable Instant> deadlines = new LinkedHashMap<>();

  /** Writes a record. */
  public <T extends SpecificRecord> void emit(
      Outlet<T> outlet, String key, T record, String id, Instant at) {
    emissions.add(new Emission(outlet, key, record, id, at));
  }

  /** Writes a tombstone. */
  public void bury(Outlet<?> outlet, String key, String id, Instant at) {
    emissions.add(new Emission(outlet, key, null, id, at));
  }

  /** Keeps an entry of the store; null removes it. */
  public void put(String key, byte @Nullable [] entry) {
    puts.put(key, entry);
  }

  /** Sets the one deadline of a key; null cancels it. */
  public void deadline(String key, @Nullable Instant at) {
    deadlines.put(key, at);
  }

  public List<Emission> emissions() {
    return List.copyOf(emissions);
  }

  Map<String, byte @Nullable []> puts() {
    return puts;
  }

  Map<String, @Nullable Instant> deadlines() {
    return deadlines;
  }
}
