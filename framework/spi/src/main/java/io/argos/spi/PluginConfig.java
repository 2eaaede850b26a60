package io.argos.spi;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The configuration of one plugin instance, checked against the factory's keys. Asking for a key
 * that the factory does not declare, or as another type, is a bug and throws {@link
 * IllegalArgumentException}.
 */
public interface PluginConfig {
  /** Name of the instance, unique in its stage; the name of the source in discovery. */
  String instance();

  String string(ConfigKey key);

  long integer(ConfigKey key);

  double decimal(ConfigKey key);

  boolean flag(ConfigKey key);

  Duration duration(ConfigKey key);

  List<String> strings(ConfigKey key);

  Map<String, String> map(ConfigKey key);
}
