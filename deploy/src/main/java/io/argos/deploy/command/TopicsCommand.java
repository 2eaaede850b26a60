package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.Durations;
import io.argos.config.Suggestion;
import io.argos.deploy.topic.Cluster;
import io.argos.deploy.topic.RecordJson;
import io.argos.deploy.topic.TopicEnsure;
import io.argos.deploy.topic.TopicState;
import io.argos.deploy.topic.TopicTail;
import io.argos.schemas.topic.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos topics}. */
@Command(
    name = "topics",
    description = "Lists, makes and reads the topics.",
    subcommands = {
      TopicsCommand.ListAll.class,
      TopicsCommand.Ensure.class,
      TopicsCommand.Tail.class
    },
    footer = {
      "  argos topics list",
      "  argos topics ensure --dry-run",
      "  argos topics tail nodes --from-beginning --no-follow"
    })
final class TopicsCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }

  @Command(
      name = "list",
      description = "Lists the topics that must be there and what the broker has.",
      footer = {
        "  argos topics list",
        "  argos topics list -o json | jq '.[] | select(.state != \"ok\")'"
      })
  static final class ListAll implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
      try (var cluster = Cluster.open(context.config());
          var admin = cluster.admin()) {
        output.rows(
            context.out(),
            TopicState.of(admin, cluster.specs()).stream().map(ListAll::row).toList());
      }
      return ExitCode.OK.code();
    }

    private static ObjectNode row(TopicState state) {
      var spec = state.spec();
      return JsonNodeFactory.instance
          .objectNode()
          .put("topic", spec.name())
          .put("partitions", spec.partitions())
          .put("replicas", state.found().map(TopicState.Found::replicas).orElse(null))
          .put("cleanup", spec.cleanup().name().toLowerCase(Locale.ROOT))
          .put("retention", spec.retention().map(Durations::format).orElse(null))
          .put("record", spec.record().map(Class::getSimpleName).orElse(null))
          .put("key", spec.key())
          .put("state", state.describe());
    }
  }

  @Command(
      name = "ensure",
      description = {
        "Creates missing topics, corrects their settings and registers the schemas. Safe to run again.",
        "Services create nothing: they wait until this was done."
      },
      footer = {"  argos topics ensure", "  argos topics ensure --dry-run -o json"})
  static final class Ensure implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Output output = new Output();

    @Option(names = "--dry-run", description = "Says what would be done, and does nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
      var config = context.config();
      List<TopicEnsure.Step> steps;
      try (var cluster = Cluster.open(config);
          var admin = cluster.admin()) {
        var ensure = new TopicEnsure(admin, cluster.registry(), config.topics().replication());
        steps = dryRun ? ensure.plan(cluster.specs()) : ensure.run(cluster.specs());
      }
      var rows = new ArrayList<ObjectNode>();
      for (var step : steps) {
        if (step.action() != TopicEnsure.Action.UNCHANGED) {
          rows.add(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("name", step.name())
                  .put("action", step.action().name().toLowerCase(Locale.ROOT))
                  .put("detail", step.detail()));
        }
      }
      output.rows(context.out(), rows);
      long refused =
          steps.stream().filter(step -> step.action() == TopicEnsure.Action.REFUSED).count();
      context
          .err()
          .printf(
              "%s%d changed, %d as they should be, %d refused%n",
              dryRun ? "dry run: " : "",
              rows.size() - refused,
              steps.size() - rows.size(),
              refused);
      return (refused == 0 ? ExitCode.OK : ExitCode.FAILED).code();
    }
  }

  @Command(
      name = "tail",
      description = {
        "Prints the records of a topic as JSON lines, decoded with the schema they were written with.",
        "Dead letters come with the headers that say why, and with their value as text or in hex."
      },
      footer = {
        "  argos topics tail metrics",
        "  argos topics tail polls --key local/edge1 -n 1",
        "  argos topics tail resources --from-beginning --no-follow | jq .value.endpoint",
        "  argos topics tail polls.dlq --from-beginning"
      })
  static final class Tail implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(
        paramLabel = "TOPIC",
        description =
            "Full name, or the name without prefix and version, such as metrics, jobs.polling.main or polls.dlq.")
    private String topic = "";

    @Option(
        names = "--key",
        paramLabel = "KEY",
        description = "Only records with this key, or of this resource.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--from-beginning", description = "From the first record; otherwise from now.")
    private boolean fromBeginning;

    @Option(names = "--no-follow", description = "Stops at the end instead of waiting for more.")
    private boolean noFollow;

    @Option(names = "-n", paramLabel = "N", description = "Stops after N records.")
    private Optional<Long> limit = Optional.empty();

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
      if (limit.filter(count -> count < 1).isPresent()) {
        throw context.usage("-n must be at least 1");
      }
      var config = context.config();
      try (var cluster = Cluster.open(config);
          var admin = cluster.admin();
          var consumer = cluster.consumer()) {
        var name = resolve(admin, config.prefix());
        var keyed = keyed(cluster.specs(), cluster.names().ticks(), name);
        var json = new RecordJson(cluster.registry());
        var request =
            new TopicTail.Request(
                name,
                key,
                keyed,
                fromBeginning,
                !noFollow,
                limit.map(OptionalLong::of).orElse(OptionalLong.empty()));
        TopicTail.read(
            consumer,
            request,
            record -> {
              context.out().println(json.of(record));
              return true;
            },
            // Where the reader has gone (head), there is nothing left to do.
            this::flush);
      } catch (ReaderGone _) {
        return ExitCode.OK.code();
      }
      return ExitCode.OK.code();
    }

    private void flush() {
      if (context.out().checkError()) {
        throw new ReaderGone();
      }
    }

    private static boolean keyed(List<TopicSpec> specs, String ticks, String name) {
      return specs.stream()
          .anyMatch(
              spec -> spec.name().equals(name) && spec.record().isPresent() && !name.equals(ticks));
    }

    private String resolve(Admin admin, String prefix)
        throws ExecutionException, InterruptedException {
      Set<String> existing =
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      boolean dead = topic.endsWith(".dlq");
      var stem = dead ? topic.substring(0, topic.length() - ".dlq".length()) : topic;
      var candidates =
          List.of(topic, prefix + "." + stem + ".v1" + (dead ? ".dlq" : ""), prefix + "." + topic);
      for (var candidate : candidates) {
        if (existing.contains(candidate)) {
          return candidate;
        }
      }
      var near =
          candidates.stream()
              .flatMap(candidate -> Suggestion.nearest(candidate, existing).stream())
              .distinct()
              .toList();
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "there is no topic '"
              + topic
              + "'"
              + (near.isEmpty()
                  ? "; argos topics list names them"
                  : "; did you mean " + String.join(" or ", near) + "?"));
    }
  }

  /** Nobody reads stdout any more. */
  private static final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReaderGone() {
      super(null, null, false, false);
    }
  }
}
