package io.argos.polling.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With programs of our own in the place of ping. */
@Timeout(180)
class PingerTest {
  private static final PingSpec SPEC = new PingSpec(3, Duration.ofSeconds(2));
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void givesTheProgramItsArgumentsAndNothingOfOurEnvironment() throws Exception {
    program(
        """
        echo "$*" > %1$s/arguments
        env > %1$s/environment
        echo '3 packets transmitted, 3 received, 0%% packet loss, time 4ms'
        """
            .formatted(folder));

    try (Pinger pinger = new Pinger(List.of(folder), 1)) {
      assertThat(pinger.ping(InetAddress.getByName("192.0.2.7"), SPEC, WITHIN))
          .isInstanceOf(PingAnswer.Answered.class);
    }

    assertThat(folder.resolve("arguments")).hasContent("-n -c 3 -i 0.200 -W 1.600 192.0.2.7");
    assertThat(Files.readAllLines(folder.resolve("environment")))
        .contains("LC_ALL=C")
        .noneMatch(line -> line.startsWith("HOME=") || line.startsWith("JAVA"));
  }

  @Test
  void withoutTheProgramNothingIsKnown() throws InterruptedException {
    try (Pinger pinger = new Pinger(List.of(folder), 1)) {
      assertThat(ping(pinger)).isEqualTo(new PingAnswer.NotTried("there is no program ping"));
    }
  }

  @Test
  void withoutTimeNothingIsKnown() throws Exception {
    program("exit 1");
    try (Pinger pinger = new Pinger(List.of(folder), 1)) {
      assertThat(pinger.ping(InetAddress.getLoopbackAddress(), SPEC, Duration.ofMillis(550)))
          .isEqualTo(new PingAnswer.NotTried("no time was left for a ping"));
    }
  }

  @Test
  void killsAProgramThatDoesNotEnd() throws Exception {
    program("exec sleep 3600");
    try (Pinger pinger = new Pinger(List.of(folder), 1)) {
      PingAnswer answer =
          pinger.ping(
              InetAddress.getLoopbackAddress(),
              new PingSpec(1, Duration.ofMillis(100)),
              Duration.ofSeconds(1));

      assertThat(answer).isEqualTo(new PingAnswer.NotTried("ping did not end in time"));
      assertThat(pinger.running()).isZero();
    }
  }

  @Test
  void killsTheProgramWhenClosed() throws Exception {
    program("exec sleep 3600");
    Pinger pinger = new Pinger(List.of(folder), 1);
    CompletableFuture<PingAnswer> answer = start(pinger);
    await().atMost(WITHIN).until(() -> pinger.running() == 1);

    pinger.close();

    assertThat(answer.join()).isInstanceOf(PingAnswer.NotTried.class);
    assertThat(ping(pinger)).isEqualTo(new PingAnswer.NotTried("closed"));
  }

  @Test
  void killsTheProgramWhenInterrupted() throws Exception {
    program("exec sleep 3600");
    try (Pinger pinger = new Pinger(List.of(folder), 1)) {
      AtomicReference<Thread> thread = new AtomicReference<>();
      CompletableFuture<PingAnswer> answer = start(pinger, thread);
      await().atMost(WITHIN).until(() -> pinger.running() == 1);

      thread.get().interrupt();

      assertThat(answer).failsWithin(Duration.ofSeconds(20));
      assertThat(pinger.running()).isZero();
    }
  }

  @Test
  void runsNoMoreAtOnceThanItMay() throws Exception {
    program("exec sleep 3600");
    try (Pinger pinger = new Pinger(List.of(folder), 1)) {
      start(pinger);
      await().atMost(WITHIN).until(() -> pinger.running() == 1);

      assertThat(pinger.ping(InetAddress.getLoopbackAddress(), SPEC, Duration.ofMillis(2_550)))
          .isEqualTo(new PingAnswer.NotTried("too many pings at once"));
      assertThat(pinger.running()).isEqualTo(1);
    }
  }

  private static PingAnswer ping(Pinger pinger) throws InterruptedException {
    return pinger.ping(InetAddress.getLoopbackAddress(), SPEC, WITHIN);
  }

  private static CompletableFuture<PingAnswer> start(Pinger pinger) {
    return start(pinger, new AtomicReference<>());
  }

  /** A ping that may take a minute, on a thread of its own. */
  private static CompletableFuture<PingAnswer> start(
      Pinger pinger, AtomicReference<Thread> thread) {
    CompletableFuture<PingAnswer> answer = new CompletableFuture<>();
    thread.set(
        Thread.ofVirtual()
            .start(() -> {
              try {
                answer.complete(
                    pinger.ping(
                        InetAddress.getLoopbackAddress(),
                        new PingSpec(1, Duration.ofMinutes(1)),
                        Duration.ofMinutes(2)));
              } catch (InterruptedException e) {
                answer.completeExceptionally(e);
              }
            }));
    return answer;
  }

  private void program(String script) throws IOException {
    Path file = folder.resolve("ping");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
