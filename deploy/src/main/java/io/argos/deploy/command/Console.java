package io.argos.deploy.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command has around it.
 *
 * @param out data, and nothing else
 * @param err everything else: messages, logs, usage errors
 * @param environment environment variables
 * @param workingFolder folder in which the command was called
 * @param color whether a person sees the output in colour
 */
public record Console(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path workingFolder,
    boolean color) {
  public Console {
    environment = Map.copyOf(environment);
  }

  /** That of this process. Output is UTF-8 whatever the locale, since data is. */
  public static Console ofProcess() {
    var environment = System.getenv();
    var terminal = System.console();
    boolean color =
        terminal != null
            && terminal.isTerminal()
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    return new Console(
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
            false,
            StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        environment,
        Path.of(""),
        color);
  }
}
