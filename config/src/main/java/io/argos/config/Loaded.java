package io.argos.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A configuration that passed every check.
 *
 * @param config the configuration
 * @param origins each key in force and where it comes from
 * @param files the files read, in the order in which they were laid over one another
 */
public record Loaded(ArgosConfig config, Origins origins, List<Path> files) {
  public Loaded {
    files = List.copyOf(files);
  }
}
