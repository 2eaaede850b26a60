package io.argos.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.deploy.faults.scenario.Scenarios;
import io.argos.deploy.process.Timers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All scenarios in their short form, with compressed timers, on one estate. */
@Tag("faults")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultsIT {
  @Test
  void noSingleFailureCostsAPoll() throws Exception {
    long seed = Long.getLong("argos.seed", Math.abs(System.nanoTime() % 1_000_000_000));
    // Not a folder that goes when the test does: the logs tell why it failed.
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target", "faults")), "it-")
            .toAbsolutePath();

    List<Verdict> verdicts =
        new FaultPlan(Scenarios.all(), seed, Duration.ZERO, false, Timers.COMPRESSED)
            .run(folder, System.out::println);

    assertThat(verdicts)
        .as("seed %d, logs in %s", seed, folder)
        .hasSize(Scenarios.all().size() + 1)
        .allSatisfy(verdict -> assertThat(verdict.violations()).as(verdict.scenario()).isEmpty());
    assertThat(verdicts)
        .allSatisfy(
            verdict -> assertThat(verdict.figures().slots()).as(verdict.scenario()).isPositive());
  }
}
