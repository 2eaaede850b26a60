package io.argos.config;

import java.util.Optional;

/** A configured password or key. It is never printed; {@link #reveal} gives it away. */
public final class Sensitive {
  private final String value;

  public Sensitive(String value) {
    this.value = value;
  }

  /** The value, for the client that needs it. */
  public String reveal() {
    return value;
  }

  /** The value of an optional key, for the client that needs it. */
  public static Optional<String> reveal(Optional<Sensitive> sensitive) {
    return sensitive.map(Sensitive::reveal);
  }

  @Override
  public String toString() {
    return "***";
  }
}
