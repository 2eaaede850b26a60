package io.argos.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.schemas.Epoch;
import io.argos.schemas.Tick;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class RecordSerdeTest {
  private static final String TOPIC = "argos.epochs.v1";

  private final LocalSchemas schemas = new LocalSchemas();
  private final RecordWriter<Epoch> writer = new RecordWriter<>(schemas, TOPIC, Epoch.class);
  private final RecordReader<Epoch> reader = new RecordReader<>(schemas, Epoch.class);
  private final Epoch epoch = new Epoch("polling", 7L, "host-1", Instant.ofEpochMilli(1_000));

  @Test
  void readsWhatItWrote() {
    byte[] bytes = writer.write(epoch);

    assertThat(reader.read(bytes)).isEqualTo(new Decoded.Value<>(epoch));
  }

  @Test
  void readsARecordOfAnOlderSchemaWithTheDefaultsOfNewFields() {
    Schema older =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"Epoch","namespace":"io.argos.schemas","fields":[
                 {"name":"stage","type":"string"},{"name":"epoch","type":"long"},
                 {"name":"leader","type":"string"},
                 {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
                 {"name":"gone","type":"string"}]}
                """);
    int id = schemas.idOf(SchemaIds.subjectOf(TOPIC), older);
    byte[] bytes = {0, 0, 0, 0, (byte) id, 2, 'p', 2, 2, 'l', 2, 2, 'x'};

    assertThat(reader.read(bytes))
        .isEqualTo(new Decoded.Value<>(new Epoch("p", 1L, "l", Instant.ofEpochMilli(1))));
  }

  @Test
  void saysWhyBytesAreNoRecord() {
    byte[] bytes = writer.write(epoch);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 3);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    byte[] unknown = bytes.clone();
    unknown[4] = 99;
    byte[] other =
        new RecordWriter<>(schemas, "argos.ticks.v1", Tick.class)
            .write(new Tick(Instant.EPOCH, 1L));

    assertThat(reader.read(null)).isInstanceOf(Decoded.Poison.class);
    assertThat(reasonOf(new byte[] {1, 2})).contains("do not begin with a zero byte");
    assertThat(reasonOf(cut)).startsWith("not a Epoch");
    assertThat(reasonOf(longer)).contains("bytes are left");
    assertThat(reasonOf(unknown)).isEqualTo("schema 99 is not known to the registry");
    assertThat(reasonOf(other)).contains("it is a io.argos.schemas.Tick");
  }

  @Test
  void noBytesMakeItThrow() {
    byte[] bytes = writer.write(epoch);
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] mutated = Arrays.copyOf(bytes, random.nextInt(bytes.length * 2));
      for (int i = random.nextInt(4); i > 0 && mutated.length > 0; i--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }

      assertThat(reader.read(mutated)).as("seed %d", seed).isNotNull();
    }
  }

  @Test
  void theSerdeOfKafkaKeepsTombstonesAndRefusesPoison() {
    AvroSerde<Epoch> serde = new AvroSerde<>(schemas, Epoch.class);

    byte[] bytes = serde.serializer().serialize(TOPIC, epoch);

    assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(epoch);
    assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
    assertThat(serde.deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
    assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, new byte[] {7}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(TOPIC);
  }

  private String reasonOf(byte[] bytes) {
    return switch (reader.read(bytes)) {
      case Decoded.Poison<Epoch>(var reason) -> reason;
      case Decoded.Value<Epoch>(var record) -> throw new AssertionError("read " + record);
    };
  }
}
