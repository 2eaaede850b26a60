package io.argos.discovery.plugin.subnet;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What one instance sweeps, how, and what it says of all that it finds. */
record SweepSettings(Addresses addresses, List<String> credentials, Asking asking, Saying saying) {
  SweepSettings {
    credentials = List.copyOf(credentials);
  }

  /** How addresses are asked. */
  record Asking(int port, Duration timeout, int retries, int concurrency, int packetsPerSecond) {}

  /** What is claimed of every device. */
  record Saying(
      String site,
      String resourceClass,
      String subclass,
      Map<String, String> labels,
      int rank,
      long ttlSeconds) {
    Saying {
      labels = Map.copyOf(labels);
    }
  }
}
