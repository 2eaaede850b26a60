package io.argos.snmp;

import java.io.IOException;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** The socket of one v3 session, for both families of addresses. */
final class UsmSocket extends DefaultUdpTransportMapping {
  UsmSocket() throws IOException {
    super(new UdpAddress("0.0.0.0/0"));
    // What may be in flight to all devices is measured by the buffer of the other versions.
    socket.setReceiveBufferSize(UdpSockets.RECEIVE_BUFFER);
  }

  /** The local port. */
  int port() {
    return getListenAddress().getPort();
  }

  /** Octets of the buffer for answers that wait, as the system tells them. */
  int receiveBuffer() throws IOException {
    return socket.getReceiveBufferSize();
  }
}
