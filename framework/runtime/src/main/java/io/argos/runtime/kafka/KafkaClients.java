package io.argos.runtime.kafka;

import io.argos.config.KafkaConfig;
import io.argos.config.Sensitive;
import io.argos.config.TlsConfig;
import io.argos.schemas.topic.ResourcePartitioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes Kafka clients that are safe by default. Producers wait for all replicas, are idempotent and
 * place records by resource; consumers commit by hand and see committed records only. Safe for use
 * by any thread; whoever asks for a client closes it.
 */
public final class KafkaClients {
  /** Client ids are unique in a process, or the clients' MBeans collide. */
  private static final AtomicLong SEQUENCE = new AtomicLong();

  private final KafkaConfig config;
  private final String clientIdPrefix;

  public KafkaClients(KafkaConfig config, String clientIdPrefix) {
    this.config = config;
    this.clientIdPrefix = clientIdPrefix;
  }

  /** Address of the cluster, for messages. */
  public String bootstrap() {
    return String.join(",", config.bootstrapServers());
  }

  /** The configuration that these clients are made from. */
  public KafkaConfig config() {
    return config;
  }

  /** How the cluster is reached: what every client shares, that of Kafka Streams too. */
  public Map<String, Object> common() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 100);
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    security(properties);
    properties.putAll(config.properties());
    return properties;
  }

  /** Properties of a producer of bytes. */
  public Map<String, Object> producerProperties() {
    Map<String, Object> properties = common();
    put(properties, ProducerConfig.CLIENT_ID_CONFIG, clientId("producer"));
    put(properties, ProducerConfig.ACKS_CONFIG, "all");
    put(properties, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    put(properties, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    put(properties, ProducerConfig.LINGER_MS_CONFIG, 5);
    put(properties, ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
    put(properties, ProducerConfig.PARTITIONER_CLASS_CONFIG, ResourcePartitioner.class);
    long delivery = config.deliveryTimeout().toMillis();
    put(properties, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(delivery));
    // Delivery must be able to hold one request and its linger.
    put(
        properties,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.toIntExact(Math.max(1, Math.min(30_000, delivery - 5))));
    put(properties, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    put(properties, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  /** A producer as configured. */
  public Producer<byte[], byte[]> producer() {
    return producer(Map.of());
  }

  /** A producer with some properties of its own, such as a transactional id. */
  public Producer<byte[], byte[]> producer(Map<String, ?> overrides) {
    Map<String, Object> properties = producerProperties();
    properties.putAll(overrides);
    return new KafkaProducer<>(properties);
  }

  /** Properties of a consumer of bytes without a group. */
  public Map<String, Object> consumerProperties() {
    Map<String, Object> properties = common();
    put(properties, ConsumerConfig.CLIENT_ID_CONFIG, clientId("consumer"));
    put(properties, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    put(properties, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    put(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    put(properties, ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    put(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    put(properties, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    put(properties, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  /** A consumer without a group: it is told its partitions and keeps its own offsets. */
  public Consumer<byte[], byte[]> consumer() {
    return consumer(Map.of());
  }

  /** A consumer without a group, with some properties of its own. */
  public Consumer<byte[], byte[]> consumer(Map<String, ?> overrides) {
    Map<String, Object> properties = consumerProperties();
    properties.putAll(overrides);
    return new KafkaConsumer<>(properties);
  }

  /**
   * A consumer of a group. Set {@code group.instance.id} among the overrides for a static member,
   * which keeps its partitions through a restart within the session timeout.
   */
  public Consumer<byte[], byte[]> consumer(String groupId, Map<String, ?> overrides) {
    Map<String, Object> properties = consumerProperties();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    int session = Math.toIntExact(config.sessionTimeout().toMillis());
    put(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
    put(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.max(1, session / 3));
    put(properties, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Math.max(30_000, session));
    properties.putAll(overrides);
    return new KafkaConsumer<>(properties);
  }

  /** An administrative client. */
  public Admin admin() {
    return admin(Map.of());
  }

  /** An administrative client with some properties of its own, such as shorter time-outs. */
  public Admin admin(Map<String, ?> overrides) {
    Map<String, Object> properties = common();
    put(properties, CommonClientConfigs.CLIENT_ID_CONFIG, clientId("admin"));
    properties.putAll(overrides);
    return Admin.create(properties);
  }

  private String clientId(String role) {
    return clientIdPrefix + "-" + role + "-" + SEQUENCE.incrementAndGet();
  }

  /** What the configuration file passes through wins over our defaults. */
  private void put(Map<String, Object> properties, String key, Object value) {
    properties.putIfAbsent(key, value);
  }

  private void security(Map<String, Object> properties) {
    TlsConfig tls = config.tls();
    boolean sasl = config.saslMechanism().isPresent();
    properties.put(
        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        (sasl ? "SASL_" : "") + (tls.enabled() ? "SSL" : "PLAINTEXT"));
    if (tls.enabled()) {
      tls.trust()
          .ifPresent(trust -> {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, pem(trust));
          });
      if (tls.certificate().isPresent() && tls.key().isPresent()) {
        properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
        properties.put(
            SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, pem(tls.certificate().get()));
        properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, pem(tls.key().get()));
      }
      if (!tls.verifyHost()) {
        properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
      }
    }
    config
        .saslMechanism()
        .ifPresent(mechanism -> {
          properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
          properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaas(mechanism));
        });
  }

  private String jaas(String mechanism) {
    String module =
        mechanism.equals("PLAIN")
            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
            : "org.apache.kafka.common.security.scram.ScramLoginModule";
    return "%s required username=\"%s\" password=\"%s\";"
        .formatted(
            module,
            quoted(config.user().orElse("")),
            quoted(Sensitive.reveal(config.password()).orElse("")));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String pem(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("kafka.tls: cannot read PEM file " + file, e);
    }
  }
}
