package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {
  private final DeviceMemory memory = new DeviceMemory();

  @Test
  void asksForHalfOfWhatWasTooBig() {
    int most = memory.bindings();

    memory.tooBig(most);

    assertThat(memory.bindings()).isEqualTo(most / 2);
    exchanges(10);
    assertThat(memory.bindings()).isEqualTo(most / 2);
  }

  @Test
  void triesMoreAgainAfterManyExchangesThatWentWell() {
    int most = memory.bindings();
    memory.tooBig(4);
    assertThat(memory.bindings()).isEqualTo(2);

    exchanges(100);
    assertThat(memory.bindings()).isEqualTo(3);

    memory.tooBig(3);
    assertThat(memory.bindings()).isEqualTo(1);
    exchanges(10_000);
    assertThat(memory.bindings()).isEqualTo(most);
  }

  @Test
  void neverAsksForLessThanOne() {
    memory.tooBig(1);
    memory.lost(1);

    assertThat(memory.bindings()).isEqualTo(1);
  }

  private void exchanges(int count) {
    IntStream.range(0, count).forEach(i -> memory.grow(memory.bindings()));
  }
}
