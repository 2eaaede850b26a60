package io.argos.snmp;

import io.argos.testing.ber.BerException;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A UDP responder that does to each request whatever a test says, right or wrong. */
final class ScriptedAgent implements AutoCloseable {
  private final DatagramSocket socket;
  private final DatagramSocket elsewhere;
  private final List<Message> requests = new CopyOnWriteArrayList<>();
  private final Thread thread;

  /** What happens to a request. */
  interface Script {
    void take(Message request, Peer peer) throws IOException;
  }

  /** Who asked. */
  final class Peer {
    private final SocketAddress address;

    private Peer(SocketAddress address) {
      this.address = address;
    }

    SocketAddress address() {
      return address;
    }

    void send(Message message) throws IOException {
      send(message.encode());
    }

    void send(byte[] octets) throws IOException {
      socket.send(new DatagramPacket(octets, octets.length, address));
    }

    void sendFromElsewhere(Message message) throws IOException {
      byte[] octets = message.encode();
      elsewhere.send(new DatagramPacket(octets, octets.length, address));
    }
  }

  ScriptedAgent(Script script) throws IOException {
    this(InetAddress.getByName("127.0.0.1"), script);
  }

  ScriptedAgent(InetAddress host, Script script) throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(host, 0));
    // Some tests ask much at once.
    socket.setReceiveBufferSize(4 << 20);
    elsewhere = new DatagramSocket(new InetSocketAddress(host, 0));
    thread = Thread.ofPlatform().name("scripted-agent").daemon().start(() -> serve(script));
  }

  private void serve(Script script) {
    byte[] buffer = new byte[65_536];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        Message request = Message.decode(buffer, 0, packet.getLength());
        requests.add(request);
        script.take(request, new Peer(packet.getSocketAddress()));
      } catch (BerException e) {
        throw new IllegalStateException("the engine sent what is no SNMP message", e);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  /** All requests so far. */
  List<Message> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    socket.close();
    elsewhere.close();
    thread.interrupt();
  }

  /** What an agent without faults answers from the given values. */
  static Message honest(Message request, NavigableMap<ObjectId, Value> mib) {
    return switch (request.type()) {
      case GET -> request.respond(0, 0, got(request, mib));
      case GETNEXT -> request.respond(0, 0, bulk(request, mib, 1));
      case GETBULK -> request.respond(0, 0, bulk(request, mib, request.errorIndex()));
      default -> throw new IllegalArgumentException("not asked by an engine: " + request);
    };
  }

  private static List<Varbind> got(Message request, NavigableMap<ObjectId, Value> mib) {
    List<Varbind> bindings = new ArrayList<>();
    for (Varbind asked : request.varbinds()) {
      Value value = mib.getOrDefault(asked.oid(), Value.Absent.NO_SUCH_INSTANCE);
      bindings.add(new Varbind(asked.oid(), value));
    }
    return bindings;
  }

  private static List<Varbind> bulk(
      Message request, NavigableMap<ObjectId, Value> mib, int repetitions) {
    List<Varbind> bindings = new ArrayList<>();
    List<ObjectId> at = new ArrayList<>(request.varbinds().stream().map(Varbind::oid).toList());
    for (int row = 0; row < repetitions; row++) {
      for (int column = 0; column < at.size(); column++) {
        Map.Entry<ObjectId, Value> next = mib.higherEntry(at.get(column));
        if (next == null) {
          bindings.add(new Varbind(at.get(column), Value.Absent.END_OF_MIB_VIEW));
        } else {
          bindings.add(new Varbind(next.getKey(), next.getValue()));
          at.set(column, next.getKey());
        }
      }
    }
    return bindings;
  }

  /** A table of so many columns and rows under an entry, each value row times column. */
  static NavigableMap<ObjectId, Value> table(String entry, int columns, int rows) {
    NavigableMap<ObjectId, Value> mib = new TreeMap<>();
    for (int column = 1; column <= columns; column++) {
      for (int row = 1; row <= rows; row++) {
        mib.put(ObjectId.parse(entry).append(column, row), Value.gauge32((long) row * column));
      }
    }
    return mib;
  }

  static boolean isGet(Message request) {
    return request.type() == PduType.GET;
  }
}
