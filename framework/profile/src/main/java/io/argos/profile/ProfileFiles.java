package io.argos.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the files of profiles: those in the configuration's jar, and those in folders. */
final class ProfileFiles {
  private static final String SHIPPED = "profiles/if-mib.yaml";

  private ProfileFiles() {}

  /** Texts of the shipped profiles by file name. */
  static Map<String, String> shipped() {
    URL known = ProfileFiles.class.getClassLoader().getResource(SHIPPED);
    if (known == null) {
      throw new IllegalStateException("the shipped profiles are not on the class path");
    }
    try {
      URI uri = known.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          return in(jar.getPath("/profiles"));
        }
      }
      Path file = Path.of(uri);
      Path folder = file.getParent();
      return in(folder == null ? file : folder);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(known.toString(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(known.toString(), e);
    }
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
