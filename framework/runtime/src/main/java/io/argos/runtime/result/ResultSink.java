package io.argos.runtime.result;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Takes the records that a piece of work produces. Safe for use by any thread. */
@FunctionalInterface
public interface ResultSink {
  /**
   * Sends a record. Returns before it is acknowledged; whoever gave the sink waits for that. Blocks
   * while no more records can be held.
   *
   * @throws InterruptedException when the work was cancelled or its deadline has passed
   */
  void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException;
}
