package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.deploy.audit.PlannedTargets;
import io.argos.runtime.schedule.Suspensions;
import io.argos.schemas.Directive;
import io.argos.schemas.topic.HashId;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos jobs suspend}, {@code resume} and {@code suspended}. */
final class SuspendCommands {

  private SuspendCommands() {}

  /** {@code argos jobs suspend}. */
  @Command(
      name = "suspend",
      description = {
        "Suspends all work on resources, or that of one plugin: their slots are left out, and no",
        "audit misses them. It ends at a time, or when it is resumed."
      },
      footer = {
        "  argos jobs suspend oslo/edge1 --for 2h --comment 'power is cut for works'",
        "  argos jobs suspend oslo/edge1 oslo/edge2 --plugin snmp-metrics --comment 'CPU at its limit'",
        "  argos jobs suspend campus-files --until 2026-01-02T06:00:00Z --comment 'files are moved'"
      })
  static final class Suspend implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Author author = new Author();

    @Parameters(
        arity = "1..*",
        paramLabel = "RESOURCE",
        description = "Ids, or names that only one site has; in discovery, sources.")
    private List<String> resources = new ArrayList<>();

    @Option(
        names = "--plugin",
        paramLabel = "PLUGIN",
        description = "Only the work of this plugin. Default: all work.")
    private Optional<String> plugin = Optional.empty();

    @Option(names = "--for", paramLabel = "DURATION", description = "For so long from now on.")
    private Optional<String> length = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Until this time, UTC.")
    private Optional<String> until = Optional.empty();

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
      if (author.comment().isBlank()) {
        throw context.usage("--comment is missing: say why, for those who find it suspended");
      }
      Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
      Optional<Instant> end = end(now);
      ArgosConfig config = context.config();
      PlannedTargets planned = new PlannedTargets(config);
      Known.check("plugin", plugin, TargetChoice.plugins(planned));
      try (var estate = Estate.open(config, context.err())) {
        var choice = new TargetChoice(planned, estate.resources());
        for (String id : resources.stream().map(choice::resolve).distinct().toList()) {
          estate.direct(directive(Suspensions.SUSPEND, id, plugin, author, now, end.orElse(null)));
          context
              .err()
              .printf(
                  "suspended: %s on %s, %s%n",
                  plugin.orElse("all work"),
                  id,
                  end.map(time -> "until " + time).orElse("until it is resumed"));
        }
      }
      return ExitCode.OK.code();
    }

    private Optional<Instant> end(Instant now) {
      if (length.isPresent() && until.isPresent()) {
        throw context.usage("--for and --until exclude each other");
      }
      Optional<Instant> end =
          length.isPresent()
              ? length.map(text -> now.plus(context.duration("--for", text)))
              : until.map(this::instant);
      if (end.filter(time -> !time.isAfter(now)).isPresent()) {
        throw context.usage("the end %s is not in the future".formatted(end.get()));
      }
      return end;
    }

    private Instant instant(String text) {
      try {
        Instant time = Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
        // A record holds no other.
        var _ = time.toEpochMilli();
        return time;
      } catch (DateTimeParseException | ArithmeticException e) {
        throw context.usage(
            "--until: '%s' is not a time such as 2026-01-01T22:00:00Z".formatted(text));
      }
    }
  }

  /** {@code argos jobs resume}. */
  @Command(
      name = "resume",
      description = "Resumes work that was suspended: the next slot is run again.",
      footer = {
        "  argos jobs resume oslo/edge1",
        "  argos jobs resume oslo/edge1 --plugin snmp-metrics --comment 'CPU is replaced'"
      })
  static final class Resume implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Author author = new Author();

    @Parameters(
        arity = "1..*",
        paramLabel = "RESOURCE",
        description = "Ids, or names that only one site has; in discovery, sources.")
    private List<String> resources = new ArrayList<>();

    @Option(
        names = "--plugin",
        paramLabel = "PLUGIN",
        description = "Only the work of this plugin. Default: all that is suspended.")
    private Optional<String> plugin = Optional.empty();

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
      Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
      ArgosConfig config = context.config();
      try (var estate = Estate.open(config, context.err())) {
        List<SuspendedWork> suspended = SuspendedWork.of(estate.directives().values(), now);
        // Of a plugin that was taken out of the configuration work may be suspended still.
        Set<String> plugins = new TreeSet<>(TargetChoice.plugins(new PlannedTargets(config)));
        suspended.forEach(work -> work.plugin().ifPresent(plugins::add));
        Known.check("plugin", plugin, plugins);
        List<String> known = suspended.stream().map(SuspendedWork::resource).distinct().toList();
        List<String> ids = resources.stream().map(name -> resolve(name, known)).distinct().toList();
        for (String id : ids) {
          if (concerned(suspended, id).isEmpty()) {
            throw new CommandFailure(
                ExitCode.NOT_FOUND,
                "%s is not suspended on %s".formatted(plugin.orElse("all work"), id));
          }
        }
        for (String id : ids) {
          for (Instant at : SuspendedWork.resumptions(concerned(suspended, id), now)) {
            estate.direct(directive(Suspensions.RESUME, id, plugin, author, at, null));
          }
          context.err().printf("resumed: %s on %s%n", plugin.orElse("all work"), id);
        }
      }
      return ExitCode.OK.code();
    }

    private List<SuspendedWork> concerned(List<SuspendedWork> suspended, String id) {
      return suspended.stream()
          .filter(work -> work.resource().equals(id) && work.concerns(plugin))
          .toList();
    }

    /** A resource that was removed while it was suspended can be resumed as well. */
    private static String resolve(String name, List<String> suspended) {
      try {
        return Estate.resolve(name, suspended);
      } catch (CommandFailure e) {
        throw new CommandFailure(
            ExitCode.NOT_FOUND,
            "nothing is suspended on '%s'; argos jobs suspended lists what is".formatted(name),
            e);
      }
    }
  }

  /** {@code argos jobs suspended}. */
  @Command(
      name = "suspended",
      description = "Lists what is suspended, since when and until when, by whom and why.",
      footer = {"  argos jobs suspended", "  argos jobs suspended -o json"})
  static final class Suspended implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
      Instant now = Clock.systemUTC().instant();
      try (var estate = Estate.open(context.config(), context.err())) {
        List<SuspendedWork> suspended = SuspendedWork.of(estate.directives().values(), now);
        output.rows(context.out(), suspended.stream().map(Suspended::row).toList());
        if (suspended.isEmpty()) {
          context.err().println("nothing is suspended");
        }
      }
      return ExitCode.OK.code();
    }

    private static ObjectNode row(SuspendedWork work) {
      var row =
          JsonNodeFactory.instance
              .objectNode()
              .put("resource", work.resource())
              .put("plugin", work.plugin().orElse("all"));
      var but = row.putArray("but");
      work.resumed().forEach(but::add);
      return row.put("since", work.since().toString())
          .put("until", work.until().map(Instant::toString).orElse(null))
          .put("by", work.author())
          .put("why", work.comment());
    }
  }

  /** What the schedulers and agents read. */
  static Directive directive(
      String kind,
      String resource,
      Optional<String> plugin,
      Author author,
      Instant at,
      @Nullable Instant end) {
    return Directive.newBuilder()
        .setId(
            HashId.of(
                kind, resource, plugin.orElse(""), author.name(), Long.toString(at.toEpochMilli())))
        .setResourceId(resource)
        .setKind(kind)
        .setAuthor(author.name())
        .setAt(at)
        .setComment(author.comment())
        .setEndAt(end)
        .setAttributes(plugin.map(name -> Map.of(Suspensions.PLUGIN, name)).orElse(Map.of()))
        .build();
  }
}
