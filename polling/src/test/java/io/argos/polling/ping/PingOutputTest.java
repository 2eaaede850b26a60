package io.argos.polling.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With what ping of iputils 20221126 printed, and variations that its source allows. */
class PingOutputTest {
  private static final String ANSWERED =
      """
      PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
      64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.017 ms
      64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=0.024 ms
      64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=0.035 ms

      --- 127.0.0.1 ping statistics ---
      3 packets transmitted, 3 received, 0% packet loss, time 406ms
      rtt min/avg/max/mdev = 0.017/0.025/0.035/0.007 ms
      """;

  @Test
  void readsAnAnswer() {
    assertThat(PingOutput.read(0, ANSWERED, ""))
        .isEqualTo(
            new PingAnswer.Answered(
                new PingStatistics(
                    3, 3, Optional.of(new PingStatistics.RoundTrips(0.017, 0.025, 0.035, 0.007)))));
  }

  @Test
  void readsAnAnswerOverIpv6WithADuplicateAndALoss() {
    String output =
        """
        PING fe80::1%eth0(fe80::1%eth0) 56 data bytes
        64 bytes from fe80::1%eth0: icmp_seq=1 ttl=64 time=1204 ms
        64 bytes from fe80::1%eth0: icmp_seq=1 ttl=64 time=1310 ms (DUP!)
        64 bytes from fe80::1%eth0: icmp_seq=3 ttl=64 time=1008 ms

        --- fe80::1%eth0 ping statistics ---
        3 packets transmitted, 2 received, +1 duplicates, 33.3333% packet loss, time 2035ms
        rtt min/avg/max/mdev = 1008.101/1174.333/1310.444/125.200 ms, pipe 2
        """;

    PingAnswer answer = PingOutput.read(0, output, "");

    assertThat(answer)
        .isEqualTo(
            new PingAnswer.Answered(
                new PingStatistics(
                    3,
                    2,
                    Optional.of(
                        new PingStatistics.RoundTrips(1008.101, 1174.333, 1310.444, 125.2)))));
    assertThat(((PingAnswer.Answered) answer).statistics().lossPercent())
        .isEqualTo(100.0 / 3, offset(1e-9));
  }

  @Test
  void readsAnAnswerWithoutRoundTrips() {
    assertThat(
            PingOutput.read(0, "1 packets transmitted, 1 received, 0% packet loss, time 0ms\n", ""))
        .isEqualTo(new PingAnswer.Answered(new PingStatistics(1, 1, Optional.empty())));
  }

  @Test
  void readsSilence() {
    String output =
        """
        PING 239.255.77.1 (239.255.77.1) 56(84) bytes of data.

        --- 239.255.77.1 ping statistics ---
        3 packets transmitted, 0 received, 100% packet loss, time 402ms

        """;

    assertThat(PingOutput.read(1, output, ""))
        .isEqualTo(
            new PingAnswer.Silent(Optional.of(new PingStatistics(3, 0, Optional.empty())), ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.9 | From 10.0.0.1 icmp_seq=1 Destination Host Unreachable | Destination Host Unreachable",
        "10.0.0.9 | From 10.0.0.1 icmp_seq=1 Packet filtered | Packet filtered",
        "10.0.0.9 | From 10.0.0.1 icmp_seq=1 Time to live exceeded | Time to live exceeded",
        "2001:db8::1 | From fd00::2 icmp_seq=1 Destination unreachable: Address unreachable | Destination unreachable: Address unreachable"
      })
  void repeatsWhatARouterSays(String address, String line, String why) {
    String output =
        """
        PING %s (%s) 56(84) bytes of data.
        %s

        --- %s ping statistics ---
        3 packets transmitted, 0 received, +3 errors, 100%% packet loss, time 408ms
        pipe 3
        """
            .formatted(address, address, line, address);

    assertThat(PingOutput.read(1, output, ""))
        .isEqualTo(
            new PingAnswer.Silent(Optional.of(new PingStatistics(3, 0, Optional.empty())), why));
  }

  @Test
  void nothingIsKnownOfAMachineToWhichNothingWasSent() {
    String summary = "3 packets transmitted, 0 received, 100% packet loss, time 402ms\n";
    String filtered = "ping: sendmsg: Operation not permitted\n";

    assertThat(PingOutput.read(1, summary, filtered.repeat(3)))
        .isEqualTo(new PingAnswer.NotTried(filtered.strip()));
    assertThat(PingOutput.read(1, summary, filtered))
        .isEqualTo(
            new PingAnswer.Silent(
                Optional.of(new PingStatistics(3, 0, Optional.empty())),
                "Operation not permitted"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ping: socket: Operation not permitted",
        "ping: socktype: SOCK_RAW",
        "ping: connect: Network is unreachable",
        "ping: connect: No route to host",
        "ping: invalid argument: 'x'",
        "ping: nosuch.invalid: Name or service not known"
      })
  void aFaultOfOursSaysNothingOfTheMachine(String error) {
    assertThat(PingOutput.read(2, "", error + "\n")).isEqualTo(new PingAnswer.NotTried(error));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3 packets transmitted, 3 packets received, 0% packet loss\n",
        "3 Pakete übertragen, 3 empfangen, 0% Paketverlust, Zeit 406ms\n",
        "x 3 packets transmitted, 3 received, 0% packet loss, time 406ms\n",
        "3 packets transmitted, 3 received, 0% packet loss, time 406ms trailing\n",
        "3 packets transmitted, 4 received, -33% packet loss, time 406ms\n",
        "99999999999 packets transmitted, 3 received, 0% packet loss, time 406ms\n",
      })
  void wordsOfAnotherProgramSayNothing(String output) {
    assertThat(PingOutput.read(0, output, "")).isInstanceOf(PingAnswer.NotTried.class);
  }

  @Test
  void countsThatCannotBeSayNothing() {
    assertThat(
            PingOutput.read(0, "0 packets transmitted, 0 received, 0% packet loss, time 0ms\n", ""))
        .isInstanceOf(PingAnswer.NotTried.class);
    assertThat(
            PingOutput.read(0, "1 packets transmitted, 2 received, 0% packet loss, time 0ms\n", ""))
        .isInstanceOf(PingAnswer.NotTried.class);
  }

  @Test
  void noMutationOfTheOutputEscapes() {
    long seed = 20_261_121L;
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      char[] text = ANSWERED.toCharArray();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        text[random.nextInt(text.length)] = (char) random.nextInt(32, 127);
      }
      PingAnswer answer = PingOutput.read(random.nextInt(3), new String(text), "");
      if (answer instanceof PingAnswer.Answered(PingStatistics statistics)) {
        read++;
        assertThat(statistics.lossPercent()).as("seed %d, turn %d", seed, i).isBetween(0.0, 100.0);
      }
    }
    assertThat(read).isBetween(1, 49_999);
  }
}
