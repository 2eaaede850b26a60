package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.schemas.Heartbeat;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees from the heartbeats whether the agents of each zone can do what is due there, and says so
 * once when they cannot, and once when they can again.
 *
 * <p>The demand is Little's: slots per second times the mean time of a run is how many jobs run at
 * once. The capacity is how many may. Where jobs pile up all the same, it says that too. Safe for
 * use by any thread.
 */
final class CapacityWatch {

  private static final Logger log = LoggerFactory.getLogger(CapacityWatch.class);

  /** A shortage is over when the demand is below this part of the capacity. */
  private static final double RELIEVED = 0.9;

  /** Late jobs pile up when they are as many as are due in this time; half of it ends that. */
  private static final double PILE_SECONDS = 5;

  /** Fewer late jobs than this are no pile. */
  private static final int LEAST_PILE = 20;

  /** Times of silence after which an agent is forgotten even if its clock is another's. */
  private static final long KEPT = 10;

  private final String stage;
  private final long silenceMillis;
  private final SchedulerMeters meters;
  private final Object lock = new Object();

  /** The last heartbeat of each agent. */
  @GuardedBy("lock")
  private final Map<String, Heartbeat> agents = new HashMap<>();

  @GuardedBy("lock")
  private final Map<String, Double> shortfalls = new HashMap<>();

  @GuardedBy("lock")
  private final Set<String> shortOf = new HashSet<>();

  @GuardedBy("lock")
  private final Set<String> piled = new HashSet<>();

  CapacityWatch(String stage, Duration silence, SchedulerMeters meters) {
    this.stage = stage;
    this.silenceMillis = silence.toMillis();
    this.meters = meters;
  }

  /** Takes note of a heartbeat. */
  void heard(Heartbeat heartbeat) {
    if (heartbeat.getStage().equals(stage)) {
      synchronized (lock) {
        if (!agents.containsKey(heartbeat.getInstance())) {
          // Who only stands by judges nothing, and would keep each that ever was.
          forgetSilent(heartbeat.getAt().toEpochMilli(), KEPT * silenceMillis);
        }
        agents.merge(
            heartbeat.getInstance(),
            heartbeat,
            (former, next) -> next.getAt().isBefore(former.getAt()) ? former : next);
      }
    }
  }

  /** Somebody else looks after it from now on. */
  void forget() {
    synchronized (lock) {
      shortfalls.replaceAll((_, _) -> 0.0);
      shortOf.clear();
      piled.clear();
    }
  }

  /**
   * Compares demand and capacity.
   *
   * @param rates slots due per second, by zone
   * @param now the time
   */
  void judge(Map<String, Double> rates, long now) {
    synchronized (lock) {
      forgetSilent(now, silenceMillis);
      for (Map.Entry<String, Double> rate : rates.entrySet()) {
        judge(rate.getKey(), rate.getValue());
      }
    }
  }

  @GuardedBy("lock")
  private void forgetSilent(long now, long silence) {
    agents.values().removeIf(agent -> now - agent.getAt().toEpochMilli() >= silence);
  }

  /** How many jobs more should run at once in a zone than may; 0 when there is no shortage. */
  double shortfall(String zone) {
    synchronized (lock) {
      return shortfalls.getOrDefault(zone, 0.0);
    }
  }

  @GuardedBy("lock")
  private void judge(String zone, double rate) {
    List<Heartbeat> ready =
        agents.values().stream()
            .filter(agent -> agent.getReady() && agent.getZone().equals(zone))
            .toList();
    // Without an agent there is no capacity to speak of: that is said by whoever watches the zones.
    long ran = ready.stream().mapToLong(Heartbeat::getRanLately).sum();
    double mean =
        ready.stream()
                .mapToDouble(agent -> (double) agent.getRanLately() * agent.getMeanRunMillis())
                .sum()
            / Math.max(1, ran);
    int capacity = ready.stream().mapToInt(Heartbeat::getCapacity).sum();
    double demand = ready.isEmpty() ? 0 : rate * mean / 1_000;
    if (!shortfalls.containsKey(zone)) {
      meters.shortfall(zone, () -> shortfall(zone));
    }
    shortfalls.put(zone, Math.max(0, demand - capacity));
    if (demand > capacity && shortOf.add(zone)) {
      log.warn(
          "capacity is short of demand stage={} zone={} demand={} capacity={} short={} agents={} meanRunMillis={}",
          stage,
          zone,
          tenths(demand),
          capacity,
          tenths(demand - capacity),
          ready.size(),
          Math.round(mean));
    } else if (demand < capacity * RELIEVED && shortOf.remove(zone)) {
      log.info(
          "capacity meets the demand again stage={} zone={} demand={} capacity={}",
          stage,
          zone,
          tenths(demand),
          capacity);
    }
    judgePile(zone, rate, ready);
  }

  @GuardedBy("lock")
  private void judgePile(String zone, double rate, List<Heartbeat> ready) {
    int late = ready.stream().mapToInt(Heartbeat::getLate).sum();
    double pile = Math.max(LEAST_PILE, rate * PILE_SECONDS);
    if (late > pile && piled.add(zone)) {
      log.warn(
          "late jobs pile up stage={} zone={} late={} duePerSecond={} agents={}",
          stage,
          zone,
          late,
          tenths(rate),
          ready.size());
    } else if (late < pile / 2 && piled.remove(zone)) {
      log.info("late jobs are worked off stage={} zone={} late={}", stage, zone, late);
    }
  }

  private static String tenths(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
