package io.argos.manager.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateBytesTest {
  @Test
  void readWhatWasWritten() {
    byte[] bytes =
        new StateWriter(3)
            .text("häß")
            .flag(true)
            .time(Instant.ofEpochMilli(-5))
            .time(null)
            .bytes(new byte[] {1, 2})
            .octet(255)
            .toBytes();
    StateReader in = new StateReader(bytes, 3);

    assertThat(in.text()).isEqualTo("häß");
    assertThat(in.flag()).isTrue();
    assertThat(in.time()).isEqualTo(Instant.ofEpochMilli(-5));
    assertThat(in.time()).isNull();
    assertThat(in.bytes()).containsExactly(1, 2);
    assertThat(in.octet()).isEqualTo(255);
  }

  @Test
  void readNumbersOfAnySize() {
    long seed = 42;
    System.err.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      StateReader in =
          new StateReader(new StateWriter(1).number(value).count(value).fixed(value).toBytes(), 1);

      assertThat(in.number()).isEqualTo(value);
      assertThat(in.count()).isEqualTo(value);
      assertThat(in.fixed()).isEqualTo(value);
    }
  }

  @Test
  void refuseAnotherLayout() {
    byte[] bytes = new StateWriter(1).toBytes();

    assertThatThrownBy(() -> new StateReader(bytes, 2))
        .hasMessage("a store holds an entry of layout 1 where 2 was expected");
  }
}
