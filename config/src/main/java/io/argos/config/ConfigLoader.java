package io.argos.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Loads the configuration. Reads files and nothing else: no name is resolved and no socket opened.
 */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Reads, merges, binds and checks.
   *
   * @throws ConfigException with every problem there is
   */
  public static Loaded load(ConfigSources sources) {
    return load(sources, config -> {});
  }

  /**
   * Reads, merges, binds and checks, also what only others can check, such as the settings of
   * plugins: their problems are told together with ours wherever ours leave them something to look
   * at.
   *
   * @param more throws a {@link ConfigException} with the problems that it finds
   * @throws ConfigException with every problem there is
   */
  public static Loaded load(ConfigSources sources, Consumer<ArgosConfig> more) {
    var problems = new Problems();
    var root = Shape.of(ArgosConfig.class);
    var files = files(sources, problems);
    var expander = new Expander(sources.environment(), sources.folder(), problems);

    var tree = Tree.Mapping.empty(new Origin.Shipped());
    for (var file : files) {
      tree = Merger.merge(tree, expander.expand(YamlFile.read(file, problems), ""), root);
    }
    var overrides = new Overrides(root, expander, problems);
    tree = overrides.environment(tree, sources.environment());
    tree = overrides.commandLine(tree, sources.overrides());

    var origins = new Origins.Builder();
    var bound =
        new Binder(root, problems, origins, sources.folder(), sources.workingFolder()).bind(tree);
    var all = new ArrayList<>(problems.all());
    bound.map(ArgosConfig.class::cast).ifPresent(config -> all.addAll(found(more, config)));
    if (bound.isEmpty() || !all.isEmpty()) {
      throw new ConfigException(sorted(all, files));
    }
    return new Loaded((ArgosConfig) bound.get(), origins.build(), files);
  }

  private static List<ConfigProblem> found(Consumer<ArgosConfig> check, ArgosConfig config) {
    try {
      check.accept(config);
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  private static List<Path> files(ConfigSources sources, Problems problems) {
    var files = new ArrayList<Path>();
    sources.file().ifPresent(files::add);
    sources
        .file()
        .map(main -> main.resolveSibling("conf.d"))
        .filter(Files::isDirectory)
        .ifPresent(folder -> files.addAll(fragments(folder, problems)));
    return files;
  }

  private static List<Path> fragments(Path folder, Problems problems) {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      problems.add(
          new Origin.InFile(folder.toString(), 0, 0),
          "",
          "cannot be listed: " + YamlFile.reason(e));
      return List.of();
    }
  }

  private static List<ConfigProblem> sorted(List<ConfigProblem> problems, List<Path> files) {
    var order = files.stream().map(Path::toString).toList();
    return problems.stream()
        .distinct()
        .sorted(
            Comparator.<ConfigProblem>comparingInt(
                    problem -> {
                      int file = order.indexOf(problem.file());
                      return file < 0 ? order.size() : file;
                    })
                .thenComparingInt(ConfigProblem::line)
                .thenComparingInt(ConfigProblem::column))
        .toList();
  }
}
