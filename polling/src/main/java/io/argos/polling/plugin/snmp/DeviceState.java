package io.argos.polling.plugin.snmp;

import io.argos.profile.PollPlan;
import java.time.Instant;
import java.util.Optional;

/**
 * What a poller remembers of a device from poll to poll.
 *
 * @param key what the plan was derived from
 * @param plan the plan in force
 * @param outdated true when by the profiles in force the device should be enriched anew
 * @param credential name of the credential that was answered last
 * @param dead true when the last poll got nothing at all
 * @param usedAt when it was polled last
 */
record DeviceState(
    String key,
    PollPlan plan,
    boolean outdated,
    Optional<String> credential,
    boolean dead,
    Instant usedAt) {

  DeviceState answered(String name, Instant at) {
    return new DeviceState(key, plan, outdated, Optional.of(name), false, at);
  }

  DeviceState silent(Instant at) {
    return new DeviceState(key, plan, outdated, credential, true, at);
  }
}
