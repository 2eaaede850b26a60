package io.argos.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.argos.testing.ManualClock;
import io.argos.testing.ber.BerException;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import io.argos.testing.ber.Value;
import io.argos.testing.simulator.Request.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {
  private static final String SYS_UP_TIME = "1.3.6.1.2.1.1.3.0";
  private static final String SYS_NAME = "1.3.6.1.2.1.1.5.0";
  private static final String IF_IN_OCTETS_1 = "1.3.6.1.2.1.2.2.1.10.1";
  private static final String IF_NAME = "1.3.6.1.2.1.31.1.1.1.1";

  private final ManualClock clock = ManualClock.atNoon();
  private final GeneratedDevice generated =
      GeneratedDevice.of(Vendor.GENERIC, "device", 4)
          .interfaces(i -> i.withTraffic(Traffic.steady(1000, 1000)));
  private final DeviceSpec spec = DeviceSpec.of(generated);

  @Test
  void answersOverUdp() throws Exception {
    try (Simulator simulator = start(spec);
        RawManager manager = new RawManager(simulator.device("device"))) {
      assertThat(manager.value(SYS_NAME)).hasToString("device");

      clock.advance(Duration.ofSeconds(90));

      assertThat(manager.value(SYS_UP_TIME)).isEqualTo(Value.timeTicks(8_640_000 + 9_000));
    }
  }

  @Test
  void isSilentOnAWrongCommunityOrVersionAndSaysSoInItsLog() throws Exception {
    try (Simulator simulator = start(spec.versions(1));
        RawManager manager = new RawManager(simulator.device("device"))) {
      ObjectId oid = ObjectId.parse(SYS_NAME);
      manager.send(Message.request(Message.V2C, "wrong", PduType.GET, 91, oid));
      manager.send(Message.request(Message.V1, "public", PduType.GET, 92, oid));
      manager.send(new byte[] {0x30, 3, 2, 1, 3});

      Message reply =
          manager.exchange(Message.request(Message.V2C, "public", PduType.GET, 93, oid));

      assertThat(reply.requestId()).isEqualTo(93);
      assertThat(simulator.requests().latest("device"))
          .extracting(Request::requestId, Request::verdict)
          .containsExactly(
              tuple(91, Verdict.WRONG_COMMUNITY),
              tuple(92, Verdict.WRONG_VERSION),
              tuple(0, Verdict.MALFORMED),
              tuple(93, Verdict.ANSWERED));
      DeviceCounters counters = simulator.device("device").counters();
      assertThat(counters).isEqualTo(new DeviceCounters(4, 1, 1, 0, 0, 2, 1));
    }
  }

  @Test
  void isDeadUntilItBehavesOtherwise() throws Exception {
    try (Simulator simulator = start(spec.with(new Behaviour.Dead()));
        RawManager manager = new RawManager(simulator.device("device"))) {
      manager.send(manager.asking(PduType.GET, SYS_NAME));
      while (simulator.requests().total() < 1) {
        Thread.onSpinWait();
      }

      simulator.device("device").behave();

      assertThat(manager.get(SYS_NAME).requestId()).isEqualTo(2);
      assertThat(simulator.requests().latest())
          .extracting(Request::verdict)
          .containsExactly(Verdict.SILENT, Verdict.ANSWERED);
    }
  }

  @Test
  void answersLateWhereItIsSlow() throws Exception {
    try (Simulator simulator = start(spec.with(new Behaviour.Slow(Duration.ofMillis(150))));
        RawManager manager = new RawManager(simulator.device("device"))) {
      long before = System.nanoTime();

      manager.get(SYS_NAME);

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofMillis(149));
    }
  }

  @Test
  void restartsAsPlannedAndOnDemand() throws Exception {
    Behaviour reboots =
        new Behaviour.Reboots(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(10));
    try (Simulator simulator = start(spec.with(reboots));
        RawManager manager = new RawManager(simulator.device("device"))) {
      assertThat(manager.value(IF_IN_OCTETS_1)).isEqualTo(Value.counter32(86_400_000));

      clock.advance(Duration.ofSeconds(65));
      manager.send(manager.asking(PduType.GET, SYS_NAME));
      while (simulator.requests().total() < 2) {
        Thread.onSpinWait();
      }
      assertThat(simulator.requests().last().orElseThrow().verdict()).isEqualTo(Verdict.SILENT);

      clock.advance(Duration.ofSeconds(25));
      assertThat(manager.value(SYS_UP_TIME)).isEqualTo(Value.timeTicks(2_000));
      assertThat(manager.value(IF_IN_OCTETS_1)).isEqualTo(Value.counter32(20_000));

      clock.advance(Duration.ofMinutes(5));
      assertThat(manager.value(SYS_UP_TIME)).isEqualTo(Value.timeTicks(2_000));
      assertThat(simulator.device("device").moment().boots()).isEqualTo(2);

      simulator.device("device").reboot();
      clock.advance(Duration.ofSeconds(1));
      assertThat(manager.value(SYS_UP_TIME)).isEqualTo(Value.timeTicks(100));
      assertThat(simulator.device("device").moment().boots()).isEqualTo(3);
    }
  }

  @Test
  void exchangesInterfacesWhenItRestarts() throws Exception {
    try (Simulator simulator = start(spec.with(new Behaviour.ShufflesIfIndex()));
        RawManager manager = new RawManager(simulator.device("device"))) {
      assertThat(manager.value(IF_NAME + ".1")).hasToString("port 1");

      simulator.device("device").reboot();

      assertThat(manager.value(IF_NAME + ".1")).hasToString("port 2");
    }
  }

  @Test
  void repeatsMisnumbersCutsAndScramblesReplies() throws Exception {
    try (Simulator simulator = start(spec);
        RawManager manager = new RawManager(simulator.device("device"))) {
      SimulatedDevice device = simulator.device("device");

      device.behave(new Behaviour.Duplicates(2));
      assertThat(manager.get(SYS_NAME).requestId()).isEqualTo(1);
      assertThat(manager.get(SYS_NAME).requestId()).isEqualTo(2);
      assertThat(Message.decode(manager.receive()).requestId()).isEqualTo(2);

      device.behave(new Behaviour.WrongRequestIds(1));
      assertThat(manager.get(SYS_NAME).requestId()).isNotEqualTo(3);

      device.behave(new Behaviour.CutShort(1));
      manager.send(manager.asking(PduType.GET, SYS_NAME));
      byte[] cut = manager.receive();
      assertThatThrownBy(() -> Message.decode(cut)).isInstanceOf(BerException.class);

      device.behave(new Behaviour.Garbage(1));
      manager.send(manager.asking(PduType.GET, SYS_NAME));
      byte[] garbage = manager.receive();
      assertThatThrownBy(() -> Message.decode(garbage)).isInstanceOf(BerException.class);
      assertThat(device.counters().replies()).isEqualTo(6);
    }
  }

  @Test
  void refusesRequestsThatAreTooBigForIt() throws Exception {
    try (Simulator simulator = start(spec.with(new Behaviour.TooBig(10)));
        RawManager manager = new RawManager(simulator.device("device"))) {
      ObjectId column = ObjectId.parse(IF_NAME);

      assertThat(manager.exchange(Message.bulk("public", 1, 0, 11, column)).errorStatus())
          .isEqualTo(1);
      assertThat(manager.exchange(Message.bulk("public", 2, 0, 10, column)).varbinds()).hasSize(10);
    }
  }

  @Test
  void loopsAndNeverEndsWhereItShould() throws Exception {
    ObjectId column = ObjectId.parse(IF_NAME);
    try (Simulator simulator = start(spec.with(new Behaviour.Loops(column, 3)));
        RawManager manager = new RawManager(simulator.device("device"))) {
      assertThat(walk(manager, column, 5))
          .extracting(ObjectId::last)
          .containsExactly(1, 2, 3, 1, 2);

      simulator.device("device").behave(new Behaviour.Endless(column));

      assertThat(walk(manager, column, 500)).allMatch(oid -> oid.startsWith(column));
      assertThat(walk(manager, ObjectId.parse("1.3.6.1.2.1.31.1.1"), 1))
          .containsExactly(column.append(1));
    }
  }

  @Test
  void losesTheShareOfRequestsThatItShould() throws Exception {
    try (Simulator simulator = start(spec.with(new Behaviour.Lossy(0.3, 7)));
        RawManager manager = new RawManager(simulator.device("device"))) {
      for (int i = 0; i < 1000; i++) {
        manager.send(manager.asking(PduType.GET, SYS_NAME));
        while (simulator.requests().total() <= i) {
          Thread.onSpinWait();
        }
      }

      assertThat(simulator.device("device").counters().dropped()).isBetween(250L, 350L);
    }
  }

  @Test
  void survivesAnyDatagram() throws Exception {
    long seed = 1234;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (Simulator simulator = start(spec);
        RawManager manager = new RawManager(simulator.device("device"))) {
      byte[] good = manager.asking(PduType.GETBULK, IF_NAME).encode();
      for (int i = 0; i < 2000; i++) {
        byte[] bad = Arrays.copyOf(good, random.nextInt(1, good.length + 1));
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        manager.send(bad);
        // One by one: the kernel drops what does not fit the socket's buffer.
        while (simulator.requests().total() <= i) {
          Thread.onSpinWait();
        }
      }
      manager.send(new byte[0]);
      manager.send(new byte[60_000]);
      manager.send(manager.asking(PduType.GETNEXT, SYS_NAME));

      // Some of the damaged requests are valid and answered before.
      Message reply = Message.decode(manager.receive());
      while (reply.requestId() != 2) {
        reply = Message.decode(manager.receive());
      }
      assertThat(reply.errorStatus()).isZero();
    }
  }

  @Test
  void servesThousandsOfDevicesOnAddressesOrPorts() throws Exception {
    List<DeviceSpec> estate = DefaultEstate.of(2000);
    try (Simulator simulator =
        Simulator.builder()
            .clock(clock)
            .addresses(InetAddress.getByName("127.9.0.254"), 0)
            .addAll(estate)
            .start()) {
      List<SimulatedDevice> devices = simulator.devices();
      assertThat(devices).hasSize(2000);
      assertThat(devices.get(1).address().getAddress().getHostAddress()).isEqualTo("127.9.1.1");
      assertThat(devices)
          .extracting(d -> d.address().getPort())
          .containsOnly(devices.getFirst().address().getPort());
      try (RawManager manager = new RawManager(devices.getLast())) {
        assertThat(manager.value(SYS_NAME)).hasToString("device-2000");
      }
    }
    try (Simulator simulator = Simulator.builder().clock(clock).addAll(estate).start()) {
      assertThat(simulator.devices())
          .extracting(d -> d.address().getPort())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void namesTheAddressThatItCannotHave() {
    try (Simulator first = start(spec)) {
      DeviceSpec same = spec.address(first.device("device").address());

      assertThatThrownBy(() -> start(same))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("simulated device device cannot listen on 127.0.0.1:");
    }
  }

  @Test
  void appendsEachRequestToItsFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("requests.jsonl");
    try (Simulator simulator =
            Simulator.builder()
                .clock(clock)
                .requestLog(RequestLog.toFile(1, file))
                .add(spec)
                .start();
        RawManager manager = new RawManager(simulator.device("device"))) {
      manager.get(SYS_NAME);
      manager.get(SYS_UP_TIME, SYS_NAME);

      assertThat(simulator.requests().total()).isEqualTo(2);
      assertThat(simulator.requests().latest()).hasSize(1);
    }
    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .last()
        .asString()
        .matches(
            "\\{\"at\":\"2026-01-01T12:00:00Z\",\"device\":\"device\",\"from\":\"127.0.0.1:\\d+\","
                + "\"requestId\":2,\"pdu\":\"get\",\"firstOid\":\"1.3.6.1.2.1.1.3.0\","
                + "\"varbinds\":2,\"verdict\":\"answered\"}");
  }

  @Test
  void closesTwiceAndFreesItsSockets() throws IOException {
    Simulator simulator = start(spec);
    DeviceSpec same = spec.address(simulator.device("device").address());

    simulator.close();
    simulator.close();

    try (Simulator second = start(same)) {
      assertThat(second.devices()).hasSize(1);
    }
  }

  private Simulator start(DeviceSpec device) {
    return Simulator.builder().clock(clock).add(device).start();
  }

  private static List<ObjectId> walk(RawManager manager, ObjectId from, int steps)
      throws IOException, BerException {
    List<ObjectId> seen = new ArrayList<>();
    ObjectId at = from;
    for (int i = 0; i < steps; i++) {
      at = manager.next(at).varbinds().getFirst().oid();
      seen.add(at);
    }
    return seen;
  }
}
