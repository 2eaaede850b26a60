package io.argos.testing.simulator;

import io.argos.testing.ber.BerException;
import io.argos.testing.ber.Message;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The devices behind one socket, told apart by their communities: the first that answers to the one
 * of a request takes it. Used by the simulator's thread, once all are there.
 */
final class Switchboard {
  private final List<SimulatedDevice> devices = new ArrayList<>();

  Switchboard(SimulatedDevice first) {
    devices.add(first);
  }

  void add(SimulatedDevice device) {
    devices.add(device);
  }

  /** Where all of them listen. */
  InetSocketAddress address() {
    return devices.getFirst().address();
  }

  /** For messages about the socket. */
  String name() {
    return devices.getFirst().name();
  }

  SimulatedDevice.Reply receive(byte[] octets, int length, InetSocketAddress from) {
    return (devices.size() == 1 ? devices.getFirst() : deviceOf(octets, length))
        .receive(octets, length, from);
  }

  private SimulatedDevice deviceOf(byte[] octets, int length) {
    try {
      String community = Message.decode(octets, 0, length).community();
      for (SimulatedDevice device : devices) {
        if (device.spec().communities().contains(community)) {
          return device;
        }
      }
    } catch (BerException _) {
      // The first one counts it.
    }
    return devices.getFirst();
  }
}
