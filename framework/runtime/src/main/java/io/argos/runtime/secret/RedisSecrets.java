package io.argos.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.argos.config.RedisConfig;
import io.argos.spi.Secret;
import io.argos.spi.Secrets;
import io.argos.spi.SecretsUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Secrets from Redis, opened here and kept in memory for a time, so that Redis may be away for
 * hours. Sends nothing but GET. Safe for use by any thread.
 */
public final class RedisSecrets implements Secrets, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RedisSecrets.class);
  private static final Duration REFETCH_AT_MOST_EVERY = Duration.ofSeconds(10);

  private final RedisConfig config;
  private final SecretNames names;
  private final SecretEnvelope envelope;
  private final RedisClient redis;
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final SecretCache cache;

  private final Set<String> expected = ConcurrentHashMap.newKeySet();

  /** Places whose last fetch failed, so that a failure and its end are each said once. */
  private final ConcurrentHashMap<String, String> failing = new ConcurrentHashMap<>();

  /**
   * Opens no connection yet.
   *
   * @param prefix what all keys in Redis begin with
   * @throws IllegalStateException when the key file cannot be used
   */
  public RedisSecrets(RedisConfig config, String prefix, InstantSource clock) {
    this.config = config;
    this.names = new SecretNames(prefix);
    this.envelope = new SecretEnvelope(KeyFile.read(config.keyFile()));
    this.redis = RedisConnection.open(config);
    this.cache =
        new SecretCache(
            this::fetch,
            config.refreshAfter(),
            config.keepFor(),
            clock,
            background,
            () -> ThreadLocalRandom.current().nextDouble(),
            this::failed);
  }

  @Override
  public Optional<Secret> find(String name, String site) {
    try {
      Optional<Secret> own = cache.get(names.place(name, site));
      return own.isPresent() || site.equals(SecretNames.DEFAULT_SITE)
          ? own
          : cache.get(names.place(name, SecretNames.DEFAULT_SITE));
    } catch (JedisException e) {
      throw new SecretsUnavailableException(
          "secret %s for site %s cannot be had: redis at %s is out of reach"
              .formatted(name, site, address()),
          e);
    } catch (SecretEnvelopeException e) {
      throw new SecretsUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void expect(Collection<String> expectedNames) {
    expected.addAll(expectedNames);
  }

  /** The names that plugins have told to expect. */
  public Set<String> expected() {
    return Set.copyOf(expected);
  }

  /**
   * Has a secret in memory from now on, or that there is none.
   *
   * @return why Redis did not tell, when nothing is in memory. A secret that cannot be opened is
   *     none: waiting does not mend it
   */
  public Optional<String> hold(String name, String site) {
    try {
      find(name, site);
      return Optional.empty();
    } catch (SecretsUnavailableException e) {
      return e.getCause() instanceof JedisException
          ? Optional.of(String.valueOf(e.getMessage()))
          : Optional.empty();
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>At most once in ten seconds for each secret, or a wrong one would send a storm to Redis.
   */
  @Override
  public void refused(String name, String site) {
    cache.expire(names.place(name, site), REFETCH_AT_MOST_EVERY);
    cache.expire(names.place(name, SecretNames.DEFAULT_SITE), REFETCH_AT_MOST_EVERY);
  }

  /** Asks Redis for a secret that does not exist: why that fails, or nothing. */
  public Optional<String> unreachable() {
    try {
      redis.get(names.place("", "").getBytes(UTF_8));
      return Optional.empty();
    } catch (JedisException e) {
      return Optional.of(rootMessage(e));
    }
  }

  /** Where Redis is, for messages. */
  public String address() {
    return config.host() + ":" + config.port();
  }

  @Override
  public void close() {
    background.shutdownNow();
    redis.close();
  }

  private Optional<Secret> fetch(String place) {
    byte[] sealed = redis.get(place.getBytes(UTF_8));
    Optional<Secret> secret =
        sealed == null
            ? Optional.empty()
            : Optional.of(new Secret(names.nameAt(place), envelope.open(place, sealed)));
    if (failing.remove(place) != null) {
      log.info("secret fetched again place={}", place);
    }
    return secret;
  }

  private void failed(String place, RuntimeException cause, boolean stale) {
    String what = rootMessage(cause);
    if (!what.equals(failing.put(place, what))) {
      log.warn("secret cannot be fetched place={} stale={} cause=\"{}\"", place, stale, what);
    }
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && !(root instanceof SecretEnvelopeException)) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }
}
