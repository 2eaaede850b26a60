package io.argos.snmp.trap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Thousands of traps a second over a socket: what is not handed on is counted. */
class TrapStormTest {
  private static final byte[] ENGINE = {(byte) 0x80, 0, 0x1f, (byte) 0x88, 4, 's', 't', 'o', 'm'};
  private static final int TRAPS = 15_000;

  @Test
  void countsAllOfAStormFromOneSenderAndHandsOnItsShare() throws Exception {
    try (TrapProbe probe = TrapProbe.withRate(100)) {
      storm(probe, new TrapSender(ENGINE).second(4711));

      assertThat(probe.counts.allHeard()).isBetween(1_000L, 3_000L);
      assertThat(probe.counts.allDropped(TrapDrop.SOURCE))
          .isEqualTo(probe.counts.allReceived() - probe.counts.allHeard());
    }
  }

  @Test
  void takesFiveThousandASecondOfEitherVersion() throws Exception {
    try (TrapProbe probe = TrapProbe.open("127.0.0.1")) {
      storm(probe, new TrapSender(ENGINE).second(4711));
      storm(probe, new TrapSender(ENGINE).third(4711));

      assertThat(probe.counts.allHeard()).isEqualTo(probe.heard.size());
      assertThat(probe.counts.allReceived())
          .isEqualTo(probe.counts.allHeard() + probe.counts.allDropped());
      assertThat(probe.receiver.queued()).isZero();
    }
  }

  /** Sends at some five thousand a second, and waits until all that came was counted. */
  private static void storm(TrapProbe probe, byte[] octets) throws Exception {
    long before = probe.counts.allReceived();
    try (DatagramSocket socket = new DatagramSocket()) {
      DatagramPacket packet =
          new DatagramPacket(
              octets, octets.length, InetAddress.getByName("127.0.0.1"), probe.receiver.port());
      for (int i = 0; i < TRAPS; i++) {
        socket.send(packet);
        if (i % 50 == 0) {
          LockSupport.parkNanos(10_000_000);
        }
      }
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          assertThat(probe.counts.allReceived() - before).isGreaterThan(TRAPS / 2);
          assertThat(probe.counts.allReceived())
              .isEqualTo(probe.counts.allHeard() + probe.counts.allDropped());
        });
  }
}
