package io.argos.polling.trap;

import io.argos.schemas.Event;
import io.argos.schemas.Severity;
import io.argos.schemas.topic.HashId;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The traps of known resources that were dropped for being too many, told by one event a resource
 * and span: whoever follows the events knows that what they say of it may not be the last. For one
 * thread.
 */
final class TrapLosses {
  /** Type of its events. */
  static final String TYPE = "snmp.traps_lost";

  private final Duration every;
  private final TrapSenders senders;
  private final String source;
  private final Map<String, Integer> lost = new LinkedHashMap<>();
  private Instant told = Instant.MIN;

  /**
   * @param every length of a span
   * @param senders whose address is whose
   * @param source name of this instance
   */
  TrapLosses(Duration every, TrapSenders senders, String source) {
    this.every = every;
    this.senders = senders;
    this.source = source;
  }

  /** Counts what came from an address; of strangers there is nothing to tell. */
  void add(InetAddress address, int count) {
    senders.of(address).ifPresent(id -> lost.merge(id, count, Integer::sum));
  }

  /** The events that are due: none before a span is over. */
  List<Event> due(Instant now) {
    // What was told after now was told before the clock was set back.
    boolean early =
        !told.equals(Instant.MIN) && !told.isAfter(now) && told.plus(every).isAfter(now);
    if (lost.isEmpty() || early) {
      return List.of();
    }
    told = now;
    List<Event> events = new ArrayList<>();
    lost.forEach((id, count) -> events.add(event(id, count, now)));
    lost.clear();
    return events;
  }

  private Event event(String resourceId, int count, Instant now) {
    return Event.newBuilder()
        .setId(HashId.of("traps lost", source, resourceId, now.toString()))
        .setResourceId(resourceId)
        .setType(TYPE)
        .setSeverity(Severity.WARNING)
        .setAt(now)
        .setSummary("%d traps were lost, since it sends too many".formatted(count))
        .setAttributes(Map.of("lost", Integer.toString(count)))
        .build();
  }
}
