package io.argos.runtime.table;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, as encoded bytes in the order of their keys. One thread changes them, any
 * thread reads them.
 *
 * <p>A small row that was found once is likely to be found at each poll of its resource, so the
 * first that are found stay decoded, up to a bound. There is no eviction: resources are polled in
 * turn, and under a turn longer than the bound every one would be evicted before it is found again.
 */
final class TableRows<T extends SpecificRecord> {
  private static final int MOST_DECODED = 16_384;
  private static final int LARGEST_DECODED = 4 * 1024;

  private final class Row {
    private final byte[] value;
    private final TableEntry.Place place;
    private volatile @Nullable T known;

    @GuardedBy("this")
    private boolean gone;

    Row(byte[] value, TableEntry.Place place) {
      this.value = value;
      this.place = place;
    }

    Optional<T> find() {
      T record = known;
      if (record != null) {
        return Optional.of(record);
      }
      Optional<T> decoded = decode();
      decoded.ifPresent(this::keep);
      return decoded;
    }

    private synchronized void keep(T record) {
      if (value.length > LARGEST_DECODED || gone || known != null) {
        return;
      }
      if (decodedRows.incrementAndGet() <= MOST_DECODED) {
        known = record;
      } else {
        decodedRows.decrementAndGet();
      }
    }

    synchronized void leave() {
      gone = true;
      if (known != null) {
        decodedRows.decrementAndGet();
      }
    }

    /** The bytes were readable when they came, so their schema is known to the reader. */
    Optional<T> decode() {
      T record = known;
      if (record != null) {
        return Optional.of(record);
      }
      return switch (decoder.read(value)) {
        case Decoded.Value<T>(T read) -> Optional.of(read);
        case Decoded.Poison<T> _ -> Optional.empty();
      };
    }
  }

  private final RecordReader<T> decoder;
  private final AtomicInteger decodedRows = new AtomicInteger();
  private final ConcurrentSkipListMap<String, Row> rows = new ConcurrentSkipListMap<>();

  TableRows(RecordReader<T> decoder) {
    this.decoder = decoder;
  }

  Optional<T> find(String key) {
    Row row = rows.get(key);
    return row == null ? Optional.empty() : row.find();
  }

  List<TableEntry<T>> scan(String prefix) {
    NavigableMap<String, Row> range =
        prefix.isEmpty() ? rows : rows.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
    List<TableEntry<T>> found = new ArrayList<>();
    for (Map.Entry<String, Row> entry : range.entrySet()) {
      Row row = entry.getValue();
      row.decode()
          .ifPresent(value -> found.add(new TableEntry<>(entry.getKey(), value, row.place)));
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
    rows.values()
        .removeIf(row -> {
          boolean drops = row.place.partition() == partition;
          if (drops) {
            row.leave();
          }
          return drops;
        });
  }

  /** Rows that are held decoded. */
  int decodedRows() {
    return decodedRows.get();
  }

  private Optional<T> decoded(@Nullable Row row) {
    if (row == null) {
      return Optional.empty();
    }
    row.leave();
    return row.decode();
  }
}
