package io.argos.runtime.table;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where records go that cannot be read, usually the topic's dead letters. */
@FunctionalInterface
public interface PoisonListener {

  /**
   * A record could not be read.
   *
   * @param record the record as it came
   * @param reason why, in words
   */
  void poisoned(ConsumerRecord<byte[], byte[]> record, String reason);
}
