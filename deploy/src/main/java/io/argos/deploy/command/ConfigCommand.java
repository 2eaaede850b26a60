package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigReference;
import io.argos.config.Doubts;
import io.argos.config.Origin;
import io.argos.config.Origins;
import io.argos.deploy.standalone.ConfigChecks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code argos config}. */
@Command(
    name = "config",
    description = "Checks and prints the configuration. Opens no connection.",
    subcommands = {
      ConfigCommand.Check.class,
      ConfigCommand.Show.class,
      ConfigCommand.Default.class
    },
    footer = {
      "  argos config check -c /etc/argos/argos.yaml",
      "  argos config show --effective --origin",
      "  argos config default > argos.yaml"
    })
final class ConfigCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }

  @Command(
      name = "check",
      description =
          "Reads the configuration, with the settings of plugins, filters and profiles, and prints every problem; exit code 4 if there is any.",
      footer = {
        "  argos config check",
        "  argos config check -c new.yaml --set kafka.bootstrap-servers=kafka-1:9092"
      })
  static final class Check implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Override
    public Integer call() {
      var loaded = ConfigLoader.load(context.sources(), ConfigChecks::all);
      loaded.files().forEach(file -> context.out().println(file + ": ok"));
      if (loaded.files().isEmpty()) {
        context.err().println("No file was found: the defaults are in force.");
      }
      Doubts.of(loaded.config()).forEach(doubt -> context.err().println("warning: " + doubt));
      return ExitCode.OK.code();
    }
  }

  @Command(
      name = "show",
      description = "Prints the keys that are set, secrets masked.",
      footer = {
        "  argos config show                       what differs from the defaults",
        "  argos config show --effective --origin  every key and where it comes from",
        "  argos config show --effective -o json"
      })
  static final class Show implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Output output = new Output();

    @Option(
        names = "--effective",
        description = "Every key in force, those with their default too.")
    private boolean effective;

    @Option(
        names = "--origin",
        description = "Also where each value comes from: file:line, default, env or --set.")
    private boolean origin;

    @Override
    public Integer call() {
      var rows =
          context.load().origins().entries().stream()
              .filter(entry -> effective || !(entry.origin() instanceof Origin.Shipped))
              .map(this::row)
              .toList();
      output.rows(context.out(), rows);
      return ExitCode.OK.code();
    }

    private ObjectNode row(Origins.Entry entry) {
      var row = JsonNodeFactory.instance.objectNode();
      row.put("key", entry.key()).put("value", entry.value());
      return origin ? row.put("origin", entry.origin().describe()) : row;
    }
  }

  @Command(
      name = "default",
      description = "Prints a configuration file with every key, its description and its default.",
      footer = "  argos config default > argos.yaml")
  static final class Default implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Override
    public Integer call() {
      context.out().print(ConfigReference.defaultFile());
      return ExitCode.OK.code();
    }
  }
}
