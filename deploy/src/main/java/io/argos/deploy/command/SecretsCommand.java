package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.argos.config.ArgosConfig;
import io.argos.runtime.secret.KeyFile;
import io.argos.runtime.secret.SecretStore;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos secrets}. */
@Command(
    name = "secrets",
    description = "Keeps the secrets in Redis, sealed with the key of redis.key-file.",
    subcommands = {
      SecretsCommand.Put.class,
      SecretsCommand.ListAll.class,
      SecretsCommand.Remove.class
    },
    footer = {
      "  argos secrets put campus community          asks for the community",
      "  argos secrets put core user auth-password < fields   one value a line",
      "  argos secrets list"
    })
final class SecretsCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }

  private static SecretStore open(ArgosConfig config) {
    if (!Files.exists(config.redis().keyFile())) {
      KeyFile.create(config.redis().keyFile());
    }
    return new SecretStore(config.redis(), config.prefix());
  }

  @Command(
      name = "put",
      description = {
        "Puts a secret, in place of a former one.",
        "Values are asked for on a terminal, or read from standard input, one a line; never from arguments, which others can see."
      },
      footer = {
        "  argos secrets put campus community",
        "  echo public | argos secrets put campus community"
      })
  static final class Put implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the secret.")
    private String name = "";

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "FIELD",
        description =
            "Fields: community, version (1 or 2c), or user, auth-protocol, auth-password, priv-protocol, priv-password, context.")
    private List<String> fields = List.of();

    @Option(
        names = "--site",
        paramLabel = "SITE",
        description = "Site that has this secret of its own. Default: ${DEFAULT-VALUE}.")
    private String site = "default";

    @Override
    public Integer call() throws IOException {
      Map<String, String> values = read();
      try (SecretStore store = open(context.config())) {
        store.put(name, site, values);
      }
      context.err().println("secret " + name + " stored for site " + site);
      return ExitCode.OK.code();
    }

    private Map<String, String> read() throws IOException {
      Map<String, String> values = new LinkedHashMap<>();
      Console terminal = System.console();
      if (terminal != null && terminal.isTerminal()) {
        for (String field : fields) {
          values.put(field, new String(terminal.readPassword("%s: ", field)));
        }
        return values;
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String field : fields) {
        String line = lines.readLine();
        if (line == null || line.isEmpty()) {
          throw context.usage("standard input holds no value for " + field + ": one a line");
        }
        values.put(field, line);
      }
      return values;
    }
  }

  @Command(
      name = "list",
      description = "Lists the names of secrets and their sites, never a value.",
      footer = {"  argos secrets list", "  argos secrets list -o json"})
  static final class ListAll implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws IOException {
      try (SecretStore store = open(context.config())) {
        output.rows(
            context.out(),
            store.places().stream()
                .map(place -> JsonNodeFactory.instance.objectNode().put("secret", place))
                .toList());
      }
      return ExitCode.OK.code();
    }
  }

  @Command(
      name = "remove",
      description = "Removes a secret. Services forget it after redis.refresh-after.",
      footer = {"  argos secrets remove campus", "  argos secrets remove campus --site oslo"})
  static final class Remove implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(paramLabel = "NAME", description = "Name of the secret.")
    private String name = "";

    @Option(
        names = "--site",
        paramLabel = "SITE",
        description = "Site whose own secret it is. Default: ${DEFAULT-VALUE}.")
    private String site = "default";

    @Override
    public Integer call() {
      try (SecretStore store = open(context.config())) {
        if (!store.remove(name, site)) {
          throw new CommandFailure(
              ExitCode.NOT_FOUND, "there is no secret " + name + " for site " + site);
        }
      }
      return ExitCode.OK.code();
    }
  }
}
