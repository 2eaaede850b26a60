package io.argos.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.config.KafkaConfig;
import io.argos.config.Sensitive;
import io.argos.config.TlsConfig;
import io.argos.runtime.tls.PemFiles;
import io.argos.servers.EmbeddedKafka;
import io.argos.servers.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients as configured against a real broker that wants TLS, certificates and a password. */
@Timeout(120)
class SecureKafkaIT {
  private static final String TOPIC = "argos.polls.v1";

  /** A backslash and quotes must come through the JAAS line. */
  private static final String PASSWORD = "w\\o\"rd; 'x'";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static String secure;

  @BeforeAll
  static void start() throws Exception {
    PemFiles.make(folder, "RSA");
    PemFiles.make(folder, "EC");
    var listener =
        new EmbeddedKafka.Listener(
            "SECURE", "SASL_SSL", Ports.claim(0, "Kafka", "servers.kafka-port"), Optional.empty());
    secure = Ports.LOOPBACK + ":" + listener.port();
    Map<String, String> properties = new HashMap<>();
    String prefix = "listener.name.secure.";
    properties.put(prefix + "ssl.keystore.type", "PEM");
    properties.put(prefix + "ssl.keystore.certificate.chain", read("RSA.crt"));
    properties.put(prefix + "ssl.keystore.key", read("RSA.key"));
    properties.put(prefix + "ssl.truststore.type", "PEM");
    properties.put(prefix + "ssl.truststore.certificates", read("RSA.crt"));
    properties.put(prefix + "ssl.client.auth", "required");
    properties.put(prefix + "sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN");
    properties.put(
        prefix + "scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    properties.put(
        prefix + "plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required user_argos=\"plain\";");
    kafka =
        EmbeddedKafka.start(
            folder.resolve("data"), List.of(EmbeddedKafka.Listener.plain(0), listener), properties);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "argos",
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                      PASSWORD)))
          .all()
          .get();
      NewTopics.create(admin, List.of(new NewTopic(TOPIC, 1, (short) -1)));
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void writesAndReadsOverTlsWithScram() throws Exception {
    writesAndReads(clients("RSA", "RSA", "SCRAM-SHA-512", PASSWORD), "scram");
  }

  @Test
  void writesAndReadsOverTlsWithPlain() throws Exception {
    writesAndReads(clients("RSA", "RSA", "PLAIN", "plain"), "plain");
  }

  private static void writesAndReads(KafkaClients clients, String group) throws Exception {
    try (var producer = clients.producer();
        var consumer = clients.consumer(group, Map.of());
        Admin admin = clients.admin()) {
      producer
          .send(new ProducerRecord<>(TOPIC, "s/d".getBytes(UTF_8), "poll".getBytes(UTF_8)))
          .get();
      consumer.subscribe(List.of(TOPIC));
      ConsumerRecords<byte[], byte[]> records = ConsumerRecords.empty();
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (records.isEmpty() && System.nanoTime() - end < 0) {
        records = consumer.poll(Duration.ofMillis(200));
      }

      assertThat(records).isNotEmpty();
      assertThat(admin.listTopics().names().get()).contains(TOPIC);
    }
  }

  @Test
  void isRefusedWithAWrongPassword() {
    try (Admin admin = clients("RSA", "RSA", "SCRAM-SHA-512", "wrong").admin()) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void refusesABrokerThatItDoesNotTrust() {
    try (Admin admin = clients("EC", "RSA", "SCRAM-SHA-512", PASSWORD).admin()) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SslAuthenticationException.class);
    }
  }

  private static KafkaClients clients(
      String trusted, String own, String mechanism, String password) {
    return new KafkaClients(
        new KafkaConfig(
            List.of(secure),
            new TlsConfig(
                true,
                Optional.of(folder.resolve(trusted + ".crt")),
                Optional.of(folder.resolve(own + ".crt")),
                Optional.of(folder.resolve(own + ".key")),
                true),
            Optional.of(mechanism),
            Optional.of("argos"),
            Optional.of(new Sensitive(password)),
            Duration.ofSeconds(6),
            Duration.ofMinutes(2),
            Map.of()),
        "test");
  }

  private static String read(String file) throws Exception {
    return Files.readString(folder.resolve(file));
  }
}
