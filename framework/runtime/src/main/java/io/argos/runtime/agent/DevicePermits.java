package io.argos.runtime.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs work on a device at once, by kind of work. A permit that is given back goes to the
 * job that waits for it and was due first. Not safe for threads: guarded by its owner.
 */
final class DevicePermits {
  private record Device(String resourceId, PermitClass kind) {}

  private static final class Use {
    private int taken;
    private final PriorityQueue<HeldJob> waiting = new PriorityQueue<>(HeldJob.DUE_FIRST);
  }

  private final Map<Device, Use> uses = new HashMap<>();

  /** Takes a permit, or lets the job wait for one. */
  boolean take(HeldJob job) {
    Use use = uses.computeIfAbsent(deviceOf(job), _ -> new Use());
    if (use.taken < job.permit.jobsPerDevice()) {
      use.taken++;
      return true;
    }
    use.waiting.add(job);
    return false;
  }

  /** Gives a permit back. The job that has it now, or null. */
  @Nullable HeldJob release(HeldJob job) {
    Device device = deviceOf(job);
    Use use = uses.get(device);
    if (use == null) {
      throw new IllegalStateException("no permit is taken for " + device);
    }
    for (HeldJob next = use.waiting.poll(); next != null; next = use.waiting.poll()) {
      if (next.place == HeldJob.Place.DEVICE) {
        return next;
      }
    }
    use.taken--;
    if (use.taken == 0) {
      uses.remove(device);
    }
    return null;
  }

  /** Permits taken, on all devices. */
  int taken() {
    return uses.values().stream().mapToInt(use -> use.taken).sum();
  }

  private static Device deviceOf(HeldJob job) {
    return new Device(job.target().resourceId(), job.permit);
  }
}
