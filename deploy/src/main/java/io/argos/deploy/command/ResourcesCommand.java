package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.schemas.Resource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos resources}. */
@Command(
    name = "resources",
    description = "Shows what was discovered, and confirms removals that are held back.",
    subcommands = {
      ResourcesCommand.ListAll.class,
      ResourcesCommand.Show.class,
      ConfirmCommand.class
    },
    footer = {
      "  argos resources list --site oslo",
      "  argos resources show oslo/edge1",
      "  argos resources confirm campus-files --dry-run"
    })
final class ResourcesCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }

  @Command(
      name = "list",
      description = "Lists the known resources.",
      footer = {"  argos resources list", "  argos resources list --site oslo -o json"})
  static final class ListAll implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Output output = new Output();

    @Option(names = "--site", paramLabel = "SITE", description = "Only those of this site.")
    private Optional<String> site = Optional.empty();

    @Option(
        names = "--held",
        description = "Only those that a source no longer claims, and whose removal is held back.")
    private boolean held;

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
      try (var estate = Estate.open(context.config(), context.err())) {
        output.rows(
            context.out(),
            estate.resources().values().stream()
                .filter(resource -> site.isEmpty() || site.get().equals(resource.getSite()))
                .filter(resource -> !held || !ConfirmCommand.holders(resource).isEmpty())
                .map(ListAll::row)
                .toList());
      }
      return ExitCode.OK.code();
    }

    private static ObjectNode row(Resource resource) {
      var row =
          JsonNodeFactory.instance
              .objectNode()
              .put("id", resource.getId())
              .put("class", resource.getResourceClass())
              .put("subclass", resource.getSubclass())
              .put("type", resource.getType())
              .put("endpoint", resource.getEndpoint())
              .put("maintenance", resource.getMaintenance())
              .put("revision", resource.getRevision());
      var sources = row.putArray("sources");
      resource.getClaims().forEach(claim -> sources.add(claim.getSource()));
      var holders = row.putArray("held");
      ConfirmCommand.holders(resource).forEach(holders::add);
      return row;
    }
  }

  @Command(
      name = "show",
      description = "Shows all that is known of one resource: identity, live state, enrichments.",
      footer = {"  ${COMMAND-FULL-NAME} oslo/edge1", "  ${COMMAND-FULL-NAME} edge1 -o yaml"})
  static final class Show implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Output output = new Output();

    @Parameters(paramLabel = "ID", description = "Its id, or its name where only one site has it.")
    private String id = "";

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
      try (var estate = Estate.open(context.config(), context.err())) {
        output.document(context.out(), estate.show(id, output.format()));
      }
      return ExitCode.OK.code();
    }
  }
}
