package io.argos.deploy.command;

import io.argos.deploy.log.LogFormat;
import io.argos.deploy.log.LogSetup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The root command. A further command is one class in the list below: it is a {@code
 * Callable<Integer>} with a {@link Context} mixed in, and implements {@link Service} if it runs
 * until it is stopped.
 */
@Command(
    name = "argos",
    description =
        "Watches networks, hosts and services: discovery, enrichment, polling and live state.",
    subcommands = {
      QuickstartCommand.class,
      StandaloneCommand.class,
      ServersCommand.class,
      DiscoveryCommand.class,
      EnrichmentCommand.class,
      PollingCommand.class,
      ResourceManagerCommand.class,
      ConfigCommand.class,
      TopicsCommand.class,
      ResourcesCommand.class,
      NodesCommand.class,
      JobsCommand.class,
      WorkersCommand.class,
      ExplainCommand.class,
      DoctorCommand.class,
      PollCommand.class,
      DeviceCommand.class,
      SimulateCommand.class,
      ProfileCommand.class,
      SecretsCommand.class,
      CompletionCommand.class,
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  argos config check                     is the configuration valid?",
      "  argos topics ensure                    create topics and schemas",
      "  argos nodes list                       state of every node",
      "  argos doctor                           is the installation well?",
      "  argos explain oslo/edge1               why is it polled, or where does its way end?",
      "  argos poll 192.0.2.1 --community -     poll one device once, with nothing running",
      "  argos topics tail metrics -n 1         next record of a topic, decoded",
      "  source <(argos completion bash)        complete commands in this shell",
      "",
      "Exit codes: 0 ok, 1 failed, 2 usage, 3 not found, 4 configuration invalid, 5 a server out of reach."
    })
public final class ArgosCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Main configuration file. Default: $$ARGOS_CONFIG, ./argos.yaml, /etc/argos/argos.yaml; without any, the defaults.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "Sets one key of the configuration, such as http.port=9000. May be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      scope = ScopeType.INHERIT,
      description =
          "error, warn, info, debug or trace. Default: info for services, warn otherwise. From debug, failures come with their stack trace.")
  private Optional<Level> logLevel = Optional.empty();

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "text or json (one object a line), on stderr. Default: text.")
  private LogFormat logFormat = LogFormat.TEXT;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init")
  private CommandLine.Model.CommandSpec spec;

  private ArgosCommand(Console console) {
    this.console = console;
  }

  /** Runs the program within this process; the answer is its exit code. */
  public static int run(Console console, String... arguments) {
    var root = new ArgosCommand(console);
    int code = commandLine(root).execute(arguments);
    console.out().flush();
    return code;
  }

  static CommandLine commandLine(ArgosCommand root) {
    var console = root.console;
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new java.io.PrintWriter(console.out(), true))
        .setErr(new java.io.PrintWriter(console.err(), true))
        .setColorScheme(Help.defaultColorScheme(console.color() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setExecutionStrategy(parsed -> {
          root.startLogging(parsed);
          return new CommandLine.RunLast().execute(parsed);
        })
        .setParameterExceptionHandler((wrong, _) -> usageError(wrong))
        .setExecutionExceptionHandler((thrown, _, _) -> root.failed(thrown));
  }

  Console console() {
    return console;
  }

  Optional<Path> config() {
    return config;
  }

  List<String> settings() {
    return settings;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.USAGE.code();
  }

  private void startLogging(CommandLine.ParseResult parsed) {
    var last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    boolean service = last.commandSpec().userObject() instanceof Service;
    LogSetup.start(
        logLevel.orElse(service ? Level.INFO : Level.WARN), service, logFormat, console.err());
  }

  private int failed(Throwable thrown) {
    console.out().flush();
    var failure = Failures.of(thrown);
    console.err().println(failure.message());
    if (logLevel.filter(level -> level.toInt() <= Level.DEBUG.toInt()).isPresent()) {
      thrown.printStackTrace(console.err());
    }
    return failure.exitCode().code();
  }

  private static int usageError(ParameterException wrong) {
    var command = wrong.getCommandLine();
    var err = command.getErr();
    err.println(wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE.code();
  }
}
