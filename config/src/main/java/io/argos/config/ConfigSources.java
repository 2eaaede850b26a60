package io.argos.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration is made of, each laid over the one before: shipped defaults, the main file,
 * {@code conf.d/*.yaml} beside it in the order of their names, environment variables {@code
 * ARGOS__SECTION__KEY}, and {@code --set key=value}.
 *
 * @param file the main file; empty for defaults alone
 * @param environment variables, for overrides and for {@code ${NAME}} in files
 * @param overrides {@code key=value} of the command line, in its order
 * @param workingFolder folder against which relative paths of the command line and environment are
 *     resolved; those in files are relative to the folder of the main file
 */
public record ConfigSources(
    Optional<Path> file,
    Map<String, String> environment,
    List<String> overrides,
    Path workingFolder) {
  public ConfigSources {
    environment = Map.copyOf(environment);
    overrides = List.copyOf(overrides);
  }

  /** The shipped defaults and nothing else. */
  public static ConfigSources defaults() {
    return new ConfigSources(Optional.empty(), Map.of(), List.of(), Path.of(""));
  }

  /** One file (and its {@code conf.d}) without environment or overrides. */
  public static ConfigSources of(Path file) {
    return new ConfigSources(Optional.of(file), Map.of(), List.of(), Path.of(""));
  }

  /** The same with further overrides. */
  public ConfigSources set(String... more) {
    var all = new java.util.ArrayList<>(overrides);
    all.addAll(List.of(more));
    return new ConfigSources(file, environment, all, workingFolder);
  }

  /** The same with other environment variables. */
  public ConfigSources environment(Map<String, String> variables) {
    return new ConfigSources(file, variables, overrides, workingFolder);
  }

  /** Folder against which relative paths of files and defaults are resolved. */
  Path folder() {
    return file.map(path -> path.toAbsolutePath().getParent())
        .orElse(workingFolder.toAbsolutePath());
  }
}
