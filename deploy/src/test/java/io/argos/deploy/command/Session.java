package io.argos.deploy.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs the program in this process and keeps what it printed. */
record Session(int exitCode, String out, String err) {
  private static final Pattern LOGGED = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+Z [A-Z]+ +\\[");

  /** How the lines of an exception begin, below the line that logs it. */
  private static final String TRACE = "    ";

  static Session run(Path folder, String... arguments) {
    return run(folder, Map.of(), arguments);
  }

  /**
   * Runs the program in this process, in which servers and services run too. Logging is one for the
   * whole process: what their threads log meanwhile is no word of the program's and is left out.
   */
  static Session runBesideServices(Path folder, String... arguments) {
    Session all = run(folder, arguments);
    return new Session(all.exitCode, all.out, withoutOtherThreads(all.err));
  }

  private static String withoutOtherThreads(String err) {
    String own = "[" + Thread.currentThread().getName() + "] ";
    var kept = new StringBuilder();
    boolean foreign = false;
    for (String line : err.split("(?<=\n)")) {
      if (LOGGED.matcher(line).lookingAt()) {
        foreign = !line.contains(own);
      } else if (!line.startsWith(TRACE)) {
        foreign = false;
      }
      if (!foreign) {
        kept.append(line);
      }
    }
    return kept.toString();
  }

  static Session run(Path folder, Map<String, String> environment, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        ArgosCommand.run(
            new Console(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                folder,
                false),
            arguments);
    return new Session(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
