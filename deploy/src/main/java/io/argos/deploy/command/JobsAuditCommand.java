package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.config.Durations;
import io.argos.deploy.audit.AuditLine;
import io.argos.deploy.audit.AuditReport;
import io.argos.deploy.audit.AuditedTopics;
import io.argos.deploy.audit.JobAudit;
import io.argos.deploy.audit.Offence;
import io.argos.deploy.audit.PlannedTargets;
import io.argos.deploy.topic.Cluster;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code argos jobs audit}. */
@Command(
    name = "audit",
    description = {
      "Proves from the log what became of every slot: run once, late, missed and why, or run twice.",
      "Slots are computed from resources and configuration as well, so that one of which the log says",
      "nothing is found ('no trace'). Ends with 1 when a job was missed or run twice."
    },
    footer = {
      "  argos jobs audit --since 1h",
      "  argos jobs audit --since 2026-01-01T22:00:00Z --until 2026-01-02T06:00:00Z --stage polling",
      "  argos jobs audit --resource oslo/edge1 -o json | jq .offences"
    })
final class JobsAuditCommand implements Callable<Integer> {
  private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How long the outcomes are kept, by the table of topics. */
  private static final Duration KEPT = Duration.ofHours(24);

  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "A duration before now or a time, UTC. Default: 1h.")
  private String since = "1h";

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description = "A duration before now or a time, UTC. Default: now.")
  private String until = "0s";

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "Only jobs of this stage: discovery, enrichment or polling.")
  private Optional<String> stage = Optional.empty();

  @Option(names = "--plugin", paramLabel = "PLUGIN", description = "Only jobs of this plugin.")
  private Optional<String> plugin = Optional.empty();

  @Option(
      names = "--resource",
      paramLabel = "RESOURCE",
      description =
          "Only jobs on this resource, by its id, or its name where only one site has it; in discovery, of this source.")
  private Optional<String> resource = Optional.empty();

  @Option(
      names = "--offences",
      paramLabel = "N",
      description = "Jobs that are listed because they were missed or run twice. Default: 20.")
  private int offences = 20;

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    Instant from = time("--since", since, now);
    Instant to = time("--until", until, now);
    if (!from.isBefore(to)) {
      throw context.usage("--since %s is not before --until %s".formatted(from, to));
    }
    if (offences < 0) {
      throw context.usage("--offences must be at least 0");
    }
    ArgosConfig config = context.config();
    PlannedTargets targets = new PlannedTargets(config);
    checkNames(targets);
    Optional<CommandFailure> unknown = resolve(config, targets);
    if (from.isBefore(now.minus(KEPT))) {
      context
          .err()
          .printf(
              "outcomes are kept for %s: what is older cannot be told%n", Durations.format(KEPT));
    }
    AuditReport report;
    try (Cluster cluster = Cluster.open(config);
        var consumer = cluster.consumer()) {
      String outcomes = cluster.names().outcomes();
      if (!consumer.listTopics().containsKey(outcomes)) {
        throw new CommandFailure(
            ExitCode.NOT_FOUND, "there is no topic " + outcomes + "; run argos topics ensure");
      }
      report =
          new AuditedTopics(
                  consumer,
                  cluster.registry(),
                  cluster.names(),
                  cluster.zones(),
                  new Told(context.err()))
              .audit(new JobAudit.Scope(from, to, this::wanted), targets, now, offences);
    }
    if (report.lines().isEmpty() && unknown.isPresent()) {
      throw unknown.get();
    }
    print(report, from, to);
    return (report.clean() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private Instant time(String option, String text, Instant now) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      try {
        var _ = Durations.parse(text);
      } catch (IllegalArgumentException e) {
        throw context.usage(
            "%s is neither a duration such as 90m nor a time such as 2026-01-01T22:00:00Z: '%s'"
                .formatted(option, text));
      }
      return now.minus(context.duration(option, text));
    }
  }

  /** Of one that was removed the log may still tell, so that it is no failure yet. */
  private Optional<CommandFailure> resolve(ArgosConfig config, PlannedTargets targets)
      throws ExecutionException, InterruptedException {
    if (resource.isEmpty()) {
      return Optional.empty();
    }
    try (var estate = Estate.open(config, context.err())) {
      var choice = new TargetChoice(targets, estate.resources());
      resource = Optional.of(choice.resolve(resource.get()));
      return Optional.empty();
    } catch (CommandFailure e) {
      return Optional.of(e);
    }
  }

  private void checkNames(PlannedTargets targets) {
    Known.check("stage", stage, Known.STAGES);
    Known.check("plugin", plugin, TargetChoice.plugins(targets));
  }

  private boolean wanted(JobAudit.Subject subject) {
    return stage.filter(wanted -> !wanted.equals(subject.stage())).isEmpty()
        && plugin.filter(wanted -> !wanted.equals(subject.plugin())).isEmpty()
        && resource.filter(wanted -> !wanted.equals(subject.resource())).isEmpty();
  }

  private void print(AuditReport report, Instant from, Instant to) {
    List<ObjectNode> found = report.offences().stream().map(JobsAuditCommand::row).toList();
    if (output.format() == Output.Format.TABLE) {
      output.rows(context.out(), AuditTable.rows(report.lines()));
      if (!found.isEmpty()) {
        context.out().println();
        output.rows(context.out(), found);
      }
      // What it comes to is read last.
      context.out().flush();
      context.err().println(summary(report, from, to));
      return;
    }
    List<ObjectNode> lines = report.lines().stream().map(JobsAuditCommand::row).toList();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("from", from.toString()).put("to", to.toString()).put("clean", report.clean());
    document.putArray("plugins").addAll(lines);
    document.putArray("offences").addAll(found);
    document.put("offenceCount", report.offenceCount());
    output.document(context.out(), document);
  }

  private static String summary(AuditReport report, Instant from, Instant to) {
    String window = "%s to %s: ".formatted(from, to);
    if (report.lines().isEmpty()) {
      return window + "no job was due";
    }
    if (report.clean()) {
      return window + "no job was missed, none was run twice";
    }
    String more =
        report.offenceCount() > report.offences().size()
            ? "; %d of them listed".formatted(report.offences().size())
            : "";
    return window + "%d missed, %d run twice%s".formatted(report.missed(), report.doubled(), more);
  }

  private static ObjectNode row(AuditLine line) {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("stage", line.stage())
            .put("plugin", line.plugin())
            .put("due", line.due())
            .put("requested", line.requested())
            .put("ok", line.ok())
            .put("failed", line.failed())
            .put("timeout", line.timedOut())
            .put("pending", line.pending())
            .put("late-p50-ms", line.latenessMillis(50))
            .put("late-p99-ms", line.latenessMillis(99))
            .put("late-max-ms", line.latenessMillis(100))
            .put("missed", line.missed())
            .put("doubled", line.doubled())
            .put("withdrawn", line.withdrawn())
            .put("fenced", line.fenced());
    return row.put("missed-because", AuditTable.causes(line));
  }

  private static ObjectNode row(Offence offence) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("what", offence.kind().name())
        .put("due", offence.dueAt().toString())
        .put("stage", offence.stage())
        .put("plugin", offence.plugin())
        .put("resource", offence.resource())
        .put("cause", offence.cause().isEmpty() ? null : offence.cause())
        .put("agents", offence.agents().isEmpty() ? null : offence.agents())
        .put("detail", offence.detail().isEmpty() ? null : offence.detail())
        .put("job", offence.jobId());
  }

  /** Says every two seconds how far the reading is: a day of a large estate takes minutes. */
  private static final class Told implements AuditedTopics.Progress {
    private final PrintStream err;
    private long saidAt = System.nanoTime();

    Told(PrintStream err) {
      this.err = err;
    }

    @Override
    public void read(int partitions, int of, long records) {
      long now = System.nanoTime();
      if (partitions < of && now - saidAt > SAY_EVERY_NANOS) {
        saidAt = now;
        err.printf("read %d of %d partitions, %d records%n", partitions, of, records);
      }
    }
  }
}
