package io.argos.polling.plugin.snmp;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The states of the devices that an instance polls; those no longer polled are forgotten. */
final class DeviceStates {
  private static final long SWEEP_EVERY = 4_096;
  private static final Duration LONGEST_UNUSED = Duration.ofHours(1);

  private final Map<String, DeviceState> states = new ConcurrentHashMap<>();

  /** Devices that were silent last time and are not enriched, with the time of that. */
  private final Map<String, Instant> silentStrangers = new ConcurrentHashMap<>();

  private final AtomicLong uses = new AtomicLong();

  Optional<DeviceState> find(String resourceId) {
    return Optional.ofNullable(states.get(resourceId));
  }

  void put(String resourceId, DeviceState state, Duration interval) {
    states.put(resourceId, state);
    silentStrangers.remove(resourceId);
    if (uses.incrementAndGet() % SWEEP_EVERY == 0) {
      sweep(state.usedAt(), interval);
    }
  }

  /** Whether a device that nobody knows was silent last time. */
  boolean isSilentStranger(String resourceId) {
    return silentStrangers.containsKey(resourceId);
  }

  void putSilentStranger(String resourceId, Instant at, Duration interval) {
    silentStrangers.put(resourceId, at);
    if (uses.incrementAndGet() % SWEEP_EVERY == 0) {
      sweep(at, interval);
    }
  }

  void removeStranger(String resourceId) {
    silentStrangers.remove(resourceId);
  }

  private void sweep(Instant now, Duration interval) {
    Duration longest = interval.multipliedBy(3);
    Instant oldest = now.minus(longest.compareTo(LONGEST_UNUSED) > 0 ? longest : LONGEST_UNUSED);
    states.values().removeIf(state -> state.usedAt().isBefore(oldest));
    silentStrangers.values().removeIf(at -> at.isBefore(oldest));
  }

  int size() {
    return states.size();
  }
}
