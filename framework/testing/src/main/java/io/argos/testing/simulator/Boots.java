package io.argos.testing.simulator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a device started, by plan and on demand. */
final class Boots {
  /** A start of the device. While {@code now} is before it, the device is restarting. */
  record Boot(Instant at, int number) {}

  private final Instant startedAt;
  private final Instant firstBoot;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private Boot onDemand;

  Boots(Instant startedAt, Duration uptime) {
    this.startedAt = startedAt;
    this.firstBoot = startedAt.minus(uptime);
    this.onDemand = new Boot(firstBoot, 0);
  }

  /** Restarts the device. */
  void reboot(Instant upAt) {
    synchronized (lock) {
      onDemand = new Boot(upAt, onDemand.number() + 1);
    }
  }

  /** The latest start at a time; it may lie ahead. */
  Boot latest(Instant now, Optional<Behaviour.Reboots> plan) {
    Boot demanded;
    synchronized (lock) {
      demanded = onDemand;
    }
    Boot planned = plan.map(reboots -> planned(reboots, now)).orElse(new Boot(firstBoot, 0));
    Instant at = demanded.at().isAfter(planned.at()) ? demanded.at() : planned.at();
    return new Boot(at, demanded.number() + planned.number());
  }

  private Boot planned(Behaviour.Reboots reboots, Instant now) {
    Duration since = Duration.between(startedAt.plus(reboots.after()), now);
    if (since.isNegative()) {
      return new Boot(firstBoot, 0);
    }
    long further = reboots.every().isZero() ? 0 : since.dividedBy(reboots.every());
    Instant down = startedAt.plus(reboots.after()).plus(reboots.every().multipliedBy(further));
    return new Boot(down.plus(reboots.downFor()), (int) further + 1);
  }
}
