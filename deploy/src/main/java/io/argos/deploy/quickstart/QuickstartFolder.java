package io.argos.deploy.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one folder that a quickstart writes to. A mark in it tells it from folders that are not ours.
 */
public final class QuickstartFolder {
  private static final String MARK = ".argos-quickstart";
  private static final long ROOM = 512L << 20;

  private final Path root;

  private QuickstartFolder(Path root) {
    this.root = root;
  }

  /**
   * Makes the folder ready, empty unless told to keep what a former quickstart left.
   *
   * @throws QuickstartException when it holds other things, cannot be written, or its disk is full
   */
  public static QuickstartFolder prepare(Path folder, boolean keep) {
    return prepare(folder, keep, ROOM);
  }

  static QuickstartFolder prepare(Path folder, boolean keep, long wanted) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      if (Files.isDirectory(root) && !isEmpty(root)) {
        if (!Files.exists(root.resolve(MARK))) {
          throw new QuickstartException(
              root + " holds other things than a quickstart's: name an empty folder with --data.");
        }
        if (!keep) {
          deleteContents(root);
        }
      }
      Files.createDirectories(root.resolve("conf.d"));
      Files.createDirectories(root.resolve("profiles"));
      Files.writeString(root.resolve(MARK), "This folder belongs to argos quickstart.\n");
      long room = Files.getFileStore(root).getUsableSpace();
      if (room < wanted) {
        throw new QuickstartException(
            "The disk of %s has %d MiB left, and a quickstart wants %d: free some, or name another folder with --data."
                .formatted(root, room >> 20, wanted >> 20));
      }
    } catch (IOException e) {
      throw new QuickstartException(
          "%s cannot be written (%s): name another folder with --data."
              .formatted(root, e.getMessage()));
    }
    return new QuickstartFolder(root);
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** The configuration file, with which the argos command finds this quickstart. */
  public Path config() {
    return root.resolve("argos.yaml");
  }

  /** The log. */
  public Path log() {
    return root.resolve("argos.log");
  }

  /** The resource file that discovery reads. */
  public Path resources() {
    return root.resolve("devices.json");
  }

  /** Writes a file of this folder. */
  public void write(String name, String text) {
    try {
      Files.writeString(root.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + root.resolve(name), e);
    }
  }

  /** Writes a file of this folder, unless a former quickstart or its user has. */
  public void writeIfAbsent(String name, String text) {
    if (!Files.exists(root.resolve(name))) {
      write(name, text);
    }
  }

  /** The last lines of the log. */
  public List<String> logTail(int lines) {
    try (Stream<String> all = Files.lines(log(), StandardCharsets.UTF_8)) {
      List<String> kept = all.toList();
      return kept.subList(Math.max(0, kept.size() - lines), kept.size());
    } catch (IOException | UncheckedIOException e) {
      return List.of("(no log: " + e.getMessage() + ")");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.findAny().isEmpty();
    }
  }

  private static void deleteContents(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    }
  }
}
