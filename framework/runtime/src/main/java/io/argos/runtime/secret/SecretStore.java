package io.argos.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.argos.config.RedisConfig;
import io.argos.spi.SecretsUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * The side that writes secrets, for the command line and the quickstart; services never have it.
 * Its user needs SET, DEL, GET and SCAN.
 */
public final class SecretStore implements AutoCloseable {
  private final SecretNames names;
  private final SecretEnvelope envelope;
  private final RedisClient redis;
  private final String address;

  /**
   * @param prefix what all keys in Redis begin with
   */
  public SecretStore(RedisConfig config, String prefix) {
    this.names = new SecretNames(prefix);
    this.envelope = new SecretEnvelope(KeyFile.read(config.keyFile()));
    this.redis = RedisConnection.open(config);
    this.address = config.host() + ":" + config.port();
  }

  /**
   * Puts a secret, in place of a former one.
   *
   * @param site {@code default} for all sites that have none of their own
   * @param fields what it holds, such as {@code community}
   */
  public void put(String name, String site, Map<String, String> fields) {
    String place = names.place(name, site);
    byte[] sealed = envelope.seal(place, fields);
    reach(() -> redis.set(place.getBytes(UTF_8), sealed));
  }

  /** Takes a secret away; whether there was one. */
  public boolean remove(String name, String site) {
    return reach(() -> redis.del(names.place(name, site))) > 0;
  }

  /** Where there are secrets: keys in Redis, sorted. Their values stay sealed. */
  public List<String> places() {
    List<String> places = new ArrayList<>();
    var matching = new ScanParams().match(names.start() + "*").count(500);
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      String from = cursor;
      ScanResult<String> page = reach(() -> redis.scan(from, matching));
      places.addAll(page.getResult());
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return places.stream().distinct().sorted().toList();
  }

  /** Seals the keys of all secrets with the current key; how many there are. */
  public int rewrapAll() {
    int count = 0;
    for (String place : places()) {
      byte[] sealed = redis.get(place.getBytes(UTF_8));
      if (sealed != null) {
        redis.set(place.getBytes(UTF_8), envelope.rewrap(place, sealed));
        count++;
      }
    }
    return count;
  }

  private <T> T reach(Supplier<T> command) {
    try {
      return command.get();
    } catch (JedisConnectionException e) {
      throw new SecretsUnavailableException(
          "Redis %s is out of reach: %s".formatted(address, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
