package io.argos.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param file the file, or the option or variable that gave the value
 * @param line line in the file, from 1; 0 where there is none
 * @param column column in the line, from 1; 0 where there is none
 * @param key full key, such as {@code kafka.bootstrap-servers}; empty for the file as a whole
 * @param message what was found and what was expected
 */
public record ConfigProblem(String file, int line, int column, String key, String message) {

  static ConfigProblem at(Origin origin, String key, String message) {
    return switch (origin) {
      case Origin.InFile(var file, var line, var column) ->
          new ConfigProblem(file, line, column, key, message);
      case Origin.InEnvironment _, Origin.OnCommandLine _, Origin.Shipped _ ->
          new ConfigProblem(origin.describe(), 0, 0, key, message);
    };
  }

  /** {@code argos.yaml:12:3: kafka.user: message}. */
  @Override
  public String toString() {
    var text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ");
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    return text.append(message).toString();
  }
}
