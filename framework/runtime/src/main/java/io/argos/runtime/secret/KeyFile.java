package io.argos.runtime.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that open the secrets' envelopes: one a line, 32 bytes in base64. The first line seals;
 * all of them open, so that a key is changed by putting a new one on top. The file is its owner's
 * alone.
 */
public final class KeyFile {
  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  /** A key and the id by which an envelope names it. */
  record Key(String id, SecretKey key) {
    @Override
    public String toString() {
      return "Key[" + id + ", ***]";
    }
  }

  private final Path path;
  private final List<Key> keys;

  private KeyFile(Path path, List<Key> keys) {
    this.path = path;
    this.keys = keys;
  }

  /**
   * Makes a file with a new random key, readable by its owner only.
   *
   * @throws IllegalStateException when there is such a file: no key is ever overwritten
   */
  public static KeyFile create(Path path) {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      // Made with its permissions, so that there is no moment at which others can read it.
      Files.createFile(
          path,
          PosixFilePermissions.asFileAttribute(
              EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
      Files.writeString(
          path, Base64.getEncoder().encodeToString(key) + "\n", StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalStateException("key file " + path + " is there already", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make key file " + path + ": " + e.getMessage(), e);
    }
    return read(path);
  }

  /** Reads the file, or makes it where it is not there. */
  public static KeyFile readOrCreate(Path path) {
    return Files.exists(path) ? read(path) : create(path);
  }

  /**
   * Reads the file.
   *
   * @throws IllegalStateException when it is absent, readable by others, or holds no key
   */
  public static KeyFile read(Path path) {
    try {
      Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
      granted.addAll(Files.getPosixFilePermissions(path));
      granted.retainAll(OTHERS);
      if (!granted.isEmpty()) {
        throw new IllegalStateException(
            "key file %s is open to others than its owner: chmod 600 %s".formatted(path, path));
      }
      List<Key> keys = new ArrayList<>();
      for (String line : Files.readAllLines(path, US_ASCII)) {
        if (!line.isBlank()) {
          keys.add(key(path, line.strip()));
        }
      }
      if (keys.isEmpty()) {
        throw new IllegalStateException("key file " + path + " holds no key");
      }
      return new KeyFile(path, List.copyOf(keys));
    } catch (NoSuchFileException e) {
      throw new IllegalStateException(
          "key file %s is not there: copy that of another host, or let argos secrets put make the first"
              .formatted(path),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read key file " + path + ": " + e.getMessage(), e);
    }
  }

  /** Id of the key that seals. */
  public String currentId() {
    return keys.getFirst().id();
  }

  Key current() {
    return keys.getFirst();
  }

  Optional<Key> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** Ids of all keys, for messages. */
  List<String> ids() {
    return keys.stream().map(Key::id).toList();
  }

  @Override
  public String toString() {
    return path + " " + ids();
  }

  private static Key key(Path path, String line) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException _) {
      // The cause would quote a piece of the key.
      throw new IllegalStateException("key file " + path + " holds a line that is not base64");
    }
    if (bytes.length != BYTES) {
      throw new IllegalStateException(
          "key file %s holds a key of %d bytes instead of %d".formatted(path, bytes.length, BYTES));
    }
    return new Key(id(bytes), new SecretKeySpec(bytes, "AES"));
  }

  /** A name for the key that does not give it away. */
  private static String id(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("argos-key-id".getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest.digest(key), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
