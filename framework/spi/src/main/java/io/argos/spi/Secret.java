package io.argos.spi;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret with named fields, such as {@code community}, or {@code user} and {@code auth-password}.
 * It can neither be printed nor serialised: only {@link #field} gives a value away.
 */
public final class Secret {
  private final String name;
  private final Map<String, String> fields;

  public Secret(String name, Map<String, String> fields) {
    this.name = name;
    this.fields = Map.copyOf(fields);
  }

  /** Name of the secret, which is no secret. */
  public String name() {
    return name;
  }

  /** Value of a field, empty when the secret has no such field. */
  public Optional<String> field(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret
        && name.equals(secret.name)
        && fields.equals(secret.fields);
  }

  @Override
  public int hashCode() {
    // The values stay out of it: a hash can end up in a log.
    return name.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[" + name + ", ***]";
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(Secret.class.getName());
  }
}
