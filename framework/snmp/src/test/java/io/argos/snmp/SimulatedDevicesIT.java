package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.simulator.Behaviour;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Simulator;
import io.argos.testing.simulator.Vendor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against simulated devices, each odd in its own way. */
class SimulatedDevicesIT {
  private static final int INTERFACES = 48;
  private static final String IF_ENTRY = "1.3.6.1.2.1.2.2.1";
  private static final List<Oid> COLUMNS =
      IntStream.rangeClosed(1, 20).mapToObj(c -> Oid.parse(IF_ENTRY).append(c)).toList();
  private static final Oid UPTIME = Oid.parse("1.3.6.1.2.1.1.3.0");
  private static final SnmpPlan PLAN = SnmpPlan.of(List.of(UPTIME), COLUMNS);
  private static final SnmpLimits LIMITS = new SnmpLimits(Duration.ofMillis(400), 4, 48, 4, 2_000);
  private static final SnmpCredential V2C =
      new SnmpCredential.V2c(new Secret("lab", Map.of("community", "public")));
  private static Simulator simulator;
  private static SnmpEngine engine;

  /** What each device does, by its name. */
  private static final Map<String, Behaviour> ODD =
      Map.of(
          "slow", new Behaviour.Slow(Duration.ofMillis(60)),
          "lossy", new Behaviour.Lossy(0.1, 4711),
          "confused", new Behaviour.WrongRequestIds(5),
          "doubling", new Behaviour.Duplicates(3),
          "cutting", new Behaviour.CutShort(6),
          "noisy", new Behaviour.Garbage(6),
          "small", new Behaviour.TooBig(17));

  @BeforeAll
  static void start() {
    Simulator.Builder builder = Simulator.builder();
    builder.add(DeviceSpec.of(device("healthy")), DeviceSpec.of(device("narrow")).maxMessage(484));
    ODD.forEach((name, oddity) -> builder.add(DeviceSpec.of(device(name)).with(oddity)));
    builder.add(
        DeviceSpec.of(device("dead")).with(new Behaviour.Dead()),
        DeviceSpec.of(device("looping"))
            .with(new Behaviour.Loops(ObjectId.parse(IF_ENTRY + ".10"), 5)),
        DeviceSpec.of(device("endless"))
            .with(new Behaviour.Endless(ObjectId.parse(IF_ENTRY + ".10"))),
        DeviceSpec.of(device("old")).versions(0));
    simulator = builder.start();
    engine = SnmpEngine.open(new SnmpConfig(Duration.ofMillis(400), 4, 48, 4, 2_000, 0, 2));
  }

  @AfterAll
  static void stop() {
    engine.close();
    simulator.close();
  }

  private static GeneratedDevice device(String name) {
    return GeneratedDevice.of(Vendor.CISCO, name, INTERFACES);
  }

  private static CompletableFuture<SnmpReply> read(String device, SnmpCredential credential) {
    return engine.read(
        new SnmpTarget(simulator.device(device).address(), credential, LIMITS), PLAN);
  }

  private static void assertWhole(SnmpReply reply) {
    assertThat(reply.failure()).isEmpty();
    assertThat(reply.values()).containsKey(UPTIME);
    int[][] indexes = reply.values().get(COLUMNS.getFirst()).indexes();
    assertThat(indexes).hasDimensions(INTERFACES, 1);
    for (Oid column : COLUMNS) {
      assertThat(reply.values().get(column).complete()).isTrue();
      assertThat(reply.values().get(column).indexes()).isEqualTo(indexes);
    }
  }

  static List<String> devicesThatCanBeRead() {
    List<String> names = new ArrayList<>(ODD.keySet());
    names.addAll(List.of("healthy", "narrow"));
    return names;
  }

  @ParameterizedTest
  @MethodSource("devicesThatCanBeRead")
  void readsEveryValueAgainAndAgain(String device) throws Exception {
    for (int round = 0; round < 3; round++) {
      assertWhole(read(device, V2C).get(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void readsAnOldDeviceInVersionOne() throws Exception {
    SnmpCredential v1 = new SnmpCredential.V1(new Secret("lab", Map.of("community", "public")));

    assertWhole(read("old", v1).get(60, TimeUnit.SECONDS));
  }

  @Test
  void cutsWhatDoesNotEndAndKeepsTheRest() throws Exception {
    for (String device : List.of("looping", "endless")) {
      SnmpReply reply = read(device, V2C).get(60, TimeUnit.SECONDS);

      assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      for (Oid column : COLUMNS) {
        assertThat(reply.values().get(column).complete())
            .as("%s of %s", column, device)
            .isEqualTo(!column.equals(COLUMNS.get(9)));
      }
    }
  }

  @Test
  void readsManyAtOnceWhileOneIsDead() throws Exception {
    CompletableFuture<SnmpReply> dead = read("dead", V2C);
    List<CompletableFuture<SnmpReply>> others = new ArrayList<>();
    // As many as one simulated device answers well before the time of a request is over.
    for (int i = 0; i < 40; i++) {
      others.add(read("healthy", V2C));
    }

    for (CompletableFuture<SnmpReply> other : others) {
      assertWhole(other.get(60, TimeUnit.SECONDS));
    }
    assertThat(dead.get(60, TimeUnit.SECONDS).failure().orElseThrow())
        .isInstanceOfSatisfying(
            SnmpFailure.NoAnswer.class, silence -> assertThat(silence.answered()).isFalse());
  }
}
