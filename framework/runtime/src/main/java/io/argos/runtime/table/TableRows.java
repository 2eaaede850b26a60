package io.argos.runtime.table;

import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, as encoded bytes in the order of their keys. One thread changes them, any
 * thread reads them.
 */
final class TableRows<T extends SpecificRecord> {

  private record Row(byte[] value, TableEntry.Place place) {}

  private final RecordReader<T> decoder;
  private final ConcurrentSkipListMap<String, Row> rows = new ConcurrentSkipListMap<>();

  TableRows(RecordReader<T> decoder) {
    this.decoder = decoder;
  }

  Optional<T> find(String key) {
    Row row = rows.get(key);
    return row == null ? Optional.empty() : decode(row);
  }

  List<TableEntry<T>> scan(String prefix) {
    NavigableMap<String, Row> range =
        prefix.isEmpty() ? rows : rows.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
    List<TableEntry<T>> found = new ArrayList<>();
    for (Map.Entry<String, Row> entry : range.entrySet()) {
      Row row = entry.getValue();
      decode(row).ifPresent(value -> found.add(new TableEntry<>(entry.getKey(), value, row.place)));
    }
    return found;
  }

  int size() {
    return rows.size();
  }

  /** Puts a value whose bytes have been found readable; answers what the key held before. */
  Optional<T> put(String key, byte[] value, TableEntry.Place place) {
    return decoded(rows.put(key, new Row(value, place)));
  }

  Optional<T> remove(String key) {
    return decoded(rows.remove(key));
  }

  void drop(int partition) {
    rows.values().removeIf(row -> row.place.partition() == partition);
  }

  private Optional<T> decoded(@Nullable Row row) {
    return row == null ? Optional.empty() : decode(row);
  }

  /** The bytes were readable when they came, so their schema is known to the reader. */
  private Optional<T> decode(Row row) {
    return switch (decoder.read(row.value)) {
      case Decoded.Value<T>(T value) -> Optional.of(value);
      case Decoded.Poison<T> _ -> Optional.empty();
    };
  }
}
