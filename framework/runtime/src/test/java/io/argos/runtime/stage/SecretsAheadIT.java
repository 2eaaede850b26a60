package io.argos.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.RedisConfig;
import io.argos.config.TlsConfig;
import io.argos.runtime.secret.KeyFile;
import io.argos.runtime.secret.RedisSecrets;
import io.argos.runtime.secret.SecretStore;
import io.argos.schemas.Resource;
import io.argos.servers.EmbeddedRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsAheadIT {
  @TempDir Path folder;
  private EmbeddedRedis redis;
  private RedisConfig config;
  private RedisSecrets secrets;
  private SecretsAhead ahead;
  private volatile Instant now = Instant.EPOCH;
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<List<Resource>> resources =
      new AtomicReference<>(
          List.of(
              resource("oslo/a", null), resource("lima/b", null), resource("lima/c", "own-v3")));

  @BeforeEach
  void start() {
    redis = EmbeddedRedis.start(folder.resolve("redis"), 0, Optional.empty());
    Path key = folder.resolve("secrets.key");
    KeyFile.create(key);
    config = config(redis.port(), key);
    try (var store = new SecretStore(config, "argos")) {
      store.put("campus", "default", Map.of("community", "for-all"));
      store.put("campus", "lima", Map.of("community", "for-lima"));
      store.put("own-v3", "default", Map.of("user", "ops"));
      store.put("unwanted", "default", Map.of("user", "ops"));
    }
    secrets = new RedisSecrets(config, "argos", () -> now);
    secrets.expect(List.of("campus"));
    ahead = new SecretsAhead(secrets, () -> resources.get().stream(), nanos::get);
  }

  @AfterEach
  void stop() {
    secrets.close();
    redis.close();
  }

  @Test
  void hasAllSecretsOfItsResourcesBeforeRedisGoes() {
    assertThat(ahead.had()).isFalse();
    assertThat(ahead.trouble()).contains("not fetched yet");

    ahead.look();

    assertThat(ahead.had()).isTrue();
    redis.close();
    assertThat(secrets.find("campus", "oslo").orElseThrow().field("community")).contains("for-all");
    assertThat(secrets.find("campus", "lima").orElseThrow().field("community"))
        .contains("for-lima");
    assertThat(secrets.find("own-v3", "lima").orElseThrow().field("user")).contains("ops");
    assertThat(secrets.hold("unwanted", "lima").orElseThrow()).contains("out of reach");
  }

  @Test
  void hasNoneWhileRedisIsAwayAndAllOnceItIsBack() {
    int port = redis.port();
    redis.close();

    ahead.look();
    assertThat(ahead.had()).isFalse();
    assertThat(ahead.trouble().orElseThrow())
        .contains("redis at 127.0.0.1:" + port + " is out of reach");

    redis = EmbeddedRedis.start(folder.resolve("redis"), port, Optional.empty());
    now = now.plusSeconds(5);
    ahead.look();
    assertThat(ahead.trouble()).isEmpty();
  }

  @Test
  void hasTheSecretsOfANewSiteAfterAMinute() {
    ahead.look();
    resources.set(List.of(resource("cork/d", "unwanted")));
    nanos.addAndGet(SecretsAhead.EVERY.toNanos());
    ahead.look();

    redis.close();
    assertThat(secrets.find("unwanted", "cork")).isPresent();
    nanos.addAndGet(SecretsAhead.EVERY.toNanos());
    ahead.look();
    assertThat(ahead.had()).isTrue();
  }

  @Test
  void doesNotWaitForASecretThatItCannotOpen() {
    Path other = folder.resolve("other.key");
    KeyFile.create(other);
    try (var foreign = new RedisSecrets(config(redis.port(), other), "argos", () -> now)) {
      foreign.expect(List.of("campus"));
      SecretsAhead without = new SecretsAhead(foreign, () -> resources.get().stream(), nanos::get);

      without.look();

      assertThat(without.had()).isTrue();
    }
  }

  private static Resource resource(String id, @Nullable String credential) {
    String[] parts = id.split("/", 2);
    return Resource.newBuilder()
        .setId(id)
        .setSite(parts[0])
        .setName(parts[1])
        .setEndpoint("127.0.0.1")
        .setCredential(credential)
        .setTtlSeconds(60)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(1)
        .build();
  }

  private static RedisConfig config(int port, Path key) {
    return new RedisConfig(
        "127.0.0.1",
        port,
        new TlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), true),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(2),
        key,
        Duration.ofMinutes(5),
        Duration.ofHours(24));
  }
}
