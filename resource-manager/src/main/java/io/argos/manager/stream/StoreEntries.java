package io.argos.manager.stream;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store of Kafka Streams, to be read. */
record StoreEntries(KeyValueStore<String, byte[]> store) implements Entries {
  @Override
  public Optional<byte[]> find(String key) {
    return Optional.ofNullable(store.get(key));
  }

  @Override
  public void forEach(BiConsumer<String, byte[]> reader) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        reader.accept(entry.key, entry.value);
      }
    }
  }
}
