package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.schemas.Directive;
import io.argos.schemas.Resource;
import io.argos.schemas.topic.HashId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos resources confirm}. */
@Command(
    name = "confirm",
    description = {
      "Confirms the removals that a source holds back: more of its resources vanished at once than",
      "may go unasked. They go when two equal runs have missed them and this was said, in either order."
    },
    footer = {
      "  argos resources confirm campus-files --dry-run",
      "  argos resources confirm campus-files --site oslo --comment 'the old hall is gone'"
    })
final class ConfirmCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "SOURCE", description = "The source, as discovery names it.")
  private String source = "";

  @Option(names = "--site", paramLabel = "SITE", description = "Only what vanished from this site.")
  private Optional<String> site = Optional.empty();

  @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for those who ask later.")
  private String comment = "";

  @Option(
      names = "--author",
      paramLabel = "WHO",
      description = "Who confirms. Default: the user of this process.")
  private String author = System.getProperty("user.name", "unknown");

  @Option(names = "--dry-run", description = "Says what would go, and confirms nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    try (var estate = Estate.open(context.config(), context.err())) {
      var resources = estate.resources().values();
      var held =
          resources.stream()
              .filter(resource -> holders(resource).contains(source))
              .filter(resource -> site.isEmpty() || site.get().equals(resource.getSite()))
              .toList();
      if (held.isEmpty()) {
        throw new CommandFailure(ExitCode.NOT_FOUND, nothingHeld(List.copyOf(resources)));
      }
      if (!dryRun) {
        estate.direct(directive(Clock.systemUTC().instant()));
      }
      output.rows(context.out(), held.stream().map(this::row).toList());
      context
          .err()
          .println(
              dryRun
                  ? "dry run: nothing confirmed"
                  : "confirmed: they go as soon as two equal runs of " + source + " missed them");
    }
    return ExitCode.OK.code();
  }

  private ObjectNode row(Resource resource) {
    var others =
        resource.getClaims().stream()
            .map(claim -> claim.getSource())
            .filter(name -> !name.equals(source))
            .toList();
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", resource.getId())
        .put("endpoint", resource.getEndpoint())
        .put("then", others.isEmpty() ? "removed" : "kept by " + String.join(", ", others));
  }

  private Directive directive(Instant now) {
    return directive(source, site, author, comment, now);
  }

  /** What tells the topology of resources that a person agrees. */
  static Directive directive(
      String source, Optional<String> site, String author, String comment, Instant now) {
    var at = now.truncatedTo(ChronoUnit.MILLIS);
    return Directive.newBuilder()
        .setId(
            HashId.of("confirm", source, site.orElse(""), author, Long.toString(at.toEpochMilli())))
        .setResourceId(source)
        .setKind("confirm")
        .setAuthor(author)
        .setAt(at)
        .setComment(comment)
        .setAttributes(site.map(name -> Map.of("site", name)).orElse(Map.of()))
        .build();
  }

  private String nothingHeld(List<Resource> resources) {
    var holding = new TreeSet<String>();
    resources.forEach(resource -> holding.addAll(holders(resource)));
    return "source '"
        + source
        + "' holds no removal back"
        + site.map(name -> " in site " + name).orElse("")
        + (holding.isEmpty() ? "; no source does" : "; there are " + String.join(", ", holding));
  }

  /** Sources that no longer claim a resource, and whose removal of it is held back. */
  static List<String> holders(Resource resource) {
    return resource.getClaims().stream()
        .filter(claim -> "true".equals(claim.getFields().get("argos.held")))
        .map(claim -> claim.getSource())
        .toList();
  }
}
