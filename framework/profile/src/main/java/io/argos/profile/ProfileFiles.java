package io.argos.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the files of profiles: those in the configuration's jar, and those in folders. */
public final class ProfileFiles {
  private static final String SHIPPED = "profiles/if-mib.yaml";

  private ProfileFiles() {}

  /** Reads something out of a folder. */
  @FunctionalInterface
  public interface Reading<T> {
    T of(Path folder) throws IOException;
  }

  /** Texts of the shipped profiles by file name, as a reader would look for them. */
  static Map<String, String> shipped() {
    Map<String, String> texts = new TreeMap<>();
    shipped(ProfileFiles::in)
        .forEach(
            (file, text) -> texts.put("shipped" + file.substring(file.lastIndexOf('/')), text));
    return texts;
  }

  /** What stands in the folder of the shipped profiles, which may lie in a jar. */
  public static <T> T shipped(Reading<T> reading) {
    URL known = ProfileFiles.class.getClassLoader().getResource(SHIPPED);
    if (known == null) {
      throw new IllegalStateException("the shipped profiles are not on the class path");
    }
    try {
      if (known.openConnection() instanceof JarURLConnection inJar) {
        // One of its own, so that several may read at a time.
        try (FileSystem jar =
            FileSystems.newFileSystem(Path.of(inJar.getJarFileURL().toURI()), Map.of())) {
          return reading.of(jar.getPath("/profiles"));
        }
      }
      Path file = Path.of(known.toURI());
      Path folder = file.getParent();
      return reading.of(folder == null ? file : folder);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(known.toString(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(known.toString(), e);
    }
  }

  /** Texts of the profiles in some folders by path, those of later folders last. */
  static Map<String, String> in(List<Path> folders) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Path folder : folders) {
      texts.putAll(in(folder));
    }
    return texts;
  }

  /** Texts of the profiles in a folder by path. */
  static Map<String, String> in(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.toString();
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
          texts.put(name, Files.readString(file));
        }
      }
    }
    return texts;
  }
}
