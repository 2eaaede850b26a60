package io.argos.manager.stream;

import java.util.Optional;
import java.util.function.BiConsumer;

/** The entries of a store, to be read. */
public interface Entries {
  /** The entry of a key. */
  Optional<byte[]> find(String key);

  /** Hands over every entry, in order of the keys. */
  void forEach(BiConsumer<String, byte[]> reader);
}
