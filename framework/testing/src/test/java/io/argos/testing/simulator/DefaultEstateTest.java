package io.argos.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.testing.ManualClock;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DefaultEstateTest {
  @Test
  void holdsTheTwelveAndMore() {
    assertThat(DefaultEstate.twelve())
        .extracting(DeviceSpec::name)
        .hasSize(12)
        .contains("core-1", "slow-1", "dead-1", "reboot-1", "wrap-1", "lossy-1", "unknown-1");
    assertThat(DefaultEstate.twelve()).filteredOn(DeviceSpec::isDead).hasSize(1);
    assertThat(DefaultEstate.of(3)).hasSize(3);
    assertThat(DefaultEstate.of(100))
        .extracting(DeviceSpec::name)
        .hasSize(100)
        .doesNotHaveDuplicates();
  }

  @Test
  void wrapsAnOctetCounterFifteenSecondsAfterTheStart() {
    ManualClock clock = ManualClock.atNoon();
    DeviceSpec wrapping =
        DefaultEstate.twelve().stream()
            .filter(d -> d.name().equals("wrap-1"))
            .findFirst()
            .orElseThrow();
    try (Simulator simulator = Simulator.builder().clock(clock).add(wrapping).start()) {
      long before = inOctets(simulator, wrapping);
      clock.advance(Duration.ofSeconds(10));
      long later = inOctets(simulator, wrapping);
      clock.advance(Duration.ofSeconds(10));
      long wrapped = inOctets(simulator, wrapping);

      assertThat(later - before).isEqualTo(1_000_000_000L);
      assertThat(wrapped).isLessThan(later);
      assertThat(wrapped - later + (1L << 32)).isEqualTo(1_000_000_000L);
    }
  }

  private static long inOctets(Simulator simulator, DeviceSpec device) {
    Moment moment = simulator.device(device.name()).moment();
    Value value = device.mib().get(ObjectId.parse("1.3.6.1.2.1.2.2.1.10.1"), moment);
    return ((Value.Numeric) value).bits();
  }
}
