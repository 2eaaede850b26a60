package io.argos.testing.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulated SNMP devices, each on a UDP address and port of its own, served by one thread. Healthy
 * devices answer as the standards ask; {@link Behaviour}s make them peculiar.
 *
 * <pre>{@code
 * try (Simulator simulator =
 *     Simulator.builder().add(DeviceSpec.of(GeneratedDevice.of(Vendor.CISCO, "core-1", 24))).start()) {
 *   InetSocketAddress address = simulator.device("core-1").address();
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Simulator.class);
  private static final int ATTEMPTS = 10;

  private final Map<String, SimulatedDevice> devices;
  private final RequestLog requests;
  private final SimulatorLoop loop;

  private Simulator(Map<String, SimulatedDevice> devices, RequestLog requests, SimulatorLoop loop) {
    this.devices = devices;
    this.requests = requests;
    this.loop = loop;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** All devices in the order in which they were added. */
  public List<SimulatedDevice> devices() {
    return List.copyOf(devices.values());
  }

  /**
   * The device of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public SimulatedDevice device(String name) {
    SimulatedDevice device = devices.get(name);
    if (device == null) {
      throw new IllegalArgumentException("no simulated device is named '" + name + "'");
    }
    return device;
  }

  /** What the devices were asked. */
  public RequestLog requests() {
    return requests;
  }

  /** Closes all sockets and the request log. Idempotent, returns within seconds. */
  @Override
  public void close() {
    loop.close();
    requests.close();
  }

  /** Collects devices and where they listen; by default on ephemeral ports of 127.0.0.1. */
  public static final class Builder {
    private final List<DeviceSpec> specs = new ArrayList<>();
    private InstantSource clock = InstantSource.system();
    private RequestLog requests = RequestLog.inMemory(100_000);
    private Places places = new Places(InetAddress.getLoopbackAddress(), 0, false);

    private Builder() {}

    public Builder add(DeviceSpec... devices) {
      specs.addAll(List.of(devices));
      return this;
    }

    public Builder addAll(List<DeviceSpec> devices) {
      specs.addAll(devices);
      return this;
    }

    /** The clock of the devices: uptimes and counters follow it. Delays are in real time. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** Where requests are logged; the simulator closes it. */
    public Builder requestLog(RequestLog requestLog) {
      requests = requestLog;
      return this;
    }

    /** One address, and a port for each device from the first on; 0 for any ports. */
    public Builder ports(InetAddress host, int first) {
      places = new Places(host, first, false);
      return this;
    }

    /**
     * One port, and an address for each device from the first on, leaving out those that end in 0
     * or 255; port 0 for any port that is free on all of them.
     */
    public Builder addresses(InetAddress first, int port) {
      places = new Places(first, port, true);
      return this;
    }

    /**
     * Opens all sockets and starts to answer.
     *
     * @throws UncheckedIOException when an address or port cannot be had
     */
    public Simulator start() {
      for (int attempt = 1; ; attempt++) {
        try {
          return open();
        } catch (BindException e) {
          if (!places.anyPort() || attempt == ATTEMPTS) {
            throw new UncheckedIOException(e.getMessage(), e);
          }
        } catch (IOException e) {
          throw new UncheckedIOException("the simulator cannot open its sockets", e);
        }
      }
    }

    private Simulator open() throws IOException {
      Selector selector = Selector.open();
      SimulatorLoop loop = new SimulatorLoop(selector, requests);
      try {
        Map<String, SimulatedDevice> devices = new LinkedHashMap<>();
        Map<InetSocketAddress, Switchboard> boards = new HashMap<>();
        Places.Cursor cursor = places.cursor();
        for (DeviceSpec spec : specs) {
          InetSocketAddress wanted = spec.address().orElseGet(cursor::next);
          SimulatedDevice device;
          Switchboard shared = boards.get(wanted);
          if (shared != null && spec.address().isPresent()) {
            device = new SimulatedDevice(spec, shared.address(), clock, requests);
            shared.add(device);
          } else {
            DatagramChannel channel = bind(selector, spec, wanted);
            InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
            cursor.got(address);
            device = new SimulatedDevice(spec, address, clock, requests);
            Switchboard board = new Switchboard(device);
            // Also under the place that was wanted, which may leave the port open.
            boards.put(wanted, board);
            channel.register(selector, SelectionKey.OP_READ, board);
          }
          if (devices.put(spec.name(), device) != null) {
            throw new IllegalArgumentException("two devices are named '" + spec.name() + "'");
          }
        }
        loop.start();
        log.info("simulator started devices={}", devices.size());
        return new Simulator(devices, requests, loop);
      } catch (IOException | RuntimeException e) {
        loop.close();
        throw e;
      }
    }

    private static DatagramChannel bind(
        Selector selector, DeviceSpec spec, InetSocketAddress wanted) throws IOException {
      DatagramChannel channel = selector.provider().openDatagramChannel();
      try {
        channel.configureBlocking(false);
        channel.bind(wanted);
        return channel;
      } catch (IOException e) {
        channel.close();
        BindException named =
            new BindException(
                "simulated device %s cannot listen on %s:%d: %s"
                    .formatted(
                        spec.name(),
                        wanted.getAddress().getHostAddress(),
                        wanted.getPort(),
                        e.getMessage()));
        named.initCause(e);
        throw named;
      }
    }
  }
}
