package io.argos.testing.simulator;

import io.argos.testing.ber.BerException;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import io.argos.testing.ber.Value;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** Sends and receives datagrams one by one. */
final class RawManager implements AutoCloseable {
  private final DatagramSocket socket;
  private final InetSocketAddress device;
  private int requestId;

  RawManager(SimulatedDevice device) throws IOException {
    this.device = device.address();
    this.socket = new DatagramSocket();
    socket.setSoTimeout(5000);
  }

  void send(byte[] octets) throws IOException {
    socket.send(new DatagramPacket(octets, octets.length, device));
  }

  void send(Message message) throws IOException {
    send(message.encode());
  }

  byte[] receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  Message exchange(Message request) throws IOException, BerException {
    send(request);
    return Message.decode(receive());
  }

  Message get(String... oids) throws IOException, BerException {
    return exchange(asking(PduType.GET, oids));
  }

  Value value(String oid) throws IOException, BerException {
    return get(oid).varbinds().getFirst().value();
  }

  Message next(ObjectId oid) throws IOException, BerException {
    return exchange(Message.request(Message.V2C, "public", PduType.GETNEXT, ++requestId, oid));
  }

  Message asking(PduType type, String... oids) {
    ObjectId[] parsed = Arrays.stream(oids).map(ObjectId::parse).toArray(ObjectId[]::new);
    return Message.request(Message.V2C, "public", type, ++requestId, parsed);
  }

  @Override
  public void close() {
    socket.close();
  }
}
