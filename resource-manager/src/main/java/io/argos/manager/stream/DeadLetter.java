package io.argos.manager.stream;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record as it goes to dead letters: its own key, value and headers, and why it could not be
 * used.
 */
final class DeadLetter {
  /**
   * Room for the headers below the broker's limit of a megabyte; a larger letter stops the task.
   */
  private static final int LARGEST_VALUE = 1_000_000;

  private static final int LONGEST_REASON = 1_000;

  private DeadLetter() {}

  static Record<byte[], byte[]> of(
      Record<byte[], byte[]> raw, RecordMetadata place, String reader, String reason) {
    Headers headers = new RecordHeaders(raw.headers());
    put(headers, "topic", place.topic());
    put(headers, "partition", Integer.toString(place.partition()));
    put(headers, "offset", Long.toString(place.offset()));
    put(headers, "reader", reader);
    put(headers, "reason", shortened(reason));
    byte[] value = raw.value();
    if (value != null && value.length > LARGEST_VALUE) {
      put(headers, "truncated", Integer.toString(value.length));
      value = java.util.Arrays.copyOf(value, LARGEST_VALUE);
    }
    return new Record<>(raw.key(), value, Math.max(0, raw.timestamp()), headers);
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }

  private static void put(Headers headers, String name, String value) {
    String full = "argos-dlq-" + name;
    headers.remove(full);
    headers.add(full, value.getBytes(StandardCharsets.UTF_8));
  }
}
