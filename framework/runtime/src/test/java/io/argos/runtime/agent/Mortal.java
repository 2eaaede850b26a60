package io.argos.runtime.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * Kafka clients of an agent that can die like a killed process: nothing it sends arrives any more,
 * and the group learns of it by its silence alone.
 */
final class Mortal {
  private final CountDownLatch buried = new CountDownLatch(1);
  private volatile boolean dead;

  /** Nothing leaves it from now on; what is under way stands still. */
  void kill() {
    dead = true;
  }

  boolean dead() {
    return dead;
  }

  /** Ends what stands still, so that the threads can end. */
  void bury() {
    buried.countDown();
  }

  /** Stands still until the burial when dead. */
  void live() throws InterruptedException {
    if (dead) {
      buried.await();
      throw new KafkaException("dead");
    }
  }

  @SuppressWarnings("unchecked")
  Consumer<byte[], byte[]> consumer(Consumer<byte[], byte[]> real) {
    boolean[] silent = new boolean[1];
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Mortal.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (_, method, arguments) -> {
              if (dead && !silent[0]) {
                silent[0] = true;
                real.close(
                    CloseOptions.groupMembershipOperation(
                        CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
              }
              live();
              return call(() -> method.invoke(real, arguments));
            });
  }

  @SuppressWarnings("unchecked")
  Producer<byte[], byte[]> producer(Producer<byte[], byte[]> real) {
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Mortal.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (_, method, arguments) -> {
              if (!method.getName().equals("close")) {
                live();
              }
              return call(() -> method.invoke(real, arguments));
            });
  }

  private interface Call {
    Object run() throws ReflectiveOperationException;
  }

  private static Object call(Call call) throws Throwable {
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
