package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.deploy.audit.NextSlot;
import io.argos.deploy.audit.NextSlots;
import io.argos.deploy.audit.PlannedTargets;
import io.argos.runtime.schedule.Suspensions;
import io.argos.schemas.Checkpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos jobs next}. */
@Command(
    name = "next",
    description = {
      "Shows which slots are due next, of one resource or of all, as computed from resources and",
      "configuration: emitted ones lie with the agents already, planned ones will be written."
    },
    footer = {
      "  argos jobs next",
      "  argos jobs next oslo/edge1 --stage polling --count 3",
      "  argos jobs next --plugin snmp-metrics -o json"
    })
final class JobsNextCommand implements Callable<Integer> {
  /** Between two checkpoints lies a second; a leader silent for longer is changing or gone. */
  private static final Duration SILENT = Duration.ofSeconds(15);

  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();

  @Parameters(
      arity = "0..1",
      paramLabel = "RESOURCE",
      description =
          "Its id, or its name where only one site has it; in discovery, the source. Default: all.")
  private Optional<String> resource = Optional.empty();

  @Option(names = "--stage", paramLabel = "STAGE", description = "Only slots of this stage.")
  private Optional<String> stage = Optional.empty();

  @Option(names = "--plugin", paramLabel = "PLUGIN", description = "Only slots of this plugin.")
  private Optional<String> plugin = Optional.empty();

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "How many slots. Default: 20.")
  private int count = 20;

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    if (count < 1) {
      throw context.usage("--count must be at least 1");
    }
    ArgosConfig config = context.config();
    PlannedTargets planned = new PlannedTargets(config);
    Known.check("stage", stage, Known.STAGES);
    Known.check("plugin", plugin, TargetChoice.plugins(planned));
    try (var estate = Estate.open(config, context.err())) {
      var choice = new TargetChoice(planned, estate.resources());
      var targets =
          (resource.isPresent() ? choice.of(resource.get()) : choice.all())
              .stream()
                  .filter(
                      target -> stage.filter(name -> !name.equals(target.key().stage())).isEmpty())
                  .filter(target ->
                      plugin.filter(name -> !name.equals(target.key().plugin())).isEmpty())
                  .toList();
      Suspensions suspensions = new Suspensions();
      estate
          .directives()
          .forEach((key, directive) -> {
            var _ = suspensions.read(key, Optional.of(directive));
          });
      Map<String, Checkpoint> checkpoints = estate.checkpoints();
      Map<String, Instant> watermarks = new HashMap<>();
      checkpoints.forEach((name, checkpoint) -> watermarks.put(name, checkpoint.getWatermark()));
      Instant now = Clock.systemUTC().instant();
      List<NextSlot> slots = new NextSlots(suspensions, watermarks).after(now, targets, count);
      output.rows(context.out(), slots.stream().map(slot -> row(slot, now)).toList());
      context.out().flush();
      complain(slots, checkpoints, now);
    }
    return ExitCode.OK.code();
  }

  private void complain(List<NextSlot> slots, Map<String, Checkpoint> checkpoints, Instant now) {
    if (slots.isEmpty()) {
      context.err().println("no slot is due: no plugin runs on it, by the filters in force");
    }
    slots.stream()
        .map(slot -> slot.key().stage())
        .distinct()
        .forEach(name -> {
          Checkpoint last = checkpoints.get(name);
          if (last == null) {
            context.err().printf("nobody has emitted a job of %s yet%n", name);
          } else if (last.getAt().plus(SILENT).isBefore(now)) {
            context
                .err()
                .printf(
                    "nobody emits jobs of %s: its last leader was heard %s ago%n",
                    name, Spans.coarse(Duration.between(last.getAt(), now)));
          }
        });
  }

  private ObjectNode row(NextSlot slot, Instant now) {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("due", slot.dueAt().toString());
    if (output.format() == Output.Format.TABLE) {
      row.put("in", Spans.coarse(Duration.between(now, slot.dueAt())));
    }
    return row.put("stage", slot.key().stage())
        .put("plugin", slot.key().plugin())
        .put("resource", slot.key().resourceId())
        .put("zone", slot.zone())
        .put(
            "state",
            output.format() == Output.Format.TABLE
                ? slot.state().name().toLowerCase(Locale.ROOT)
                : slot.state().name());
  }
}
