package io.argos.runtime.agent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Keeps the jobs of a plugin whose runs ignore their interrupts from eating up the process, thread
 * by thread. Above a number of leaked runs none of its jobs is run. It recovers when enough of them
 * have come to their end, or when a single job, tried after a while, ends in time. Safe for use by
 * any thread.
 */
final class Quarantine {
  /** Whether a job may run. */
  enum Admission {
    FREE,
    /** It is the one that tries whether the plugin can be relied on again. */
    TRIAL,
    REFUSED
  }

  private static final class Plugin {
    private int leaked;

    /** Leaked runs that a trial has shown to be of the past. */
    private int forgiven;

    private boolean open;
    private boolean tried;
    private long since;
  }

  private final int most;
  private final long period;
  private final LongSupplier nanoTime;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<String, Plugin> plugins = new HashMap<>();

  /**
   * Without any plugin in it.
   *
   * @param most leaked runs of a plugin above which it is quarantined
   * @param period how long before a job tries it again
   */
  Quarantine(int most, Duration period, LongSupplier nanoTime) {
    this.most = most;
    this.period = period.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Whether a job of a plugin may run now. Who is admitted says {@link #ended} or leaks. */
  Admission admission(String name) {
    synchronized (lock) {
      Plugin plugin = plugins.get(name);
      if (plugin == null || !plugin.open) {
        return Admission.FREE;
      }
      if (plugin.tried || nanoTime.getAsLong() - plugin.since < period) {
        return Admission.REFUSED;
      }
      plugin.tried = true;
      return Admission.TRIAL;
    }
  }

  /** A run is given up: it ignores its interrupts. */
  void leaked(String name) {
    synchronized (lock) {
      Plugin plugin = plugins.computeIfAbsent(name, _ -> new Plugin());
      plugin.leaked++;
      if (plugin.open ? plugin.tried : plugin.leaked - plugin.forgiven > most) {
        plugin.open = true;
        plugin.tried = false;
        plugin.since = nanoTime.getAsLong();
      }
    }
  }

  /** A run has ended by itself, or at its deadline. */
  void ended(String name, Admission admission) {
    if (admission == Admission.TRIAL) {
      synchronized (lock) {
        Plugin plugin = plugins.get(name);
        if (plugin != null && plugin.tried) {
          plugin.forgiven = plugin.leaked;
          close(plugin);
        }
      }
    }
  }

  /** A run that was given up has come to its end after all. */
  void returned(String name) {
    synchronized (lock) {
      Plugin plugin = plugins.get(name);
      if (plugin == null) {
        return;
      }
      plugin.leaked--;
      plugin.forgiven = Math.min(plugin.forgiven, plugin.leaked);
      if (plugin.leaked - plugin.forgiven <= most) {
        close(plugin);
      }
      if (plugin.leaked == 0) {
        plugins.remove(name);
      }
    }
  }

  private static void close(Plugin plugin) {
    plugin.open = false;
    plugin.tried = false;
  }

  /** The plugins in quarantine, in the order of their names. */
  List<String> names() {
    return List.copyOf(open().keySet());
  }

  /** The same, one sentence each. */
  List<String> sentences() {
    return open().entrySet().stream()
        .map(plugin ->
            "plugin '%s' is in quarantine: %s".formatted(plugin.getKey(), why(plugin.getValue())))
        .toList();
  }

  /** Why a plugin is in quarantine, for a reader. */
  String why(String name) {
    return why(open().getOrDefault(name, 0));
  }

  private static String why(int leaked) {
    return "%d of its runs ignore their interrupts".formatted(leaked);
  }

  private Map<String, Integer> open() {
    synchronized (lock) {
      Map<String, Integer> open = new TreeMap<>();
      plugins.forEach((name, plugin) -> {
        if (plugin.open) {
          open.put(name, plugin.leaked);
        }
      });
      return open;
    }
  }
}
