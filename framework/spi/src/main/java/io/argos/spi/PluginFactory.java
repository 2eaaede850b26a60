package io.argos.spi;

import java.util.Set;

/** What the factories of all plugins have in common. */
public interface PluginFactory {
  /** Stable, lower-case, unique name of the kind: two factories with one kind stop start-up. */
  String kind();

  /** Every key this kind reads; an unknown key stops start-up. */
  Set<ConfigKey> configKeys();
}
