package io.argos.deploy.profile;

import io.argos.snmp.Oid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names of those who own subtrees below {@code enterprises} (1.3.6.1.4.1). */
final class Enterprises {
  /** The subtree. */
  static final Oid ROOT = Oid.parse("1.3.6.1.4.1");

  private static final Map<Long, String> NAMES = read();

  private Enterprises() {}

  private static Map<Long, String> read() {
    Map<Long, String> names = new HashMap<>();
    try (InputStream file = Enterprises.class.getResourceAsStream("enterprises.tsv")) {
      if (file == null) {
        throw new IllegalStateException("enterprises.tsv is not on the class path");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .forEach(parts -> names.put(Long.parseLong(parts[0]), parts[1]));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("enterprises.tsv", e);
    }
  }

  /** The number of the enterprise that owns an oid. */
  static Optional<Long> numberOf(Oid oid) {
    return oid.startsWith(ROOT) && oid.length() > ROOT.length()
        ? Optional.of(oid.arc(ROOT.length()))
        : Optional.empty();
  }

  /** Its name, where it is known. */
  static Optional<String> nameOf(Oid oid) {
    return numberOf(oid).map(NAMES::get);
  }
}
