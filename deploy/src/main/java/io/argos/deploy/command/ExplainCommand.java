package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.config.PluginEntry;
import io.argos.deploy.explain.Dossier;
import io.argos.deploy.explain.DossierReader;
import io.argos.deploy.explain.Explainer;
import io.argos.deploy.explain.Explanation;
import io.argos.deploy.explain.Finding;
import io.argos.deploy.explain.Names;
import io.argos.deploy.explain.Step;
import io.argos.deploy.log.Escapes;
import io.argos.deploy.topic.Cluster;
import io.argos.deploy.topic.Snapshot;
import io.argos.schemas.Resource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos explain}. */
@Command(
    name = "explain",
    description = {
      "Walks the way of one resource: claim, record, zone, then for each plugin filter, slot, job, agent and",
      "outcome, and last its state. Names the first step that is broken and what to do about it.",
      "Exit code 0 when no step is broken, 1 when one is."
    },
    footer = {
      "  argos explain oslo/edge1",
      "  argos explain 192.0.2.1 --stage polling",
      "  argos explain edge1 --json | jq -r '.broken.remedy'"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final List<String> STAGES = List.of("enrichment", "polling");

  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "RESOURCE",
      description = "Its id, or a name, alias or address where only one resource has it.")
  private String word = "";

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "Only the work of this stage: enrichment or polling.")
  private Optional<String> stage = Optional.empty();

  @Option(
      names = "--plugin",
      paramLabel = "NAME",
      description = "Only the work of this plugin, as the configuration names it.")
  private Optional<String> plugin = Optional.empty();

  @Option(names = "--json", description = "The same as -o json.")
  private boolean json;

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    ArgosConfig config = context.config();
    check(config);
    Explanation explanation;
    try (var cluster = Cluster.open(config);
        var admin = cluster.admin();
        var consumer = cluster.consumer()) {
      Set<String> existing = admin.listTopics().names().get();
      if (!existing.contains(cluster.names().resources())) {
        throw new CommandFailure(
            ExitCode.NOT_FOUND,
            "there is no topic %s; run argos topics ensure".formatted(cluster.names().resources()));
      }
      Dossier dossier = find(config, cluster, admin, consumer, existing);
      explanation = new Explainer(config).explain(dossier, new Explainer.Scope(stage, plugin));
    }
    print(explanation);
    return (explanation.firstBroken().isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private void check(ArgosConfig config) {
    stage
        .filter(name -> !STAGES.contains(name))
        .ifPresent(name -> {
          throw context.usage("--stage: '" + name + "' is neither enrichment nor polling");
        });
    List<String> names =
        Stream.concat(config.enrichment().stream(), config.polling().stream())
            .map(PluginEntry::name)
            .distinct()
            .toList();
    Known.check("plugin", plugin, names);
  }

  private Dossier find(
      ArgosConfig config,
      Cluster cluster,
      Admin admin,
      Consumer<byte[], byte[]> consumer,
      Set<String> existing)
      throws ExecutionException, InterruptedException {
    var reader = new DossierReader(config, consumer, admin, cluster.registry(), existing);
    var resources =
        Snapshot.read(
                consumer,
                cluster.registry(),
                cluster.names().resources(),
                Resource.class,
                Optional.empty())
            .records()
            .values();
    var names = new Names(resources);
    var now = Clock.systemUTC().instant();
    List<String> named = names.named(word);
    if (named.size() > 1) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND, "'%s' is several: %s".formatted(word, String.join(", ", named)));
    }
    if (named.size() == 1) {
      return reader.read(named.getFirst(), now);
    }
    // A source may speak of what is no resource: refused, or not worked on yet.
    Dossier unknown = reader.read(word, now);
    if (unknown.sightings().isEmpty()) {
      List<String> near = names.near(word);
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "there is no resource '%s', and no source has named it lately%s"
              .formatted(
                  word, near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?"));
    }
    return unknown;
  }

  private void print(Explanation explanation) {
    if (!json && output.format() == Output.Format.TABLE) {
      lines(explanation);
    } else {
      output.document(context.out(), document(explanation), json);
    }
  }

  private void lines(Explanation explanation) {
    int widest =
        explanation.steps().stream().mapToInt(step -> step.name().length()).max().orElse(0);
    String of = "";
    context.out().println(Escapes.line(explanation.id()));
    for (Step step : explanation.steps()) {
      if (!step.of().equals(of)) {
        of = step.of();
        context.out().println(of.isEmpty() ? "" : "\n" + Escapes.line(of));
      }
      context
          .out()
          .printf(
              "  %-6s  %-" + widest + "s  %s%n",
              verdict(step.finding()),
              step.name(),
              Escapes.line(step.finding().text()));
    }
    context.out().println();
    explanation
        .firstBroken()
        .ifPresentOrElse(
            step -> context.out().println(Escapes.line(sentence(step))),
            () -> context.out().println("no step is broken"));
  }

  private static String sentence(Step step) {
    String remedy = step.finding() instanceof Finding.Broken broken ? broken.remedy() : "";
    return "first broken: %s%s. What to do: %s"
        .formatted(step.name(), step.of().isEmpty() ? "" : " of " + step.of(), remedy);
  }

  private static String verdict(Finding finding) {
    return switch (finding) {
      case Finding.Ok _ -> "ok";
      case Finding.Unknown _ -> "?";
      case Finding.Broken _ -> "BROKEN";
    };
  }

  private static ObjectNode document(Explanation explanation) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("id", explanation.id());
    explanation
        .firstBroken()
        .ifPresentOrElse(
            step -> document.set("broken", node(step)), () -> document.putNull("broken"));
    var steps = document.putArray("steps");
    explanation.steps().forEach(step -> steps.add(node(step)));
    return document;
  }

  private static ObjectNode node(Step step) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("step", step.name())
            .put("of", step.of().isEmpty() ? null : step.of())
            .put(
                "verdict",
                switch (step.finding()) {
                  case Finding.Ok _ -> "ok";
                  case Finding.Unknown _ -> "unknown";
                  case Finding.Broken _ -> "broken";
                })
            .put("text", step.finding().text());
    if (step.finding() instanceof Finding.Broken broken) {
      node.put("remedy", broken.remedy());
    }
    return node;
  }
}
