package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketDropsTest {
  private static final int SENT = 2_000;

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void countsWhatFoundNoRoom(String host) throws Exception {
    InetAddress loopback = InetAddress.getByName(host);
    try (DatagramChannel full = DatagramChannel.open();
        DatagramChannel other = DatagramChannel.open();
        DatagramChannel sender = DatagramChannel.open()) {
      full.setOption(StandardSocketOptions.SO_RCVBUF, 20_000);
      full.bind(new InetSocketAddress(loopback, 0));
      other.bind(new InetSocketAddress(loopback, 0));
      for (int i = 0; i < SENT; i++) {
        sender.send(ByteBuffer.allocate(100), full.getLocalAddress());
      }

      assertThat(SocketDrops.told()).isTrue();
      long dropped = SocketDrops.of(Set.of(port(full)));

      assertThat(dropped).isPositive();
      assertThat(dropped + taken(full)).isEqualTo(SENT);
      assertThat(SocketDrops.of(Set.of(port(other)))).isZero();
    }
  }

  private static int port(DatagramChannel channel) throws Exception {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private static int taken(DatagramChannel channel) throws Exception {
    channel.configureBlocking(false);
    ByteBuffer buffer = ByteBuffer.allocate(200);
    int taken = 0;
    while (channel.receive(buffer.clear()) != null) {
      taken++;
    }
    return taken;
  }
}
