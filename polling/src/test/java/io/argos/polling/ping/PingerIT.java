package io.argos.polling.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the real program. */
class PingerIT {
  private final Pinger pinger = new Pinger();

  @AfterEach
  void stop() {
    pinger.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void thisMachineAnswers(String address) throws UnknownHostException, InterruptedException {
    PingAnswer answer = ping(address, new PingSpec(3, Duration.ofSeconds(2)));

    assertThat(answer).isInstanceOf(PingAnswer.Answered.class);
    PingStatistics statistics = ((PingAnswer.Answered) answer).statistics();
    assertThat(statistics.transmitted()).isEqualTo(3);
    assertThat(statistics.received()).isEqualTo(3);
    PingStatistics.RoundTrips times = statistics.roundTrips().orElseThrow();
    assertThat(times.minimum()).isPositive().isLessThanOrEqualTo(times.average());
    assertThat(times.average()).isLessThanOrEqualTo(times.maximum());
  }

  /** A group, to which no machine answers, and an address that RFC 6666 has discarded. */
  @ParameterizedTest
  @ValueSource(strings = {"239.255.77.1", "100::1"})
  void nobodyIsSilentAndCostsNoMoreThanItsTime(String address)
      throws UnknownHostException, InterruptedException {
    long before = System.nanoTime();

    PingAnswer answer = ping(address, new PingSpec(2, Duration.ofMillis(700)));

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    switch (answer) {
      case PingAnswer.Silent silent ->
          assertThat(silent.statistics().orElseThrow().transmitted()).isEqualTo(2);
      // A machine that knows no way there, as one without IPv6, has not tried.
      case PingAnswer.NotTried(String why) -> assertThat(why).endsWith("Network is unreachable");
      case PingAnswer.Answered answered -> fail("answered: " + answered);
    }
  }

  @Test
  void runsManyAtOnce() throws InterruptedException {
    var answers = new ConcurrentLinkedQueue<PingAnswer>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 100; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  answers.add(ping("127.0.0.1", new PingSpec(1, Duration.ofSeconds(5))));
                } catch (UnknownHostException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(answers).hasSize(100).allMatch(answer -> answer instanceof PingAnswer.Answered);
    assertThat(pinger.running()).isZero();
  }

  private PingAnswer ping(String address, PingSpec spec)
      throws UnknownHostException, InterruptedException {
    return pinger.ping(InetAddress.getByName(address), spec, Duration.ofSeconds(30));
  }
}
