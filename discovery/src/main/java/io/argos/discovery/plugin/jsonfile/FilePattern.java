package io.argos.discovery.plugin.jsonfile;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file, or those of a folder whose names fit a pattern. Only the last part may be a pattern. */
final class FilePattern {
  private static final Pattern WILD = Pattern.compile("[*?\\[{]");

  private final Path path;
  private final boolean wild;

  private FilePattern(Path path, boolean wild) {
    this.path = path;
    this.wild = wild;
  }

  /**
   * @throws java.nio.file.InvalidPathException for what is no path
   * @throws java.util.regex.PatternSyntaxException for what is no pattern
   */
  static FilePattern of(String text) {
    Path path = Path.of(text);
    boolean wild = WILD.matcher(nameOf(path)).find();
    if (wild) {
      matcher(path);
    }
    return new FilePattern(path, wild);
  }

  /**
   * The files, in the order of their names.
   *
   * @throws NoSuchFileException when there is none
   */
  List<Path> files() throws IOException {
    if (!wild) {
      return List.of(path);
    }
    Path parent = path.getParent();
    PathMatcher matcher = matcher(path);
    try (Stream<Path> entries = Files.list(parent == null ? Path.of("") : parent)) {
      List<Path> files =
          entries
              .filter(entry -> matcher.matches(Path.of(nameOf(entry))))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new NoSuchFileException(path.toString());
      }
      return files;
    }
  }

  private static PathMatcher matcher(Path path) {
    return FileSystems.getDefault().getPathMatcher("glob:" + nameOf(path));
  }

  private static String nameOf(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
