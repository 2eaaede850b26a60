package io.argos.runtime.secret;

import io.argos.config.RedisConfig;
import io.argos.config.Sensitive;
import io.argos.runtime.tls.PemContext;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;

/** Makes the client of Redis from configuration. */
final class RedisConnection {
  private static final int CONNECTIONS = 8;

  private RedisConnection() {}

  static RedisClient open(RedisConfig config) {
    int timeout = Math.toIntExact(config.timeout().toMillis());
    DefaultJedisClientConfig.Builder client =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(timeout)
            .socketTimeoutMillis(timeout)
            // An agent's user may GET and nothing else, so nothing else is sent.
            .protocol(RedisProtocol.RESP2)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    config.user().ifPresent(client::user);
    Sensitive.reveal(config.password()).ifPresent(client::password);
    PemContext.of(config.tls(), "redis")
        .ifPresent(tls -> {
          client.ssl(true).sslSocketFactory(tls.getSocketFactory());
          if (config.tls().verifyHost()) {
            var parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            client.sslParameters(parameters);
          }
        });
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxWait(config.timeout());
    pool.setJmxEnabled(false);
    // Idle connections are dropped rather than tested: a test would be a PING.
    pool.setTestWhileIdle(false);
    pool.setMinEvictableIdleDuration(Duration.ofMinutes(1));
    return RedisClient.builder()
        .hostAndPort(new HostAndPort(config.host(), config.port()))
        .clientConfig(client.build())
        .poolConfig(pool)
        .build();
  }
}
