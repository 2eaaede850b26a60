package io.argos.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  @Test
  void keepsKeyValueAndHeadersAndSaysWhereFromAndWhy() {
    var meters = new SimpleMeterRegistry();
    var producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    var dead = record(bytes("garbage"));
    dead.headers().add("ce_id", bytes("77"));

    var sent =
        new DeadLetters(producer, meters, InstantSource.system())
            .send(dead, "polling-agent", "not Avro: first byte is 103");

    assertThat(sent).isDone();
    assertThat(producer.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> letter = producer.history().getFirst();
    assertThat(letter.topic()).isEqualTo("argos.polls.v1.dlq");
    assertThat(letter.key()).isEqualTo(bytes("site/r1"));
    assertThat(letter.value()).isEqualTo(bytes("garbage"));
    assertThat(headers(letter))
        .containsEntry("ce_id", "77")
        .containsEntry("argos-dlq-topic", "argos.polls.v1")
        .containsEntry("argos-dlq-partition", "3")
        .containsEntry("argos-dlq-offset", "42")
        .containsEntry("argos-dlq-reader", "polling-agent")
        .containsEntry("argos-dlq-reason", "not Avro: first byte is 103");
    assertThat(meters.get("argos.dead.letters").tag("topic", "argos.polls.v1").counter().count())
        .isEqualTo(1.0);
  }

  @Test
  void leavesOutAValueThatWouldNotFitAndSaysSo() {
    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.letter(record(new byte[1_000_000]), "reader", "reason");

    assertThat(letter.value()).isNull();
    assertThat(headers(letter)).containsEntry("argos-dlq-left-out", "value of 1000000 bytes");
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
    return new ConsumerRecord<>("argos.polls.v1", 3, 42, bytes("site/r1"), value);
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> letter) {
    Map<String, String> headers = new HashMap<>();
    letter.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
    return headers;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
