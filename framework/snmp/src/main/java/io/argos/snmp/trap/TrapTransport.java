package io.argos.snmp.trap;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import org.snmp4j.TransportStateReference;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.AbstractTransportMapping;

/** The way of SNMP4J's answers out of the socket of traps; what comes in does not come this way. */
final class TrapTransport extends AbstractTransportMapping<UdpAddress> {
  private final DatagramSocket socket;

  TrapTransport(DatagramSocket socket) {
    this.socket = socket;
    this.maxInboundMessageSize = 0xffff;
  }

  @Override
  public Class<? extends Address> getSupportedAddressClass() {
    return UdpAddress.class;
  }

  @Override
  public UdpAddress getListenAddress() {
    return new UdpAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  @Override
  public void sendMessage(
      UdpAddress address,
      byte[] message,
      TransportStateReference state,
      long timeoutMillis,
      int maxRetries)
      throws IOException {
    socket.send(
        new DatagramPacket(message, message.length, address.getInetAddress(), address.getPort()));
  }

  @Override
  public void listen() {
    // The receiver listens.
  }

  @Override
  public void close() {
    // The receiver closes the socket.
  }
}
