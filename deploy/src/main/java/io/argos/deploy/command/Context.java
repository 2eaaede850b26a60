package io.argos.deploy.command;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.config.Durations;
import io.argos.config.Loaded;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command works with. Mixed into it: {@code @Mixin Context context}. */
@Command
public final class Context {
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Path SYSTEM_FILE = Path.of("/etc/argos/argos.yaml");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  /** Where data goes. */
  public PrintStream out() {
    return root().console().out();
  }

  /** Where all else goes. */
  public PrintStream err() {
    return root().console().err();
  }

  /** The configuration in force. */
  public ArgosConfig config() {
    return load().config();
  }

  /**
   * The configuration in force, checked by a service too.
   *
   * @param service throws what it finds, with nothing opened
   * @throws io.argos.config.ConfigException with all problems; ends the program with exit code 4
   */
  public ArgosConfig config(Consumer<ArgosConfig> service) {
    return ConfigLoader.load(sources(), service).config();
  }

  /**
   * The configuration in force, with its origins.
   *
   * @throws io.argos.config.ConfigException with all problems; ends the program with exit code 4
   */
  public Loaded load() {
    return ConfigLoader.load(sources());
  }

  /** What the configuration is made of. */
  public ConfigSources sources() {
    var console = root().console();
    return new ConfigSources(
        file(), console.environment(), root().settings(), console.workingFolder());
  }

  /** A file or folder that a person named, seen from where the command was called. */
  Path path(Path named) {
    return root().console().workingFolder().resolve(named);
  }

  /** The command line is wrong in a way that its parser cannot see. */
  public ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /**
   * A length of time that a person typed.
   *
   * @param option its name
   * @throws ParameterException when it is none, or one that no clock reaches
   */
  Duration duration(String option, String text) {
    Duration length;
    try {
      length = Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw usage(option + ": " + e.getMessage());
    }
    if (length.compareTo(LONGEST) > 0) {
      throw usage("%s: '%s' is longer than %d days".formatted(option, text, LONGEST.toDays()));
    }
    return length;
  }

  /** A command that only holds others was called alone: says which there are. */
  int missingCommand() {
    command.commandLine().usage(err());
    return ExitCode.USAGE.code();
  }

  /** The whole tree of commands. */
  CommandSpec rootSpec() {
    return command.root();
  }

  private Optional<Path> file() {
    var console = root().console();
    var named = console.environment().getOrDefault("ARGOS_CONFIG", "");
    if (root().config().isPresent()) {
      return root().config().map(console.workingFolder()::resolve);
    }
    if (!named.isEmpty()) {
      return Optional.of(console.workingFolder().resolve(named));
    }
    var here = console.workingFolder().resolve("argos.yaml");
    return Optional.of(here)
        .filter(Files::exists)
        .or(() -> Optional.of(SYSTEM_FILE).filter(Files::exists));
  }

  private ArgosCommand root() {
    return (ArgosCommand) command.root().userObject();
  }
}
