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
  private final AtomicLong uses = new AtomicLong();

  Optional<DeviceState> find(String resourceId) {
    return Optional.ofNullable(states.get(resourceId));
  }

  void put(String resourceId, DeviceState state, Duration interval) {
    states.put(resourceId, state);
    if (uses.incrementAndGet() % SWEEP_EVERY == 0) {
      sweep(state.usedAt(), interval);
    }
  }

  private void sweep(Instant now, Duration interval) {
    Duration longest = interval.multipliedBy(3);
    Instant oldest = now.minus(longest.compareTo(LONGEST_UNUSED) > 0 ? longest : LONGEST_UNUSED);
    states.values().removeIf(state -> state.usedAt().isBefore(oldest));
  }

  int size() {
    return states.size();
  }
}
