package io.argos.deploy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Drops the warnings of libraries that warn of nothing: of what they do at every start, or mend
 * themselves at once. Each is named, so that the same class can still warn of other things.
 */
final class Noise extends Filter<ILoggingEvent> {
  /**
   * One line that nobody needs.
   *
   * @param logger end of the logger's name
   * @param text what the message contains
   */
  private record Line(String logger, String text) {
    boolean is(ILoggingEvent event) {
      return event.getLoggerName().endsWith(logger) && event.getFormattedMessage().contains(text);
    }
  }

  private static final List<Line> LINES =
      List.of(
          // Kafka's own controller closes its client twice.
          new Line("clients.NetworkClient", "NetworkClient that has already been closed"),
          // Streams makes its internal topics a moment later.
          new Line("clients.NetworkClient", "-repartition=UNKNOWN_TOPIC_OR_PARTITION"),
          new Line("clients.NetworkClient", "-changelog=UNKNOWN_TOPIC_OR_PARTITION"),
          // The transaction before is still being completed; the producer waits and sends again.
          new Line("producer.internals.Sender", "CONCURRENT_TRANSACTIONS"),
          // No topology has a global table.
          new Line("streams.StreamsConfig", "handler is not enabled for the GlobalThread"),
          // One instance has nowhere to put a standby.
          new Line("assignment.DefaultStandbyTaskAssignor", "Unable to assign"),
          new Line("controller.QuorumController", "Performing controller activation"),
          new Line("server.ServerCnxnFactory", "maxCnxns is not configured"),
          // Curator says so when the last user of a client has left it.
          new Line("state.ConnectionStateManager", "There are no ConnectionStateListeners"));

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return LINES.stream().anyMatch(line -> line.is(event)) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
