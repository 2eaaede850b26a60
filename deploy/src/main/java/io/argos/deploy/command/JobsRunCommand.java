package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.config.Durations;
import io.argos.deploy.audit.PlannedTargets;
import io.argos.deploy.audit.PlannedTargets.PlannedTarget;
import io.argos.deploy.worker.Worker;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.Request;
import io.argos.schemas.topic.HashId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos jobs run}. */
@Command(
    name = "run",
    description = {
      "Runs what a stage has to do on a resource at once, beside its slots and though it be",
      "suspended, and waits for the outcome. Ends with 1 when it did not go well."
    },
    footer = {
      "  argos jobs run oslo/edge1",
      "  argos jobs run oslo/edge1 --stage enrichment --timeout 2m",
      "  argos jobs run campus-files --stage discovery --no-wait"
    })
final class JobsRunCommand implements Callable<Integer> {
  private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "RESOURCE",
      description = "Its id, or its name where only one site has it; in discovery, the source.")
  private String resource = "";

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "discovery, enrichment or polling. Default: polling.")
  private String stage = "polling";

  @Option(
      names = "--plugin",
      paramLabel = "PLUGIN",
      description = "Only this plugin. Default: all of the stage that run on the resource.")
  private Optional<String> plugin = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long to wait for the outcome. Default: 1m.")
  private String timeout = "1m";

  @Option(names = "--no-wait", description = "Asks, and does not wait for the outcome.")
  private boolean noWait;

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    Duration patience = context.duration("--timeout", timeout);
    ArgosConfig config = context.config();
    PlannedTargets planned = new PlannedTargets(config);
    Known.check("stage", Optional.of(stage), Known.STAGES);
    try (var estate = Estate.open(config, context.err())) {
      var choice = new TargetChoice(planned, estate.resources());
      String id = choice.resolve(resource);
      List<PlannedTarget> targets = targets(choice, id);
      checkStaff(
          estate.workers().at(Clock.systemUTC().instant(), config.schedule().agentSilence()),
          targets);
      return run(estate, id, targets, patience).code();
    }
  }

  private List<PlannedTarget> targets(TargetChoice choice, String id) {
    List<PlannedTarget> ofStage =
        choice.of(id).stream().filter(target -> target.key().stage().equals(stage)).toList();
    if (ofStage.isEmpty()) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "nothing of %s runs on %s, by the filters of its plugins".formatted(stage, id));
    }
    Known.check(
        "plugin",
        " of %s on %s".formatted(stage, id),
        plugin,
        ofStage.stream().map(target -> target.key().plugin()).toList());
    return ofStage.stream()
        .filter(target -> plugin.filter(name -> !name.equals(target.key().plugin())).isEmpty())
        .toList();
  }

  /** Without a leader nobody reads the request, and without an agent nobody runs the job. */
  private void checkStaff(List<Worker> workers, List<PlannedTarget> targets) {
    List<Worker> ofStage =
        workers.stream().filter(worker -> worker.said().getStage().equals(stage)).toList();
    if (ofStage.stream().noneMatch(Worker::leads)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "nobody leads %s, so nobody would answer; argos workers lists who is there"
              .formatted(stage));
    }
    for (String zone :
        targets.stream()
            .map(PlannedTarget::zone)
            .collect(Collectors.toCollection(java.util.TreeSet::new))) {
      if (ofStage.stream()
          .noneMatch(worker -> worker.ready() && worker.said().getZone().equals(zone))) {
        context.err().printf("no agent of %s in zone %s is ready%n", stage, zone);
      }
    }
  }

  private ExitCode run(Estate estate, String id, List<PlannedTarget> targets, Duration patience)
      throws ExecutionException, InterruptedException {
    Request request = request(id);
    ForcedRun run = new ForcedRun(request.getRequestId(), stage, targets);
    List<String> zones = targets.stream().map(PlannedTarget::zone).distinct().toList();
    try (var topics = AnswerTopics.open(estate.cluster(), stage, zones, id)) {
      estate.ask(request);
      context.err().printf("asked for %s of %s: %s%n", stage, id, plugins(targets));
      if (noWait) {
        return ExitCode.OK;
      }
      await(topics, run, patience);
    }
    run.refusal().ifPresent(context.err()::println);
    if (run.refusal().isEmpty()) {
      output.rows(context.out(), run.answers().stream().map(this::row).toList());
      context.out().flush();
      if (!run.over()) {
        context.err().println(unfinished(run, patience));
      }
    }
    return run.ok() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Request request(String id) {
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    return Request.newBuilder()
        .setRequestId(HashId.of("cli", UUID.randomUUID().toString()))
        .setReason(JobReason.FORCED)
        .setStage(stage)
        .setPlugin(plugin.orElse(null))
        .setResourceId(id)
        .setAt(now)
        .setRequester(Author.ofProcess())
        .build();
  }

  private void await(AnswerTopics topics, ForcedRun run, Duration patience) {
    long begun = System.nanoTime();
    long saidAt = begun;
    while (!run.over() && System.nanoTime() - begun < patience.toNanos()) {
      topics.read(run);
      long now = System.nanoTime();
      if (!run.over() && now - saidAt >= SAY_EVERY_NANOS) {
        saidAt = now;
        context
            .err()
            .printf(
                "%s: %s%n",
                Durations.format(Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(now - begun))),
                run.answered()
                    ? "the job lies with the agents"
                    : "the leader has not answered yet");
      }
    }
  }

  private static String unfinished(ForcedRun run, Duration patience) {
    String waited = "after " + Durations.format(patience);
    return run.answered()
        ? waited + " a job has not ended; it will, or expire: argos topics tail outcomes"
        : waited + " the leader has not answered; argos workers lists who is there";
  }

  private static String plugins(List<PlannedTarget> targets) {
    return targets.stream().map(target -> target.key().plugin()).collect(Collectors.joining(", "));
  }

  private ObjectNode row(ForcedRun.Answer answer) {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("plugin", answer.plugin());
    if (answer.outcome().isEmpty()) {
      return row.put("status", answer.job().isPresent() ? "EMITTED" : "ASKED");
    }
    Outcome outcome = answer.outcome().get();
    row.put("status", outcome.getStatus().name());
    if (outcome.getDeviceStatus() != null) {
      row.put("device-status", outcome.getDeviceStatus());
    }
    if (outcome.getStartedAt() != null) {
      row.put("started", outcome.getStartedAt().toString());
    }
    if (output.format() == Output.Format.TABLE) {
      row.put("took", Spans.millis(outcome.getDurationMillis()));
    } else {
      row.put("took-ms", outcome.getDurationMillis());
    }
    row.put("agent", outcome.getAgent()).put("job", outcome.getJobId());
    if (!outcome.getCause().isEmpty()) {
      row.put("cause", outcome.getCause()).put("detail", outcome.getDetail());
    }
    return row;
  }
}
