package io.argos.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.config.KafkaConfig;
import io.argos.config.Sensitive;
import io.argos.config.TlsConfig;
import io.argos.schemas.topic.ResourcePartitioner;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClientsTest {
  private static final TlsConfig PLAIN =
      new TlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), true);

  @TempDir Path folder;

  @Test
  void makesProducersThatWaitForAllReplicasAndPlaceByResource() {
    Map<String, Object> properties = clients(PLAIN, Optional.empty()).producerProperties();

    assertThat(properties)
        .containsEntry("bootstrap.servers", "k1:9092,k2:9092")
        .containsEntry("security.protocol", "PLAINTEXT")
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("compression.type", "lz4")
        .containsEntry("partitioner.class", ResourcePartitioner.class)
        .containsEntry("delivery.timeout.ms", 120_000);
  }

  @Test
  void makesConsumersThatCommitByHandAndSeeCommittedRecordsOnly() {
    assertThat(clients(PLAIN, Optional.empty()).consumerProperties())
        .containsEntry("enable.auto.commit", false)
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("auto.offset.reset", "earliest")
        .doesNotContainKey("group.id");
  }

  @Test
  void letsThePassedThroughPropertiesWin() {
    assertThat(clients(PLAIN, Optional.empty()).producerProperties())
        .containsEntry("linger.ms", "50");
  }

  @Test
  void quotesThePasswordInTheLoginLine() {
    assertThat(clients(PLAIN, Optional.of("SCRAM-SHA-512")).common())
        .containsEntry("security.protocol", "SASL_PLAINTEXT")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry(
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"argos\" password=\"a\\\"b\\\\c\";");
  }

  @Test
  void takesCertificatesFromPemFiles() throws Exception {
    Path trust = Files.writeString(folder.resolve("ca.pem"), "CA");
    Path chain = Files.writeString(folder.resolve("chain.pem"), "CHAIN");
    Path key = Files.writeString(folder.resolve("key.pem"), "KEY");
    var tls = new TlsConfig(true, Optional.of(trust), Optional.of(chain), Optional.of(key), false);

    assertThat(clients(tls, Optional.of("PLAIN")).common())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("ssl.truststore.type", "PEM")
        .containsEntry("ssl.truststore.certificates", "CA")
        .containsEntry("ssl.keystore.certificate.chain", "CHAIN")
        .containsEntry("ssl.keystore.key", "KEY")
        .containsEntry("ssl.endpoint.identification.algorithm", "");
  }

  @Test
  void namesThePemFileThatCannotBeRead() {
    var tls =
        new TlsConfig(
            true,
            Optional.of(folder.resolve("absent.pem")),
            Optional.empty(),
            Optional.empty(),
            true);
    KafkaClients clients = clients(tls, Optional.empty());

    assertThatThrownBy(clients::common)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("kafka.tls")
        .hasMessageContaining("absent.pem");
  }

  private static KafkaClients clients(TlsConfig tls, Optional<String> sasl) {
    return new KafkaClients(
        new KafkaConfig(
            List.of("k1:9092", "k2:9092"),
            tls,
            sasl,
            Optional.of("argos"),
            Optional.of(new Sensitive("a\"b\\c")),
            Duration.ofSeconds(6),
            Duration.ofMinutes(2),
            Map.of("linger.ms", "50")),
        "test");
  }
}
