package io.argos.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How Kafka is reached. */
public record KafkaConfig(
    @Doc("Bootstrap servers, host:port.") @Default("[127.0.0.1:9092]")
        List<String> bootstrapServers,
    @Doc("TLS of the connection.") TlsConfig tls,
    @Doc("SASL mechanism; none when absent.") @OneOf({"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
        Optional<String> saslMechanism,
    @Doc("SASL user.") Optional<String> user,
    @Doc("SASL password.") Optional<Sensitive> password,
    @Doc("How long a consumer may be silent before its partitions go to others.") @Default("PT6S")
        Duration sessionTimeout,
    @Doc("How long a result may take to be acknowledged, retries included.") @Default("PT2M")
        Duration deliveryTimeout,
    @Doc("Further client properties, passed as they are.") @Default("{}")
        Map<String, String> properties) {
  public KafkaConfig {
    bootstrapServers = List.copyOf(bootstrapServers);
    properties = Map.copyOf(properties);
  }
}
