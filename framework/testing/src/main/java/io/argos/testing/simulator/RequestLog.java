package io.argos.testing.simulator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the simulated devices were asked: the ground truth of tests about missed and repeated polls.
 * The latest requests are kept in memory; all of them go to a file where there is one. Safe for use
 * by any thread.
 */
public final class RequestLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RequestLog.class);

  private final Object lock = new Object();
  private final int capacity;

  @GuardedBy("lock")
  private final ArrayDeque<Request> latest = new ArrayDeque<>();

  private final @Nullable BufferedWriter file;

  @GuardedBy("lock")
  private long total;

  @GuardedBy("lock")
  private boolean fileFailed;

  private RequestLog(int capacity, @Nullable BufferedWriter file) {
    this.capacity = capacity;
    this.file = file;
  }

  /** A log that keeps the latest requests. */
  public static RequestLog inMemory(int capacity) {
    return new RequestLog(capacity, null);
  }

  /** A log that also appends each request to a file, as a line of JSON. */
  public static RequestLog toFile(int capacity, Path file) {
    try {
      return new RequestLog(
          capacity,
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the request log " + file, e);
    }
  }

  void add(Request request) {
    synchronized (lock) {
      total++;
      if (latest.size() == capacity) {
        latest.poll();
      }
      if (capacity > 0) {
        latest.add(request);
      }
      write(request);
    }
  }

  @GuardedBy("lock")
  private void write(Request request) {
    if (file == null || fileFailed) {
      return;
    }
    try {
      file.write(request.toJson());
      file.newLine();
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Brings what was added to the file. */
  void flush() {
    synchronized (lock) {
      if (file == null || fileFailed) {
        return;
      }
      try {
        file.flush();
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  @GuardedBy("lock")
  private void fail(IOException e) {
    fileFailed = true;
    log.error("the request log cannot be written, requests are no longer logged to it", e);
  }

  /** The latest requests, oldest first. */
  public List<Request> latest() {
    synchronized (lock) {
      return List.copyOf(latest);
    }
  }

  /** The latest requests to one device, oldest first. */
  public List<Request> latest(String device) {
    return latest().stream().filter(request -> request.device().equals(device)).toList();
  }

  /** The latest request of all. */
  public Optional<Request> last() {
    synchronized (lock) {
      return Optional.ofNullable(latest.peekLast());
    }
  }

  /** Requests since the start, also those no longer kept. */
  public long total() {
    synchronized (lock) {
      return total;
    }
  }

  /** Forgets what is kept in memory. */
  public void clear() {
    synchronized (lock) {
      latest.clear();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (file == null) {
        return;
      }
      try {
        file.close();
      } catch (IOException e) {
        if (!fileFailed) {
          fail(e);
        }
      }
    }
  }
}
