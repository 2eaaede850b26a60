package io.argos.deploy.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.deploy.faults.scenario.Scenario;
import io.argos.deploy.faults.scenario.Scenarios;
import io.argos.deploy.process.Timers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code deploy/faults}. */
@Command(
    name = "deploy/faults",
    sortOptions = false,
    description = {
      "Does harm to an estate of real processes on this machine and checks that it costs no poll:",
      "every slot polled, no polls at the same time, every job ended, every result kept.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 nothing broke a rule, 1 something did (the logs are kept), 2 wrong usage."
    })
final class FaultsMain implements Callable<Integer> {
  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Repeat a run of this seed; by default a new one, which is printed.")
  private long seed = Math.abs(System.nanoTime() % 1_000_000_000);

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Draw scenarios at random for so long, instead of running each once.")
  private int minutes;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "Run this one only; may be given several times.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--real-timers",
      description = "Interval 60 s, lookahead 30 s, sessions 6 s, instead of a sixth of that.")
  private boolean realTimers;

  @Option(
      names = "--group-session",
      paramLabel = "S",
      description = "Seconds after which a silent agent's partitions go to others.")
  private int groupSession;

  @Option(
      names = "--short",
      description = "Repeat each harm as often as CI does, not as the whole.")
  private boolean brief;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      hidden = true,
      description = "Where data and logs go.")
  private Path folder = Path.of("target", "faults");

  @Option(names = "--list", description = "List the scenarios.")
  private boolean list;

  @Option(names = "--help", usageHelp = true, description = "Print this.")
  private boolean help;

  @Spec private CommandSpec spec;

  private FaultsMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new FaultsMain());
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (list) {
      Scenarios.all()
          .forEach(scenario -> out().printf("%-16s %s%n", scenario.name(), scenario.sentence()));
      return 0;
    }
    if (minutes < 0) {
      throw new ParameterException(spec.commandLine(), "--minutes: " + minutes + " is below 0");
    }
    if (groupSession < 0) {
      throw new ParameterException(
          spec.commandLine(), "--group-session: " + groupSession + " is below 0");
    }
    List<Scenario> scenarios =
        names.isEmpty() ? Scenarios.all() : names.stream().map(this::scenario).toList();
    Path run = Files.createDirectories(folder.resolve("seed-" + seed)).toAbsolutePath();
    FaultPlan plan = new FaultPlan(scenarios, seed, Duration.ofMinutes(minutes), !brief, timers());
    List<Verdict> verdicts = plan.run(run, line -> out().println(line));
    return report(verdicts, run);
  }

  private Timers timers() {
    Timers timers = realTimers ? Timers.REAL : Timers.COMPRESSED;
    return groupSession == 0 ? timers : timers.withGroupSession(Duration.ofSeconds(groupSession));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private Scenario scenario(String name) {
    return Scenarios.named(name)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "--scenario: '%s' is none of %s"
                    .formatted(
                        name,
                        Scenarios.all().stream()
                            .map(Scenario::name)
                            .collect(Collectors.joining(", ")))));
  }

  private int report(List<Verdict> verdicts, Path run) throws IOException {
    boolean ok = verdicts.stream().allMatch(Verdict::ok);
    out().println();
    verdicts.forEach(verdict -> out().println(verdict.line()));
    if (realTimers) {
      Goal.of(verdicts).forEach(goal -> out().println(goal.line()));
    }
    if (ok) {
      delete(run);
    } else {
      out().println("A rule was broken; the logs are in " + run);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("faults", ok ? "ok" : "failed");
    json.put("seed", seed);
    json.put("realTimers", realTimers);
    ArrayNode all = json.putArray("scenarios");
    verdicts.forEach(verdict -> all.add(verdict.json()));
    out().println(json);
    return ok ? 0 : 1;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
