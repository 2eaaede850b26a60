package io.argos.runtime.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LifecycleIT {
  /** A process with a step that closes and one that never does. */
  static final class Stubborn {
    private Stubborn() {}

    public static void main(String[] arguments) throws InterruptedException {
      var lifecycle = new Lifecycle("stubborn", Duration.ofMillis(300), Duration.ofSeconds(20));
      lifecycle.add("first", () -> System.out.println("closed first"));
      lifecycle.add("stuck", () -> awaitForever());
      lifecycle.add("last", () -> System.out.println("closed last"));
      lifecycle.closeOnSignal();
      System.out.println("up");
      lifecycle.awaitClosed();
      awaitForever();
    }

    private static void awaitForever() {
      while (true) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException _) {
          // Stubborn: the point of this process.
        }
      }
    }
  }

  @Test
  void endsOnSigtermInReverseOrderAndInTime() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Stubborn.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = reader.readLine();
      while (line != null && !line.equals("up")) {
        line = reader.readLine();
      }

      // Through the handle, for Process.destroy closes its output too.
      process.toHandle().destroy();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      List<String> closed = reader.lines().filter(said -> said.startsWith("closed")).toList();
      assertThat(closed).containsExactly("closed last", "closed first");
    } finally {
      process.destroyForcibly();
    }
  }
}
