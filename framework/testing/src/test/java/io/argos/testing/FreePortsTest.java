package io.argos.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  @Test
  void givesPortsThatCanBeBoundAndEachOnce() throws Exception {
    List<Integer> ports = FreePorts.several(50);

    assertThat(ports).hasSize(50).doesNotHaveDuplicates().allMatch(port -> port < 32_768);
    for (int port : ports) {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      try (ServerSocket tcp = new ServerSocket();
          DatagramSocket udp = new DatagramSocket(null)) {
        tcp.bind(address);
        udp.bind(address);
      }
    }
  }

  @Test
  void passesOverPortsThatAreTaken() throws Exception {
    int given = FreePorts.one();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket tcp = new ServerSocket(given + 1, 1, loopback);
        DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, given + 2))) {
      assertThat(FreePorts.several(5)).doesNotContain(tcp.getLocalPort(), udp.getLocalPort());
    }
  }
}
