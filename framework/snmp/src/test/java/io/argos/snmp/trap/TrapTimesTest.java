package io.argos.snmp.trap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Engines of one id that have booted more and less often, as RFC 3414 3.2 has it. */
class TrapTimesTest {
  private static final byte[] ENGINE = {(byte) 0x80, 0, 0, 9, 5, 7, 7, 7, 7, 7, 7, 7};

  @Test
  void dropsTheTrapsOfAnEngineWhoseBootsFellUntilTheyAreMoreAgain() throws Exception {
    InetSocketAddress from = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_162);
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      TrapEngine engine = new TrapEngine(socket, "times", TrapProbe.access());

      List<Boolean> heard =
          IntStream.of(5, 6, 3, 3, 6, 7).mapToObj(boots -> hears(engine, boots, from)).toList();

      assertThat(heard).containsExactly(true, true, false, false, true, true);
      assertThat(engine.hear(trap(1, from))).isEqualTo(new TrapEngine.Heard.Nothing(TrapDrop.TIME));
    }
  }

  private static boolean hears(TrapEngine engine, int boots, InetSocketAddress from) {
    return engine.hear(trap(boots, from)) instanceof TrapEngine.Heard.Message;
  }

  private static Datagram trap(int boots, InetSocketAddress from) {
    try {
      return new Datagram(new TrapSender(ENGINE, boots).third(4711), from);
    } catch (Exception e) {
      throw new IllegalStateException("the trap cannot be made", e);
    }
  }
}
