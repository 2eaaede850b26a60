package io.argos.runtime.result;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Hands the records of one topic to the producer, in their order, from a thread of its own. A
 * producer that has lost sight of its brokers waits inside its send; here it can, without holding
 * up a job past its deadline or the records of another topic.
 */
final class SendLane implements AutoCloseable {
  /** After this long a record that the producer would not even take is given up. */
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);

  /**
   * Records that come within this time go to the producer together: one wake-up of this thread and
   * of the producer's for all of them, and fuller requests. Nobody waits for a single one.
   */
  private static final long GATHER_MILLIS = 20;

  private record Item(
      ProducerRecord<byte[], byte[]> record,
      CompletableFuture<RecordMetadata> acknowledged,
      long since) {}

  private final Producer<byte[], byte[]> producer;
  private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** Taken from the queue and not yet handed over; of the thread alone. */
  private final ArrayDeque<Item> gathered = new ArrayDeque<>();

  private volatile boolean closed;

  SendLane(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.thread = Thread.ofPlatform().daemon().name("argos-send-" + topic).start(this::run);
  }

  void send(ProducerRecord<byte[], byte[]> record, CompletableFuture<RecordMetadata> acknowledged) {
    queue.add(new Item(record, acknowledged, System.nanoTime()));
    if (closed) {
      failRest();
    }
  }

  private void run() {
    try {
      while (!closed) {
        gathered.add(queue.take());
        Thread.sleep(GATHER_MILLIS);
        queue.drainTo(gathered);
        for (Item item = gathered.poll(); item != null; item = gathered.poll()) {
          send(item);
        }
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    } finally {
      gathered.forEach(item -> fail(item, new IllegalStateException("the producer is closed")));
      failRest();
    }
  }

  private void send(Item item) {
    while (!offered(item)) {
      // The producer has waited its time inside the send; it is asked again.
      if (closed || System.nanoTime() - item.since() > GIVE_UP_AFTER.toNanos()) {
        fail(item, new TimeoutException("the producer did not take the record"));
        return;
      }
    }
  }

  /** False when the producer did not take the record in its time and may be asked again. */
  private boolean offered(Item item) {
    AtomicBoolean returned = new AtomicBoolean();
    AtomicBoolean refused = new AtomicBoolean();
    try {
      producer.send(
          item.record(),
          (metadata, error) -> {
            if (error == null) {
              item.acknowledged().complete(metadata);
            } else if (returned.get() || !(error instanceof TimeoutException)) {
              fail(item, error);
            } else {
              refused.set(true);
            }
          });
    } catch (InterruptException e) {
      fail(item, e);
      throw e;
    } catch (RuntimeException | Error e) {
      // Whatever it was, the records behind it are not to wait for ever.
      fail(item, e);
    }
    returned.set(true);
    return !refused.get();
  }

  private static void fail(Item item, Throwable error) {
    item.acknowledged().completeExceptionally(error);
  }

  private void failRest() {
    for (Item item = queue.poll(); item != null; item = queue.poll()) {
      fail(item, new IllegalStateException("the producer is closed"));
    }
  }

  /** Takes no more; what was not handed over fails. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
