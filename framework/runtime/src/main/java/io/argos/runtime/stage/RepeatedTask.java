package io.argos.runtime.stage;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something done again and again on a thread of its own; a failure is logged and the next is tried.
 */
public final class RepeatedTask implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RepeatedTask.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  /** What is done. */
  @FunctionalInterface
  public interface Task {
    void run() throws InterruptedException;
  }

  private final String name;
  private final Duration every;
  private final Task task;
  private final Thread thread;

  private RepeatedTask(String name, Duration every, Task task) {
    this.name = name;
    this.every = every;
    this.task = task;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
  }

  /** Starts a task, for the first time after one pause. */
  public static RepeatedTask start(String name, Duration every, Task task) {
    RepeatedTask repeated = new RepeatedTask(name, every, task);
    repeated.thread.start();
    return repeated;
  }

  private void loop() {
    try {
      while (true) {
        Thread.sleep(every);
        try {
          task.run();
        } catch (RuntimeException | Error e) {
          log.warn("task failed, trying on task={}", name, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join(CLOSE_WAIT);
  }
}
