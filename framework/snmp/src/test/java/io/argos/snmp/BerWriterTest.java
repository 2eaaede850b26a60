package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BerWriterTest {
  private final BerWriter writer = new BerWriter();

  @Test
  void writesWhatTheSimulatorsCodecWrites() {
    long seed = new Random().nextLong();
    System.out.println("BerWriterTest seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int id = random.nextInt();
      int rows = random.nextInt(1000);
      ObjectId[] asked = new ObjectId[1 + random.nextInt(60)];
      for (int i = 0; i < asked.length; i++) {
        asked[i] = ObjectId.of(1, 3, 6, 1, random.nextInt() >>> random.nextInt(32), i);
      }
      String community = "x".repeat(random.nextInt(150));

      write(community, id, rows, asked);

      byte[] expected = Message.bulk(community, id, 0, rows, asked).encode();
      assertThat(Arrays.copyOfRange(writer.buffer(), writer.start(), BerWriter.CAPACITY))
          .as("seed %d round %d", seed, round)
          .isEqualTo(expected);
    }
  }

  private void write(String community, int id, int rows, ObjectId... asked) {
    writer.reset();
    int end = writer.start();
    for (int i = asked.length - 1; i >= 0; i--) {
      Oid oid = Oid.parse(asked[i].toString());
      if (i % 2 == 0) {
        writer.question(oid.ber(), oid.ber().length);
      } else {
        writer.question(Oid.of(1, 3, 6, 1).ber(), oid.suffix(4).toArray());
      }
    }
    writer.wrap(Ber.SEQUENCE, end);
    writer.integer(rows);
    writer.integer(0);
    writer.integer(id);
    writer.wrap(Ber.GET_BULK, end);
    writer.octets(Ber.OCTETS, community.getBytes(StandardCharsets.UTF_8));
    writer.integer(1);
    writer.wrap(Ber.SEQUENCE, end);
  }

  @Test
  void writesIntegersInTheirShortestForm() throws Exception {
    for (long value :
        new long[] {
          0,
          1,
          127,
          128,
          255,
          256,
          32767,
          32768,
          Integer.MAX_VALUE,
          -1,
          -128,
          -129,
          Integer.MIN_VALUE
        }) {
      writer.reset();
      int end = writer.start();
      writer.wrap(Ber.SEQUENCE, end);
      writer.integer(0);
      writer.integer(0);
      writer.integer(value);
      writer.wrap(Ber.GET, end);
      writer.octets(Ber.OCTETS, new byte[0]);
      writer.integer(1);
      writer.wrap(Ber.SEQUENCE, end);

      byte[] message = Arrays.copyOfRange(writer.buffer(), writer.start(), BerWriter.CAPACITY);

      assertThat(Message.decode(message).requestId()).isEqualTo((int) value);
      assertThat(message).isEqualTo(Message.request(1, "", PduType.GET, (int) value).encode());
    }
  }
}
