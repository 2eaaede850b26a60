package io.argos.spi;

import java.time.InstantSource;

/** What the platform gives a plugin instance. Safe for use by any thread. */
public interface PluginContext {
  /** The time of day; a plugin asks no other clock. */
  InstantSource clock();

  /** The secrets, by name and site. */
  Secrets secrets();

  /** Logger of the instance. */
  System.Logger log();

  /** Adds to a counter of the instance, exposed as {@code argos_plugin_<name>_total}. */
  void count(String name, long amount);
}
