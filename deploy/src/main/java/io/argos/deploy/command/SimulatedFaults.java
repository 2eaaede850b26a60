package io.argos.deploy.command;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.simulator.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The faults that simulated devices have. Mixed into a command. */
@Command
final class SimulatedFaults {
  /** Rows of a looping column before it begins anew. */
  private static final int ROWS = 3;

  private static final Duration DOWN = Duration.ofSeconds(10);
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  @Option(names = "--drop", paramLabel = "SHARE", description = "Share of requests lost, 0 to 1.")
  private Optional<Double> drop = Optional.empty();

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      description = "Time that each answer takes, such as 300ms.")
  private Optional<String> delay = Optional.empty();

  @Option(
      names = "--too-big",
      paramLabel = "N",
      description = "Requests for more than N values are tooBig.")
  private Optional<Integer> tooBig = Optional.empty();

  @Option(
      names = "--loop",
      paramLabel = "OID",
      description = "A walk of this column leads from its third row back to the first.")
  private List<String> loops = new ArrayList<>();

  @Option(
      names = "--endless",
      paramLabel = "OID",
      description = "A walk of this column never ends.")
  private List<String> endless = new ArrayList<>();

  @Option(names = "--cut", paramLabel = "N", description = "Each N-th answer ends in the middle.")
  private Optional<Integer> cut = Optional.empty();

  @Option(names = "--garbage", paramLabel = "N", description = "Each N-th answer is noise.")
  private Optional<Integer> garbage = Optional.empty();

  @Option(names = "--duplicate", paramLabel = "N", description = "Each N-th answer comes twice.")
  private Optional<Integer> duplicate = Optional.empty();

  @Option(
      names = "--wrong-id",
      paramLabel = "N",
      description = "Each N-th answer has a request id that was not asked.")
  private Optional<Integer> wrongId = Optional.empty();

  @Option(
      names = "--reboot-every",
      paramLabel = "TIME",
      description = "Restarts with ten seconds of silence; uptime and counters begin anew.")
  private Optional<String> reboot = Optional.empty();

  /**
   * The faults that were asked for.
   *
   * @throws picocli.CommandLine.ParameterException when one makes no sense
   */
  List<Behaviour> behaviours(Context context) {
    List<Behaviour> faults = new ArrayList<>();
    drop.ifPresent(share -> {
      if (!(share >= 0 && share <= 1)) {
        throw context.usage("--drop: '" + share + "' is not between 0 and 1");
      }
      faults.add(new Behaviour.Lossy(share, 1));
    });
    delay.ifPresent(text -> faults.add(new Behaviour.Slow(time(context, "--delay", text))));
    count(context, "--too-big", tooBig).ifPresent(n -> faults.add(new Behaviour.TooBig(n)));
    loops.forEach(text -> faults.add(new Behaviour.Loops(column(context, "--loop", text), ROWS)));
    endless.forEach(text -> faults.add(new Behaviour.Endless(column(context, "--endless", text))));
    count(context, "--cut", cut).ifPresent(n -> faults.add(new Behaviour.CutShort(n)));
    count(context, "--garbage", garbage).ifPresent(n -> faults.add(new Behaviour.Garbage(n)));
    count(context, "--duplicate", duplicate)
        .ifPresent(n -> faults.add(new Behaviour.Duplicates(n)));
    count(context, "--wrong-id", wrongId)
        .ifPresent(n -> faults.add(new Behaviour.WrongRequestIds(n)));
    reboot.ifPresent(text -> {
      Duration every = time(context, "--reboot-every", text);
      faults.add(new Behaviour.Reboots(every, every, DOWN));
    });
    return faults;
  }

  private static Optional<Integer> count(Context context, String option, Optional<Integer> given) {
    if (given.filter(number -> number < 1).isPresent()) {
      throw context.usage(option + " must be at least 1");
    }
    return given;
  }

  private static Duration time(Context context, String option, String text) {
    Matcher found = TIME.matcher(text);
    if (!found.matches() || Long.parseLong(found.group(1)) == 0) {
      throw context.usage(option + ": '" + text + "' is not a time such as 300ms, 10s or 5m");
    }
    long number = Long.parseLong(found.group(1));
    return switch (found.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private static ObjectId column(Context context, String option, String text) {
    try {
      return ObjectId.parse(text);
    } catch (IllegalArgumentException e) {
      throw context.usage(option + ": " + e.getMessage());
    }
  }
}
