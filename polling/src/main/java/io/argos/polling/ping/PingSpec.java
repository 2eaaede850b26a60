package io.argos.polling.ping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a machine is pinged.
 *
 * @param count packets sent, {@link #SPACING} apart
 * @param timeout from the first packet until the last answer is given up
 */
public record PingSpec(int count, Duration timeout) {
  /** Most packets of one ping, so that what the program prints fits into its pipe. */
  static final int MOST = 100;

  /** The closest spacing that ping allows to everybody. */
  static final Duration SPACING = Duration.ofMillis(200);

  /** Least time for the answer to the last packet. */
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

  /**
   * What is wrong with settings; empty when nothing is.
   *
   * @param countKey name of the setting that says how many packets, for the messages
   * @param timeoutKey name of the setting that says how long
   */
  public static List<String> problems(
      String countKey, long count, String timeoutKey, Duration timeout) {
    List<String> problems = new ArrayList<>();
    if (count < 1 || count > MOST) {
      problems.add("%s: %d is not between 1 and %d".formatted(countKey, count, MOST));
    } else if (timeout.compareTo(least(count)) < 0) {
      problems.add(
          "%s: %d packets, %d ms apart, need %d ms at least"
              .formatted(timeoutKey, count, SPACING.toMillis(), least(count).toMillis()));
    }
    return problems;
  }

  private static Duration least(long count) {
    return SPACING.multipliedBy(count - 1).plus(SHORTEST_WAIT);
  }

  /** As many of the packets as fit into a time; empty when none does. */
  Optional<PingSpec> within(Duration time) {
    Duration shorter = time.compareTo(timeout) < 0 ? time : timeout;
    if (shorter.compareTo(SHORTEST_WAIT) < 0) {
      return Optional.empty();
    }
    long fitting = 1 + shorter.minus(SHORTEST_WAIT).dividedBy(SPACING);
    return Optional.of(new PingSpec((int) Math.min(count, fitting), shorter));
  }

  /** The program's arguments, before the address. */
  List<String> arguments() {
    // The time of -W begins with the last packet. -w would bound the whole instead, but it makes
    // ping send on until all packets are answered, and a dead machine get several times as many.
    Duration lastWait = timeout.minus(SPACING.multipliedBy(count - 1));
    return List.of(
        "-n", "-c", Integer.toString(count), "-i", seconds(SPACING), "-W", seconds(lastWait));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}
