package io.argos.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of {@code argos}, such as a service; what it says goes to a log. */
final class ArgosProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 30;
  private final Process process;
  private final Path log;

  private ArgosProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Where the command is, the folder that it runs in, and the folder for logs. */
  record Place(Path program, Path folder, Path logs) {
    /** Starts a command that runs until it is closed. */
    ArgosProcess start(String name, String jvm, List<String> arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(arguments);
      Path log = logs.resolve(name + ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("ARGOS_JAVA_OPTS", jvm);
      Process process = builder.start();
      // Whatever ends this program early ends the process too.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return new ArgosProcess(process, log);
    }

    /** Runs a command to its end, with one line on its standard input. */
    void run(String name, String input, List<String> arguments)
        throws IOException, InterruptedException {
      try (ArgosProcess argos = start(name, "", arguments)) {
        argos.process.outputWriter().append(input).append('\n').close();
        if (!argos.process.waitFor(60, TimeUnit.SECONDS) || argos.process.exitValue() != 0) {
          throw new IOException("argos " + name + " failed; its log is " + argos.log);
        }
      }
    }
  }

  /** Sends it a line, and waits for one in its log. */
  Matcher ask(Pattern answer, int seconds) throws IOException, InterruptedException {
    Writer input = process.outputWriter();
    input.append('\n').flush();
    return await(answer, seconds);
  }

  long pid() {
    return process.pid();
  }

  /** Waits for a line of its log. */
  Matcher await(Pattern line, int seconds) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    do {
      Matcher matcher = line.matcher(Files.exists(log) ? Files.readString(log) : "");
      if (matcher.find()) {
        return matcher;
      }
    } while (System.nanoTime() < deadline && !process.waitFor(100, TimeUnit.MILLISECONDS));
    throw new IOException("'" + line + "' did not come; the log is " + log);
  }

  /** Stops it as an operator would. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
