package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs as processes of their own and keeps what they printed. */
final class Programs {
  private static final int PATIENCE_SECONDS = 90;

  private Programs() {}

  /**
   * Runs a program to its end.
   *
   * @param environment laid over that of this process, without what would point at a configuration
   */
  static Session run(Path workingFolder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("argos-out", ".txt");
    Path err = Files.createTempFile("argos-err", ".txt");
    try {
      var builder =
          new ProcessBuilder(command)
              .directory(workingFolder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().remove("ARGOS_CONFIG");
      builder.environment().putAll(environment);
      var process = builder.start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      assertThat(ended).as("ended in time: " + List.of(command)).isTrue();
      return new Session(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
