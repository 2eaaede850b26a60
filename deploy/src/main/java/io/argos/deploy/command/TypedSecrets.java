package io.argos.deploy.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Values that nobody else should see: asked for without echo on a terminal, one a line from
 * standard input otherwise.
 */
final class TypedSecrets {
  /** Stands for a value that is to be typed. */
  static final String TYPED = "-";

  private final Optional<Console> terminal;
  private final BufferedReader lines;

  TypedSecrets(InputStream standardInput) {
    this.terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    this.lines = new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8));
  }

  /** The value of an option: itself, or what is typed when it is a dash. */
  Optional<String> value(String prompt, String given) throws IOException {
    if (!given.equals(TYPED)) {
      return Optional.of(given);
    }
    if (terminal.isPresent()) {
      char[] typed = terminal.get().readPassword("%s: ", prompt);
      return Optional.ofNullable(typed).map(String::new).filter(text -> !text.isEmpty());
    }
    return Optional.ofNullable(lines.readLine()).filter(text -> !text.isEmpty());
  }
}
