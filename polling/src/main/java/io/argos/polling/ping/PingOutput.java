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

  /** What the kernel says instead of sending a packet; perhaps because of what a router said. */
  private static final Pattern NOT_SENT =
      Pattern.compile("^ping6?: sendmsg: (.{1,120})$", Pattern.MULTILINE);

  /** Of these only a packet filter of this machine is the reason. */
  private static final Pattern FILTERED =
      Pattern.compile("^ping6?: sendmsg: Operation not permitted$", Pattern.MULTILINE);

  private PingOutput() {}

  /** What the program said of a machine. */
  static PingAnswer read(int exit, String output, String errors) {
    Matcher summary = SUMMARY.matcher(output);
    if (!summary.find()) {
      // Among others for want of a route: ping: connect: Network is unreachable.
      return new PingAnswer.NotTried(complaint(exit, errors));
    }
    int transmitted = Integer.parseInt(summary.group(1));
    int received = Integer.parseInt(summary.group(2));
    if (transmitted == 0 || received > transmitted) {
      return new PingAnswer.NotTried("ping counts what cannot be: " + summary.group());
    }
    if (received == 0 && FILTERED.matcher(errors).results().count() >= transmitted) {
      // It counts as transmitted what was never sent.
      return new PingAnswer.NotTried(complaint(exit, errors));
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
    Matcher notSent = NOT_SENT.matcher(errors);
    return notSent.find() ? notSent.group(1) : "";
  }

  private static String complaint(int exit, String errors) {
    String first = errors.lines().findFirst().orElse("");
    return first.isEmpty() ? "ping ended with " + exit + " and said nothing readable" : first;
  }
}
