package io.argos.polling.plugin.snmp;

import io.argos.profile.PollPlan;
import java.time.Instant;
import java.util.Optional;

/**
 * What a poller remembers of a device from poll to poll.
 *
 * @param key what the plan was derived from
 * @param plan the plan in force
 * @param outdated true when by the profiles in force the device should be enriched anew, or rows of
 *     the enrichment are not to be had
 * @param credential name of the credential that was answered last
 * @param polls how many there were of this key
 * @param silences how many of the last polls in a row got nothing at all
 * @param usedAt when it was polled last
 */
record DeviceState(
    String key,
    PollPlan plan,
    boolean outdated,
    Optional<String> credential,
    int polls,
    int silences,
    Instant usedAt) {

  /** True when the last poll got nothing at all. */
  boolean dead() {
    return silences > 0;
  }

  /** True when every candidate is worth asking: after twice as many polls in silence each time. */
  boolean isDoubtful() {
    return silences > 1 && Integer.bitCount(silences) == 1;
  }

  /** True when another enrichment is to be asked for: after twice as many polls each time. */
  boolean wantsEnrichment() {
    return outdated && Integer.bitCount(polls) == 1;
  }

  DeviceState answered(String name, Instant at) {
    return new DeviceState(key, plan, outdated, Optional.of(name), polls + 1, 0, at);
  }

  DeviceState silent(Instant at) {
    return new DeviceState(key, plan, outdated, credential, polls + 1, silences + 1, at);
  }
}
