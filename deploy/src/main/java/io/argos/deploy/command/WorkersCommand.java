package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.deploy.audit.PlannedTargets;
import io.argos.deploy.worker.Worker;
import io.argos.deploy.worker.Workers;
import io.argos.deploy.worker.ZoneLoad;
import io.argos.runtime.schedule.Timing;
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

/** {@code argos workers}. */
@Command(
    name = "workers",
    description = {
      "Lists the instances of all stages as their heartbeats of the last hour tell, and compares",
      "by stage and zone what they can do with what is due: demand is how many jobs run at once",
      "when every slot is run."
    },
    footer = {
      "  argos workers",
      "  argos workers --stage polling --zone north",
      "  argos workers -o json | jq -r '.workers[] | select(.state == \"SILENT\") | .instance'"
    })
final class WorkersCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();

  @Option(names = "--stage", paramLabel = "STAGE", description = "Only those of this stage.")
  private Optional<String> stage = Optional.empty();

  @Option(names = "--zone", paramLabel = "ZONE", description = "Only those of this zone.")
  private Optional<String> zone = Optional.empty();

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    ArgosConfig config = context.config();
    Known.check("stage", stage, Known.STAGES);
    List<Worker> workers;
    Map<Workers.Place, Double> due;
    try (var estate = Estate.open(config, context.err())) {
      Known.check("zone", zone, estate.zones());
      workers =
          estate
              .workers()
              .at(Clock.systemUTC().instant(), config.schedule().agentSilence())
              .stream()
              .filter(each -> wanted(each.said().getStage(), each.said().getZone()))
              .toList();
      due = due(new PlannedTargets(config), estate);
    }
    due.keySet().removeIf(place -> !wanted(place.stage(), place.zone()));
    print(workers, Workers.loads(workers, due));
    return ExitCode.OK.code();
  }

  private boolean wanted(String itsStage, String itsZone) {
    return stage.filter(name -> !name.equals(itsStage)).isEmpty()
        && zone.filter(name -> !name.equals(itsZone)).isEmpty();
  }

  private static Map<Workers.Place, Double> due(PlannedTargets targets, Estate estate)
      throws ExecutionException, InterruptedException {
    Map<Workers.Place, Double> due = new HashMap<>();
    targets.sources().forEach(target -> add(due, target));
    estate
        .resources()
        .values()
        .forEach(resource -> targets.of(resource).forEach(target -> add(due, target)));
    return due;
  }

  private static void add(Map<Workers.Place, Double> due, PlannedTargets.PlannedTarget target) {
    double perSecond =
        switch (target.timing()) {
          case Timing.Every(var interval) -> 1_000.0 / interval.toMillis();
          case Timing.Cron _ -> 0;
        };
    due.merge(new Workers.Place(target.key().stage(), target.zone()), perSecond, Double::sum);
  }

  private void print(List<Worker> workers, List<ZoneLoad> loads) {
    boolean table = output.format() == Output.Format.TABLE;
    List<ObjectNode> ofWorkers =
        workers.stream().map(each -> table ? line(each) : document(each)).toList();
    List<ObjectNode> ofZones =
        loads.stream().map(each -> table ? line(each) : document(each)).toList();
    if (!table) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      all.putArray("workers").addAll(ofWorkers);
      all.putArray("zones").addAll(ofZones);
      output.document(context.out(), all);
      return;
    }
    output.rows(context.out(), ofWorkers);
    if (!ofWorkers.isEmpty() && !ofZones.isEmpty()) {
      context.out().println();
    }
    output.rows(context.out(), ofZones);
    context.out().flush();
    complain(workers, loads);
  }

  /** What a person has to act on; nothing when all is well. */
  private void complain(List<Worker> workers, List<ZoneLoad> loads) {
    if (workers.isEmpty()) {
      context.err().println("no heartbeat within the last hour: is a service running?");
      return;
    }
    loads.stream()
        .filter(load -> load.duePerSecond() > 0)
        .map(ZoneLoad::stage)
        .distinct()
        .filter(name ->
            workers.stream()
                .noneMatch(worker -> worker.leads() && worker.said().getStage().equals(name)))
        .filter(_ -> zone.isEmpty())
        .forEach(name -> context.err().printf("nobody leads %s: no job of it is emitted%n", name));
    for (ZoneLoad load : loads) {
      if (load.abandoned()) {
        context
            .err()
            .printf("%s in zone %s has no agent that is ready%n", load.stage(), load.zone());
      } else if (load.shortBy() > 0) {
        context
            .err()
            .printf(
                Locale.ROOT,
                "%s in zone %s is short of capacity: %.1f jobs at once are needed, %d may run%n",
                load.stage(),
                load.zone(),
                load.demand(),
                load.capacity());
      }
    }
  }

  private static ObjectNode line(Worker worker) {
    var said = worker.said();
    String standing = worker.standing().name().toLowerCase(Locale.ROOT);
    return JsonNodeFactory.instance
        .objectNode()
        .put("instance", said.getInstance())
        .put("stage", said.getStage())
        .put("zone", said.getZone())
        .put("state", worker.leads() ? standing + ", leads" : standing)
        .put("running", said.getRunning() + "/" + said.getCapacity())
        .put("queued", said.getQueued())
        .put("late", said.getLate())
        .put("ran/min", said.getRanLately())
        .put("mean-run", said.getRanLately() == 0 ? null : Spans.millis(said.getMeanRunMillis()))
        .put("parts", said.getPartitions())
        .put("memory", Spans.mebibytes(said.getUsedMemory(), said.getMaxMemory()))
        .put("version", said.getVersion())
        .put("up", Spans.coarse(Duration.between(said.getStartedAt(), worker.heardAt())))
        .put("heard", Spans.coarse(worker.silence()) + " ago");
  }

  private static ObjectNode document(Worker worker) {
    var said = worker.said();
    return JsonNodeFactory.instance
        .objectNode()
        .put("instance", said.getInstance())
        .put("stage", said.getStage())
        .put("zone", said.getZone())
        .put("state", worker.standing().name())
        .put("leader", worker.leads())
        .put("capacity", said.getCapacity())
        .put("running", said.getRunning())
        .put("queued", said.getQueued())
        .put("late", said.getLate())
        .put("ranLately", said.getRanLately())
        .put("meanRunMillis", said.getMeanRunMillis())
        .put("partitions", said.getPartitions())
        .put("leaked", said.getLeaked())
        .put("usedMemory", said.getUsedMemory())
        .put("maxMemory", said.getMaxMemory())
        .put("version", said.getVersion())
        .put("startedAt", text(said.getStartedAt()))
        .put("heardAt", text(worker.heardAt()));
  }

  private static String text(Instant time) {
    return time.toString();
  }

  private static ObjectNode line(ZoneLoad load) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("stage", load.stage())
        .put("zone", load.zone())
        .put("ready", load.ready() + "/" + (load.ready() + load.others()))
        .put("running", load.running() + "/" + load.capacity())
        .put("queued", load.queued())
        .put("late", load.late())
        .put("due/min", tenths(load.duePerSecond() * 60))
        .put("ran/min", load.ranLately())
        .put("mean-run", load.ranLately() == 0 ? null : Spans.millis((long) load.meanRunMillis()))
        .put("demand", load.ranLately() == 0 ? null : tenths(load.demand()))
        .put("verdict", verdict(load));
  }

  private static String verdict(ZoneLoad load) {
    if (load.abandoned()) {
      return "no agent";
    }
    return load.shortBy() > 0 ? "short by " + tenths(load.shortBy()) : "ok";
  }

  private static ObjectNode document(ZoneLoad load) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("stage", load.stage())
        .put("zone", load.zone())
        .put("ready", load.ready())
        .put("others", load.others())
        .put("capacity", load.capacity())
        .put("running", load.running())
        .put("queued", load.queued())
        .put("late", load.late())
        .put("duePerSecond", load.duePerSecond())
        .put("ranLately", load.ranLately())
        .put("meanRunMillis", load.meanRunMillis())
        .put("demand", load.demand())
        .put("shortBy", load.shortBy());
  }

  private static String tenths(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
