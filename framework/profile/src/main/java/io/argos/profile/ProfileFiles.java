package io.argos.profile;

import io.argos.profile.format.Place;
import io.argos.profile.format.Problem;
import io.argos.profile.format.ProfileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files of profiles: those in the configuration's jar, and those in folders. */
public final class ProfileFiles {
  private static final Logger log = LoggerFactory.getLogger(ProfileFiles.class);
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
        .texts()
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

  /**
   * The files of profiles in some folders.
   *
   * @param texts texts by path, those of later folders last
   * @param unreadable what is wrong with those that cannot be read
   */
  record Found(Map<String, String> texts, List<Problem> unreadable) {
    Found {
      texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
      unreadable = List.copyOf(unreadable);
    }

    /** The texts, of which all must be readable. */
    Map<String, String> all() throws ProfileException {
      if (!unreadable.isEmpty()) {
        throw new ProfileException(unreadable);
      }
      return texts;
    }
  }

  /**
   * Looks into some folders.
   *
   * @throws IOException when a folder itself cannot be read
   */
  static Found in(List<Path> folders) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    List<Problem> unreadable = new ArrayList<>();
    for (Path folder : folders) {
      Found found = in(folder);
      texts.putAll(found.texts());
      unreadable.addAll(found.unreadable());
    }
    return new Found(texts, unreadable);
  }

  private static Found in(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    List<Problem> unreadable = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.toString();
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
          try {
            texts.put(name, text(file));
          } catch (NoSuchFileException e) {
            log.debug("profile gone before it was read file={}", name);
          } catch (IOException e) {
            unreadable.add(new Problem(new Place(name, 1, 1), reason(file, e)));
          }
        }
      }
    }
    return new Found(texts, unreadable);
  }

  /** Text of a file, and of nothing that has no end. */
  static String text(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is no file");
    }
    return Files.readString(file);
  }

  /** Why a file cannot be read, without its name. */
  static String reason(Path file, IOException failure) {
    return switch (failure) {
      case CharacterCodingException _ -> "it is not UTF-8";
      case AccessDeniedException _ -> "it cannot be read: permission denied";
      case NoSuchFileException _ -> "there is no such file";
      default ->
          Objects.equals(failure.getMessage(), file.toString())
              ? failure.toString()
              : String.valueOf(failure.getMessage());
    };
  }
}
