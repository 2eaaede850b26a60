package io.argos.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of every record: the attributes of CloudEvents 1.0 in its Kafka binding (binary
 * mode), and a W3C trace context. Every writer sets them anew; only the trace is carried on.
 */
public final class EventHeaders {
  private static final HexFormat HEX = HexFormat.of();
  private static final String TRACE_PARENT = "traceparent";

  private EventHeaders() {}

  /**
   * Sets the headers of a record that starts a trace.
   *
   * @param headers headers of the record, changed in place
   * @param id deterministic id of the record
   * @param type type of the record, such as {@code io.argos.Job}
   * @param source instance or topology that writes it
   * @param time when what it tells happened
   */
  public static void set(Headers headers, String id, String type, String source, Instant time) {
    set(headers, id, type, source, time, Optional.empty());
  }

  /** The same for a record caused by another, whose trace it carries on. */
  public static void set(
      Headers headers,
      String id,
      String type,
      String source,
      Instant time,
      Optional<String> trace) {
    put(headers, "ce_specversion", "1.0");
    put(headers, "ce_id", id);
    put(headers, "ce_type", type);
    put(headers, "ce_source", source);
    put(headers, "ce_time", time.toString());
    put(headers, TRACE_PARENT, trace.orElseGet(EventHeaders::newTrace));
  }

  /** The trace of a record, to be carried on. */
  public static Optional<String> trace(Headers headers) {
    Header header = headers.lastHeader(TRACE_PARENT);
    return header == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String newTrace() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "00-"
        + HEX.toHexDigits(random.nextLong())
        + HEX.toHexDigits(random.nextLong() | 1)
        + '-'
        + HEX.toHexDigits(random.nextLong() | 1)
        + "-00";
  }
}
