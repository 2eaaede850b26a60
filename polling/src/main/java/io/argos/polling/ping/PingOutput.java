package io.argos.polling.ping;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ping of iputils prints in the locale {@code C}. Pure. */
final class PingOutput {
  private static final Pattern SUMMARY =
      Pattern.compile(
          "^(\\d{1,9}) packets transmitted, (\\d{1,9}) received"
              + "(?:, \\+\\d{1,9} (?:duplicates|corrupted|errors))*"
              + ", \\d{1,3}(?:\\.\\d{1,6})?% packet loss, time \\d{1,9}ms$",
          Pattern.MULTILINE);

  private static final String MILLIS = "(\\d{1,9}\\.\\d{3})";

  private static final Pattern ROUND_TRIPS =
      Pattern.compile(
          "^rtt min/avg/max/mdev = "
              + String.join("/", MILLIS, MILLIS, MILLIS, MILLIS)
              + " ms(?:, pipe \\d{1,9})?(?:, ipg/ewma [\\d./]{1,40} ms)?$",
          Pattern.MULTILINE);

  /** Such as {@code From 10.0.0.1 icmp_seq=1 Destination Host Unreachable}. */
  private static final Pattern TOLD =
      Pattern.compile("^From \\S{1,80} icmp_seq=\\d{1,9} (.{1,120})$", Pattern.MULTILINE);

  /** The kernel knows no way to the machine: {@code ping: connect: Network is unreachable}. */
  private static final Pattern NO_WAY =
      Pattern.compile("^ping6?: (?:connect|sendmsg): (.{1,120})$", Pattern.MULTILINE);

  private PingOutput() {}

  /** What the program said of a machine. */
  static PingAnswer read(int exit, String output, String errors) {
    Matcher summary = SUMMARY.matcher(output);
    if (!summary.find()) {
      Matcher noWay = NO_WAY.matcher(errors);
      return noWay.find()
          ? new PingAnswer.Silent(Optional.empty(), noWay.group(1))
          : new PingAnswer.NotTried(complaint(exit, errors));
    }
    int transmitted = Integer.parseInt(summary.group(1));
    int received = Integer.parseInt(summary.group(2));
    if (transmitted == 0 || received > transmitted) {
      return new PingAnswer.NotTried("ping counts what cannot be: " + summary.group());
    }
    PingStatistics statistics = new PingStatistics(transmitted, received, roundTrips(output));
    return received > 0
        ? new PingAnswer.Answered(statistics)
        : new PingAnswer.Silent(Optional.of(statistics), told(output, errors));
  }

  private static Optional<PingStatistics.RoundTrips> roundTrips(String output) {
    Matcher line = ROUND_TRIPS.matcher(output);
    return line.find()
        ? Optional.of(
            new PingStatistics.RoundTrips(
                Double.parseDouble(line.group(1)),
                Double.parseDouble(line.group(2)),
                Double.parseDouble(line.group(3)),
                Double.parseDouble(line.group(4))))
        : Optional.empty();
  }

  private static String told(String output, String errors) {
    Matcher told = TOLD.matcher(output);
    if (told.find()) {
      return told.group(1);
    }
    Matcher noWay = NO_WAY.matcher(errors);
    return noWay.find() ? noWay.group(1) : "";
  }

  private static String complaint(int exit, String errors) {
    String first = errors.lines().findFirst().orElse("");
    return first.isEmpty() ? "ping ended with " + exit + " and said nothing readable" : first;
  }
}
