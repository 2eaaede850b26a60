package io.argos.manager.stream;

import java.util.Optional;
import java.util.function.BiConsumer;

/** The store of a fold that has not been given one yet: it holds nothing. */
public enum NoEntries implements Entries {
  INSTANCE;

  @Override
  public Optional<byte[]> find(String key) {
    return Optional.empty();
  }

  @Override
  public void forEach(BiConsumer<String, byte[]> reader) {}
}
