package io.argos.enrichment.plugin.snmp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Devices that at their last run did not answer all that says what they are. An answer that got
 * lost once may come the next time, and until then nothing is made of it; one that a device never
 * gives must not keep it from being enriched for ever. Safe for use by any thread.
 */
final class HalfAnswers {
  private final Set<String> resources = ConcurrentHashMap.newKeySet();

  /** True when it was so at the last run as well, and the rest will have to do. */
  boolean isAgain(String resourceId) {
    return resources.contains(resourceId);
  }

  /** How the run went. */
  void put(String resourceId, boolean half) {
    if (half) {
      resources.add(resourceId);
    } else {
      resources.remove(resourceId);
    }
  }
}
