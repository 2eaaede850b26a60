package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A machine that stands still while answers come. */
class StandstillTest {
  /** Enough for several turns at the socket, where the system lets so many answers wait there. */
  private static final int MOST_READS = 1_200;

  /** What the system counts for a small datagram, rounded up. */
  private static final int DATAGRAM = 2_048;

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Oid CELL = Oid.parse("1.3.6.1.4.1.99999.1.1.1.1");
  private static final SnmpCredential V2C =
      new SnmpCredential.V2c(new Secret("lab", Map.of("community", "public")));
  private static final SnmpPlan PLAN = SnmpPlan.of(List.of(CELL), List.of());

  private final SnmpEngine engine = SnmpEngine.open(new SnmpConfig(TIMEOUT, 0, 10, 1, 500, 0, 1));

  @AfterEach
  void close() {
    engine.close();
  }

  private CompletableFuture<SnmpReply> read(InetSocketAddress address) {
    return engine.read(new SnmpTarget(address, V2C, new SnmpLimits(TIMEOUT, 0, 10, 1, 500)), PLAN);
  }

  private static int readsThatFit() throws SocketException {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.setReceiveBufferSize(4 << 20);
      return Math.min(MOST_READS, socket.getReceiveBufferSize() / DATAGRAM);
    }
  }

  private static void awaitUnlessOver(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps requests until all have come and the asker stands still, and then answers them. */
  private static ScriptedAgent patient(int reads, CountDownLatch standing, CountDownLatch answered)
      throws IOException {
    NavigableMap<ObjectId, Value> mib = ScriptedAgent.table("1.3.6.1.4.1.99999.1.1", 1, 1);
    List<Message> answers = new ArrayList<>();
    return new ScriptedAgent((request, peer) -> {
      answers.add(ScriptedAgent.honest(request, mib));
      if (answers.size() == reads) {
        awaitUnlessOver(standing);
        for (Message answer : answers) {
          peer.send(answer);
        }
        answered.countDown();
      }
    });
  }

  /** Holds up whoever runs this until all answers wait and their time is over. */
  private static void standStill(CountDownLatch standing, CountDownLatch answered) {
    standing.countDown();
    awaitUnlessOver(answered);
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void missesNoAnswerThatWaitsInTheSocket() throws Exception {
    int waiting = readsThatFit();
    CountDownLatch hooked = new CountDownLatch(1);
    CountDownLatch standing = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    try (ScriptedAgent agent = patient(waiting, standing, answered);
        ScriptedAgent stopper =
            new ScriptedAgent((request, peer) -> {
              awaitUnlessOver(hooked);
              peer.send(request.respond(0, 0, List.of()));
            })) {
      List<CompletableFuture<SnmpReply>> reads = new ArrayList<>();
      CompletableFuture<?> stop =
          read(stopper.address()).thenRun(() -> standStill(standing, answered));
      for (int i = 0; i < waiting; i++) {
        reads.add(read(agent.address()));
      }
      hooked.countDown();

      stop.get(60, TimeUnit.SECONDS);
      for (CompletableFuture<SnmpReply> read : reads) {
        assertThat(read.get(60, TimeUnit.SECONDS).failure()).isEmpty();
      }
      assertThat(engine.counters().unanswered()).isZero();
    }
  }
}
