package io.argos.enrichment.plugin.snmp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.snmp.SnmpTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of several credentials each device answered last, so that it is not asked with wrong ones
 * at each enrichment, which it would report as attacks. Of too many devices those enriched longest
 * ago are forgotten. Safe for use by any thread.
 */
final class AnsweredCredentials {
  private static final int MOST = 1 << 16;

  private final Object lock = new Object();

  /** Names of credentials by resource. */
  @GuardedBy("lock")
  private final Map<String, String> names =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  /** The targets, that with the credential answered last before the others. */
  List<SnmpTarget> ordered(String resourceId, List<SnmpTarget> targets) {
    String name;
    synchronized (lock) {
      name = names.getOrDefault(resourceId, "");
    }
    List<SnmpTarget> ordered = new ArrayList<>(targets);
    ordered.sort(Comparator.comparing(target -> !target.credential().name().equals(name)));
    return ordered;
  }

  /** A device has answered a target. */
  void put(String resourceId, SnmpTarget target) {
    synchronized (lock) {
      names.put(resourceId, target.credential().name());
    }
  }
}
