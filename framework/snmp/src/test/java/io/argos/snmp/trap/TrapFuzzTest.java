package io.argos.snmp.trap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Datagrams that are traps no more: each ends as a counted drop or as a trap. The seed is printed;
 * {@code -Dargos.fuzz.seed} and {@code -Dargos.fuzz.packets} set it and their number.
 */
class TrapFuzzTest {
  private static final int PACKETS = Integer.getInteger("argos.fuzz.packets", 150_000);
  private static final byte[] ENGINE = {(byte) 0x80, 0, 0x1f, (byte) 0x88, 4, 'f', 'u', 'z', 'z'};

  @Test
  void outlivesWhateverComes() throws Exception {
    long seed = Long.getLong("argos.fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    TrapSender sender = new TrapSender(ENGINE);
    List<byte[]> good = List.of(sender.first(), sender.second(4711), sender.third(4711));
    Map<TrapDrop, Integer> dropped = new EnumMap<>(TrapDrop.class);
    int heard = 0;
    try (DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        DatagramSocket from =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      TrapEngine engine = new TrapEngine(socket, "fuzz", TrapProbe.access());
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), from.getLocalPort());
      for (byte[] octets : good) {
        assertThat(engine.hear(new Datagram(octets, address)))
            .isInstanceOf(TrapEngine.Heard.Message.class);
      }
      for (int i = 0; i < PACKETS; i++) {
        byte[] octets = mutated(good.get(random.nextInt(good.size())), random);
        switch (engine.hear(new Datagram(octets, address))) {
          case TrapEngine.Heard.Message(Trap trap, Runnable kept) -> {
            kept.run();
            assertThat(trap.varbinds())
                .allSatisfy(varbind -> assertThat(varbind.text()).isNotNull());
            heard++;
          }
          case TrapEngine.Heard.Nothing(TrapDrop reason) -> dropped.merge(reason, 1, Integer::sum);
        }
      }
      int all = heard + dropped.values().stream().mapToInt(Integer::intValue).sum();

      assertThat(all).as("seed %d", seed).isEqualTo(PACKETS);
      assertThat(dropped).as("seed %d", seed).containsKeys(TrapDrop.MALFORMED, TrapDrop.USER);
      for (byte[] octets : good) {
        assertThat(engine.hear(new Datagram(octets, address)))
            .as("after all, seed %d", seed)
            .isInstanceOf(TrapEngine.Heard.Message.class);
      }
      System.out.printf(
          "TrapFuzzTest seed=%d packets=%d heard=%d dropped=%s%n", seed, PACKETS, heard, dropped);
    }
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] octets = good.clone();
    switch (random.nextInt(6)) {
      case 0 -> octets = Arrays.copyOf(octets, random.nextInt(octets.length));
      case 1 -> octets = Arrays.copyOf(octets, octets.length + 1 + random.nextInt(200));
      case 2 -> random.nextBytes(octets);
      case 3 -> {
        // A length or a tag near the front, where it matters most.
        octets[random.nextInt(Math.min(40, octets.length))] =
            (byte)
                List.of(0, 0x7f, 0x80, 0x81, 0x84, 0xff, 0x30, 0xa7)
                    .get(random.nextInt(8))
                    .intValue();
      }
      case 4 -> {
        int at = random.nextInt(octets.length - 5);
        octets[at] = (byte) 0x84;
        octets[at + 1] = (byte) random.nextInt(256);
        octets[at + 2] = (byte) 0xff;
        octets[at + 3] = (byte) 0xff;
        octets[at + 4] = (byte) 0xff;
      }
      default -> {
        int flips = 1 + random.nextInt(4);
        for (int i = 0; i < flips; i++) {
          octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return octets;
  }
}
