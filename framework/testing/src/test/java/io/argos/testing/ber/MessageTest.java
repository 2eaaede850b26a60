package io.argos.testing.ber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {
  private static final ObjectId SYS_UP_TIME = ObjectId.parse("1.3.6.1.2.1.1.3.0");

  /** As sent by snmpget -v2c -c public, by the layout of RFC 3416. */
  private static final String GET_SYS_UP_TIME =
      "3029020101" // version
          + "04067075626c6963"
          + "a01c"
          + "020412345678"
          + "020100"
          + "020100"
          + "300e300c06082b060102010103000500";

  @Test
  void writesTheOctetsOfARequest() {
    Message get = Message.request(Message.V2C, "public", PduType.GET, 0x12345678, SYS_UP_TIME);

    assertThat(HexFormat.of().formatHex(get.encode())).isEqualTo(GET_SYS_UP_TIME);
  }

  @Test
  void readsTheOctetsOfARequest() throws BerException {
    Message message = Message.decode(HexFormat.of().parseHex(GET_SYS_UP_TIME));

    assertThat(message)
        .isEqualTo(Message.request(Message.V2C, "public", PduType.GET, 0x12345678, SYS_UP_TIME));
  }

  @Test
  void readsBackWhateverItWrites() throws BerException {
    Random random = seeded(20260101);
    for (int i = 0; i < 2000; i++) {
      Message message = anyMessage(random);

      byte[] octets = message.encode();

      assertThat(Message.decode(octets)).isEqualTo(message);
      int varbinds = message.varbinds().stream().mapToInt(Message::sizeOf).sum();
      assertThat(message.sizeWith(varbinds)).isEqualTo(octets.length);
    }
  }

  @Test
  void refusesDamagedMessagesWithoutAnyOtherException() {
    Random random = seeded(4711);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = anyMessage(random).encode();
      switch (random.nextInt(3)) {
        case 0 -> octets = Arrays.copyOf(octets, random.nextInt(octets.length));
        case 1 -> random.nextBytes(octets);
        default -> octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        Message message = Message.decode(octets);
        assertThat(message.encode()).isNotEmpty();
      } catch (BerException e) {
        assertThat(e.getMessage()).isNotEmpty();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @CsvSource({
    "3080020101, 128 octets|0 octets|length",
    "30050201010403, octets announced",
    "3003020103, version 3",
    "300c020101040161a40400000000, tag",
    "3000ff, too many",
  })
  void saysWhereAMessageBreaks(String hex, String words) {
    assertThatThrownBy(() -> Message.decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(BerException.class)
        .message()
        .matches(text -> Arrays.stream(words.split("\\|")).anyMatch(text::contains));
  }

  @Test
  void keepsLargestAndSmallestNumbers() throws BerException {
    Varbind counter = new Varbind(SYS_UP_TIME, Value.counter64(-1));
    Varbind gauge = new Varbind(SYS_UP_TIME, Value.gauge32(Long.MAX_VALUE));
    Varbind integer = new Varbind(SYS_UP_TIME, Value.integer(Integer.MIN_VALUE));
    Message message =
        Message.request(Message.V2C, "", PduType.GET, Integer.MIN_VALUE)
            .respond(0, 0, List.of(counter, gauge, integer));

    Message read = Message.decode(message.encode());

    assertThat(read.requestId()).isEqualTo(Integer.MIN_VALUE);
    assertThat(read.varbinds()).containsExactly(counter, gauge, integer);
    assertThat(read.varbinds().getFirst().value()).hasToString("18446744073709551615");
  }

  private static Random seeded(long seed) {
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  private static Message anyMessage(Random random) {
    List<Varbind> varbinds = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      varbinds.add(new Varbind(anyOid(random), anyValue(random)));
    }
    byte[] community = new byte[random.nextInt(200)];
    random.nextBytes(community);
    PduType[] types = PduType.values();
    return new Message(
        random.nextInt(2),
        new String(community, StandardCharsets.ISO_8859_1),
        types[random.nextInt(types.length)],
        random.nextInt(),
        random.nextInt(300),
        random.nextInt() >> random.nextInt(32),
        varbinds);
  }

  private static ObjectId anyOid(Random random) {
    int[] arcs = new int[2 + random.nextInt(30)];
    arcs[0] = random.nextInt(3);
    arcs[1] = random.nextInt(40);
    for (int i = 2; i < arcs.length; i++) {
      arcs[i] = random.nextInt() >>> random.nextInt(32);
    }
    return ObjectId.of(arcs);
  }

  private static Value anyValue(Random random) {
    byte[] octets = new byte[random.nextInt(400)];
    random.nextBytes(octets);
    return switch (random.nextInt(10)) {
      case 0 -> Value.integer(random.nextInt() >> random.nextInt(32));
      case 1 -> Value.counter32(random.nextLong());
      case 2 -> Value.gauge32(random.nextLong() >>> random.nextInt(64));
      case 3 -> Value.timeTicks(random.nextLong());
      case 4 -> Value.counter64(random.nextLong() >>> random.nextInt(64));
      case 5 -> Value.octets(octets);
      case 6 -> new Value.Octets(Value.TAG_OPAQUE, octets);
      case 7 -> new Value.Octets(Value.TAG_IP_ADDRESS, Arrays.copyOf(octets, 4));
      case 8 -> Value.objectId(anyOid(random));
      default -> Value.Absent.values()[random.nextInt(4)];
    };
  }
}
