package io.argos.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A UDP relay that sends changed copies of each answer ahead of the answer itself. */
final class MutatingRelay implements AutoCloseable {
  private final DatagramSocket front;
  private final InetSocketAddress agent;
  private final Random seeds;
  private final int copies;
  private final Map<SocketAddress, DatagramSocket> askers = new ConcurrentHashMap<>();
  private final AtomicInteger changed = new AtomicInteger();

  MutatingRelay(InetSocketAddress agent, int copies, long seed) throws IOException {
    this.agent = agent;
    this.copies = copies;
    this.seeds = new Random(seed);
    this.front = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    Thread.ofPlatform().daemon().name("relay").start(this::ask);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) front.getLocalSocketAddress();
  }

  /** Count of changed packets sent. */
  int changed() {
    return changed.get();
  }

  private void ask() {
    byte[] buffer = new byte[65_536];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        front.receive(packet);
        askers
            .computeIfAbsent(packet.getSocketAddress(), this::back)
            .send(new DatagramPacket(buffer, packet.getLength(), agent));
      }
    } catch (IOException e) {
      // Closed, which is how this ends.
    }
  }

  private DatagramSocket back(SocketAddress asker) {
    try {
      DatagramSocket back = new DatagramSocket();
      PacketMutator mutator = new PacketMutator(new Random(seeds.nextLong()));
      Thread.ofPlatform().daemon().name("relay-back").start(() -> answer(back, asker, mutator));
      return back;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(DatagramSocket back, SocketAddress asker, PacketMutator mutator) {
    byte[] buffer = new byte[65_536];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        back.receive(packet);
        byte[] honest = Arrays.copyOf(buffer, packet.getLength());
        for (int i = 0; i < copies; i++) {
          byte[] copy = mutator.mutated(honest);
          front.send(new DatagramPacket(copy, copy.length, asker));
          changed.incrementAndGet();
        }
        front.send(new DatagramPacket(honest, honest.length, asker));
      }
    } catch (IOException e) {
      // Closed, which is how this ends.
    }
  }

  @Override
  public void close() {
    front.close();
    askers.values().forEach(DatagramSocket::close);
  }
}
