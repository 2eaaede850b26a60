package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.schemas.NodeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code argos nodes}. */
@Command(
    name = "nodes",
    description = "Shows the live state of nodes.",
    subcommands = {NodesCommand.ListAll.class, ResourcesCommand.Show.class},
    footer = {"  argos nodes list --state unreachable", "  argos nodes show oslo/edge1"})
final class NodesCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }

  @Command(
      name = "list",
      description = "Lists nodes with their state and the reason for it.",
      footer = {
        "  argos nodes list",
        "  argos nodes list --state unreachable --state stale",
        "  argos nodes list -o json | jq -r '.[].id'"
      })
  static final class ListAll implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Output output = new Output();

    @Option(names = "--site", paramLabel = "SITE", description = "Only those of this site.")
    private Optional<String> site = Optional.empty();

    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "Only those of this reachability or health. May be repeated.")
    private List<String> states = new ArrayList<>();

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
      try (var estate = Estate.open(context.config(), context.err())) {
        output.rows(
            context.out(),
            estate.nodes().values().stream().filter(this::wanted).map(ListAll::row).toList());
      }
      return ExitCode.OK.code();
    }

    private boolean wanted(NodeState node) {
      return (site.isEmpty() || site.get().equals(node.getSite()))
          && (states.isEmpty()
              || states.stream()
                  .map(state -> state.toUpperCase(Locale.ROOT))
                  .anyMatch(state ->
                      state.equals(node.getReachability().name())
                          || state.equals(node.getHealth().name())));
    }

    private static ObjectNode row(NodeState node) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("id", node.getResourceId())
          .put("health", node.getHealth().name())
          .put("reachability", node.getReachability().name())
          .put("since", time(node.getSince()))
          .put("last-success", time(node.getLastSuccessAt()))
          .put("failures", node.getConsecutiveFailures())
          .put("reason", node.getReason().isEmpty() ? null : node.getReason());
    }

    private static @org.jspecify.annotations.Nullable String time(
        @org.jspecify.annotations.Nullable Instant time) {
      return time == null ? null : time.toString();
    }
  }
}
