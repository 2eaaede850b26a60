package io.argos.runtime.schedule;

import io.argos.runtime.leadership.LeaderTerm;
import io.argos.schemas.Request;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the requests of one term and answers each with jobs at once. Its offsets are committed
 * behind the acknowledged jobs, so that the next leader goes on where this one ended.
 */
final class RequestReader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RequestReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(3);

  /** Makes the records that answer a request, and sends them. */
  @FunctionalInterface
  interface Answer {
    List<Future<?>> to(Request request, LeaderTerm term);
  }

  /** Takes requests that cannot be read. */
  @FunctionalInterface
  interface Unreadable {
    Future<?> send(ConsumerRecord<byte[], byte[]> record, String reason);
  }

  private final String topic;
  private final LeaderTerm term;
  private final Consumer<byte[], byte[]> consumer;
  private final RecordReader<Request> decoder;
  private final Answer answer;
  private final Unreadable unreadable;
  private final Duration patience;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private boolean troubled;

  RequestReader(
      String topic,
      LeaderTerm term,
      Consumer<byte[], byte[]> consumer,
      RecordReader<Request> decoder,
      Answer answer,
      Unreadable unreadable,
      Duration patience) {
    this.topic = topic;
    this.term = term;
    this.consumer = consumer;
    this.decoder = decoder;
    this.answer = answer;
    this.unreadable = unreadable;
    this.patience = patience;
    this.thread =
        Thread.ofPlatform().name("requests-" + term.epoch()).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    consumer.wakeup();
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        try {
          if (consumer.assignment().isEmpty()) {
            assign();
          } else {
            answerAll(consumer.poll(POLL));
          }
          fine();
        } catch (WakeupException e) {
          log.trace("woken topic={}", topic);
        } catch (InterruptedException | InterruptException e) {
          return;
        } catch (RuntimeException | Error e) {
          // The edge of the task. What was read and not answered is read again.
          trouble(e);
          rewind();
          closing.await(1, TimeUnit.SECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Partitions are assigned by hand, and commits waited for: there is nothing to settle.
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private void assign() {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic, POLL.multipliedBy(4));
    if (partitions == null || partitions.isEmpty()) {
      throw new IllegalStateException("the topic does not exist");
    }
    consumer.assign(
        partitions.stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
  }

  private void answerAll(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    if (records.isEmpty()) {
      return;
    }
    if (!term.mayAct()) {
      rewind();
      closing.await(1, TimeUnit.SECONDS);
      return;
    }
    List<Future<?>> acks = new ArrayList<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      switch (read(record)) {
        case Decoded.Value<Request>(Request request) -> acks.addAll(answer.to(request, term));
        case Decoded.Poison<Request>(String reason) -> acks.add(unreadable.send(record, reason));
      }
      next.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    await(acks);
    consumer.commitSync(next);
  }

  private Decoded<Request> read(ConsumerRecord<byte[], byte[]> record) {
    return decoder.read(record.value());
  }

  private void await(List<Future<?>> acks) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (Future<?> ack : acks) {
      try {
        ack.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new KafkaException("an answer was not acknowledged", e);
      }
    }
  }

  /** Goes back to what is committed. */
  private void rewind() {
    try {
      for (TopicPartition partition : consumer.assignment()) {
        OffsetAndMetadata committed =
            consumer.committed(Set.of(partition), POLL.multipliedBy(4)).get(partition);
        if (committed == null) {
          consumer.seekToBeginning(List.of(partition));
        } else {
          consumer.seek(partition, committed.offset());
        }
      }
    } catch (WakeupException e) {
      log.trace("woken topic={}", topic);
    } catch (RuntimeException e) {
      // Without knowing where to go back to: the assignment is made anew, from what is committed.
      consumer.unsubscribe();
    }
  }

  private void trouble(Throwable e) {
    if (!troubled) {
      troubled = true;
      log.warn("requests cannot be answered, trying on topic={} cause={}", topic, e.toString());
    }
  }

  private void fine() {
    if (troubled) {
      troubled = false;
      log.info("requests are answered again topic={}", topic);
    }
  }
}
