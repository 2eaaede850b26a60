package io.argos.spi;

import java.util.Collection;
import java.util.Optional;

/** Read-only access to secrets. Safe for use by any thread; may block for a second on a miss. */
public interface Secrets {
  /**
   * The secret of that name for the site, or for the default site where the site has none of its
   * own.
   *
   * @return empty when there is no such secret
   * @throws SecretsUnavailableException when the store is out of reach and nothing is cached
   */
  Optional<Secret> find(String name, String site);

  /**
   * Tells the names of secrets that will be asked for on behalf of any resource that names none
   * itself. They are fetched for all sites before there is work, so that the store may go away at
   * any moment after; what is not told here is fetched when it is first asked for. To be called
   * when a plugin instance is created.
   */
  default void expect(Collection<String> names) {}

  /**
   * Tells that a device has refused a secret, which may have been changed since it was fetched: the
   * next {@link #find} asks the store again, unless it has just done so.
   */
  default void refused(String name, String site) {}
}
