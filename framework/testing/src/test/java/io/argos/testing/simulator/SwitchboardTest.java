package io.argos.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.testing.ber.BerException;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SwitchboardTest {
  private static final ObjectId NAME = ObjectId.parse("1.3.6.1.2.1.1.5.0");
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static DeviceSpec device(String name) {
    return DeviceSpec.of(
            name, Recording.parse(name, (NAME + "|4|" + name).getBytes(StandardCharsets.UTF_8)))
        .address(ANY);
  }

  @Test
  void tellsTheDevicesOfOnePlaceApartByTheirCommunities() throws IOException, BerException {
    try (Simulator simulator =
        Simulator.builder()
            .add(device("one").communities("one", "public"), device("two").communities("two"))
            .start()) {
      assertThat(simulator.device("two").address()).isEqualTo(simulator.device("one").address());

      SimulatedDevice one = simulator.device("one");
      try (RawManager manager = new RawManager(one)) {
        assertThat(answer(manager, "one")).isEqualTo("one");
        assertThat(answer(manager, "two")).isEqualTo("two");
        assertThat(answer(manager, "public")).isEqualTo("one");
      }
    }
  }

  private static String answer(RawManager manager, String community)
      throws IOException, BerException {
    return manager
        .exchange(Message.request(Message.V2C, community, PduType.GET, 1, NAME))
        .varbinds()
        .getFirst()
        .value()
        .toString();
  }
}
