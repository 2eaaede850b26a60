package io.argos.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.config.RedisConfig;
import io.argos.config.Sensitive;
import io.argos.config.TlsConfig;
import io.argos.servers.EmbeddedRedis;
import io.argos.spi.Secret;
import io.argos.spi.SecretsUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

class RedisSecretsIT {
  private static final String PASSWORD = "pass word\"1";

  @TempDir Path folder;
  private EmbeddedRedis redis;
  private RedisConfig config;
  private volatile Instant now = Instant.EPOCH;

  @BeforeEach
  void start() {
    redis = EmbeddedRedis.start(folder.resolve("redis"), 0, Optional.of(PASSWORD));
    Path key = folder.resolve("secrets.key");
    KeyFile.create(key);
    config = config(Optional.empty(), PASSWORD, key);
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void givesTheSecretOfTheSiteOrThatOfAll() {
    try (var store = new SecretStore(config, "argos");
        var secrets = secrets(config)) {
      store.put("snmp", "default", Map.of("community", "for-all"));
      store.put("snmp", "lab", Map.of("community", "for-lab"));

      assertThat(community(secrets, "lab")).isEqualTo("for-lab");
      assertThat(community(secrets, "den")).isEqualTo("for-all");
      assertThat(secrets.find("snmp", "lab").map(Secret::name)).contains("snmp");
      assertThat(secrets.find("other", "lab")).isEmpty();
      assertThat(store.places())
          .containsExactly("argos:secret:snmp:default", "argos:secret:snmp:lab");
      assertThat(store.remove("snmp", "lab")).isTrue();
      assertThat(store.remove("snmp", "lab")).isFalse();
    }
  }

  @Test
  void needsNoMoreThanTheRightToGetItsOwnKeys() {
    try (var store = new SecretStore(config, "argos");
        RedisClient admin = RedisConnection.open(config)) {
      store.put("snmp", "default", Map.of("community", "for-all"));
      admin.sendCommand(
          Protocol.Command.ACL, "SETUSER", "agent", "on", ">agent-word", "~argos:secret:*", "+get");

      try (var secrets = secrets(config(Optional.of("agent"), "agent-word", config.keyFile()))) {
        assertThat(secrets.unreachable()).isEmpty();
        assertThat(community(secrets, "lab")).isEqualTo("for-all");
      }
    }
  }

  @Test
  void holdsOnlyCiphertextInRedis() {
    try (var store = new SecretStore(config, "argos");
        RedisClient admin = RedisConnection.open(config)) {
      store.put("snmp", "default", Map.of("community", "for-all"));

      assertThat(admin.get("argos:secret:snmp:default"))
          .startsWith("{\"v\":1,\"alg\":\"A256GCM\"")
          .doesNotContain("for-all", "community");
    }
  }

  @Test
  void refusesASecretThatWasMovedToAnotherNameAndKeepsTheOldOneWhileItCan() {
    try (var store = new SecretStore(config, "argos");
        var secrets = secrets(config);
        RedisClient admin = RedisConnection.open(config)) {
      store.put("snmp", "default", Map.of("community", "for-all"));
      store.put("admin", "default", Map.of("community", "for-admin"));
      assertThat(community(secrets, "default")).isEqualTo("for-all");
      admin.set("argos:secret:snmp:default", admin.get("argos:secret:admin:default"));

      now = now.plus(Duration.ofMinutes(6));
      assertThat(community(secrets, "default")).isEqualTo("for-all");
      now = now.plus(Duration.ofHours(25));

      assertThatThrownBy(() -> secrets.find("snmp", "default"))
          .isInstanceOf(SecretsUnavailableException.class)
          .hasMessageContaining("argos:secret:snmp:default was changed")
          .hasMessageNotContaining("for-admin");
    }
  }

  @Test
  void namesTheKeyWhenTheKeyFileIsTheWrongOne() {
    Path other = folder.resolve("other.key");
    KeyFile wrong = KeyFile.create(other);
    try (var store = new SecretStore(config, "argos");
        var secrets = secrets(config(Optional.empty(), PASSWORD, other))) {
      store.put("snmp", "default", Map.of("community", "for-all"));

      assertThatThrownBy(() -> secrets.find("snmp", "default"))
          .isInstanceOf(SecretsUnavailableException.class)
          .hasMessageContaining("was sealed with key")
          .hasMessageContaining(wrong.currentId());
    }
  }

  @Test
  void livesThroughAnOutageAndRefusesAColdStart() {
    try (var store = new SecretStore(config, "argos")) {
      store.put("snmp", "default", Map.of("community", "for-all"));
    }
    try (var warm = secrets(config);
        var cold = secrets(config)) {
      assertThat(community(warm, "default")).isEqualTo("for-all");
      int port = redis.port();
      redis.close();

      now = now.plus(Duration.ofHours(1));
      assertThat(community(warm, "default")).isEqualTo("for-all");
      assertThat(cold.unreachable()).isPresent();
      assertThatThrownBy(() -> cold.find("snmp", "default"))
          .isInstanceOf(SecretsUnavailableException.class)
          .hasMessageContaining("secret snmp for site default")
          .hasMessageContaining("127.0.0.1:" + port);

      redis = EmbeddedRedis.start(folder.resolve("redis"), port, Optional.of(PASSWORD));
      now = now.plus(Duration.ofSeconds(5));
      assertThat(community(cold, "default")).isEqualTo("for-all");
    }
  }

  @Test
  void sealsEverythingWithANewKey() throws Exception {
    try (var store = new SecretStore(config, "argos")) {
      store.put("snmp", "default", Map.of("community", "for-all"));
      store.put("snmp", "lab", Map.of("community", "for-lab"));
    }
    Path both = folder.resolve("both.key");
    Path fresh = folder.resolve("fresh.key");
    KeyFile.create(both);
    KeyFile.create(fresh);
    Files.writeString(both, Files.readString(fresh) + Files.readString(config.keyFile()));

    try (var store = new SecretStore(config(Optional.empty(), PASSWORD, both), "argos");
        var secrets = secrets(config(Optional.empty(), PASSWORD, fresh))) {
      assertThat(store.rewrapAll()).isEqualTo(2);

      assertThat(community(secrets, "lab")).isEqualTo("for-lab");
    }
  }

  private RedisSecrets secrets(RedisConfig redisConfig) {
    return new RedisSecrets(redisConfig, "argos", () -> now);
  }

  private static String community(RedisSecrets secrets, String site) {
    return secrets.find("snmp", site).flatMap(s -> s.field("community")).orElseThrow();
  }

  private RedisConfig config(Optional<String> user, String password, Path key) {
    return new RedisConfig(
        redis.host(),
        redis.port(),
        new TlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), true),
        user,
        Optional.of(new Sensitive(password)),
        Duration.ofSeconds(2),
        key,
        Duration.ofMinutes(5),
        Duration.ofHours(24));
  }
}
