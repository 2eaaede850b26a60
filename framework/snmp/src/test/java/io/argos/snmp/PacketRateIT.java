package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.argos.testing.simulator.Behaviour;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Request;
import io.argos.testing.simulator.Simulator;
import io.argos.testing.simulator.Vendor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rate of packets to a device, by what the device itself has counted. */
class PacketRateIT {
  private static final int RATE = 20;
  private static final SnmpPlan PLAN =
      SnmpPlan.of(
          List.of(Oid.parse("1.3.6.1.2.1.1.3.0")),
          IntStream.rangeClosed(10, 15)
              .mapToObj(c -> Oid.parse("1.3.6.1.2.1.2.2.1").append(c))
              .toList());

  /** Two sessions: all packets of an address go through the same one. */
  private final SnmpEngine engine =
      SnmpEngine.open(new SnmpConfig(Duration.ofMillis(60), 3, 20, 4, 2_000, RATE, 2));

  private final Simulator simulator =
      Simulator.builder()
          .add(
              DeviceSpec.of(GeneratedDevice.of(Vendor.CISCO, "lossy", 48))
                  .with(new Behaviour.Lossy(0.2, 4711)),
              DeviceSpec.of(GeneratedDevice.of(Vendor.CISCO, "dead", 48))
                  .with(new Behaviour.Dead()))
          .start();

  @AfterEach
  void stop() {
    engine.close();
    simulator.close();
  }

  private List<CompletableFuture<SnmpReply>> read(String device, int times) {
    SnmpLimits limits = new SnmpLimits(Duration.ofMillis(60), 3, 20, 4, 2_000, RATE);
    SnmpCredential credential =
        new SnmpCredential.V2c(new Secret("lab", Map.of("community", "public")));
    List<CompletableFuture<SnmpReply>> replies = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      replies.add(
          engine.read(
              new SnmpTarget(simulator.device(device).address(), credential, limits), PLAN));
    }
    return replies;
  }

  /** The most requests within a second; the first to come at its end is the next second's. */
  private int most(String device) {
    List<Instant> at = simulator.requests().latest(device).stream().map(Request::at).toList();
    int most = 0;
    int first = 0;
    for (int last = 0; last < at.size(); last++) {
      while (Duration.between(at.get(first), at.get(last)).compareTo(Duration.ofSeconds(1)) >= 0) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  @Test
  void sendsADeviceNoMoreThanItsRateWithRepetitionsAndSeveralPlansAtOnce() throws Exception {
    int sent = 0;
    for (CompletableFuture<SnmpReply> reply : read("lossy", 6)) {
      sent += reply.get(60, TimeUnit.SECONDS).requests();
    }

    assertThat(engine.counters().repetitions()).isPositive();
    assertThat(simulator.requests().latest("lossy")).hasSize(sent).hasSizeGreaterThan(RATE);
    // One more for what waited on its way and came close to the next.
    assertThat(most("lossy")).isLessThanOrEqualTo(RATE + 1);
  }

  @Test
  void paysForTheRepetitionsToADeadDeviceOutOfTheSameRate() throws Exception {
    for (CompletableFuture<SnmpReply> reply : read("dead", 30)) {
      assertThat(reply.get(60, TimeUnit.SECONDS).failure())
          .containsInstanceOf(SnmpFailure.NoAnswer.class);
    }

    assertThat(simulator.requests().latest("dead")).hasSize(30 * 4);
    assertThat(most("dead")).isLessThanOrEqualTo(RATE + 1);
  }
}
