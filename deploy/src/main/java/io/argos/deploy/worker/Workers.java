package io.argos.deploy.worker;

import io.argos.schemas.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Folds heartbeats into who is there. One process may serve several stages, and is a worker in each
 * of them. A pure function of its input; not safe for threads.
 */
public final class Workers {

  /**
   * Where agents are counted together.
   *
   * @param stage the stage
   * @param zone the zone
   */
  public record Place(String stage, String zone) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byStage = stage.compareTo(other.stage);
      return byStage == 0 ? zone.compareTo(other.zone) : byStage;
    }
  }

  private record Heard(Heartbeat said, Instant at) {}

  private final SortedMap<String, Heard> last = new TreeMap<>();

  /**
   * A heartbeat was read.
   *
   * @param at when the broker had it
   */
  public void heard(Heartbeat heartbeat, Instant at) {
    last.merge(
        heartbeat.getStage() + '|' + heartbeat.getInstance(),
        new Heard(heartbeat, at),
        (former, next) -> next.at().isBefore(former.at()) ? former : next);
  }

  /**
   * All that were heard of, by stage and name.
   *
   * @param now the time
   * @param patience silence from which on one counts as gone
   */
  public List<Worker> at(Instant now, Duration patience) {
    return last.values().stream().map(heard -> worker(heard, now, patience)).toList();
  }

  private static Worker worker(Heard heard, Instant now, Duration patience) {
    Duration between = Duration.between(heard.at(), now);
    Duration silence = between.isNegative() ? Duration.ZERO : between;
    return new Worker(heard.said(), heard.at(), silence, standing(heard.said(), silence, patience));
  }

  private static Worker.Standing standing(Heartbeat said, Duration silence, Duration patience) {
    if (silence.compareTo(patience) >= 0) {
      return Worker.Standing.SILENT;
    }
    if (!said.getReady()) {
      return Worker.Standing.UNREADY;
    }
    return said.getBlocked() ? Worker.Standing.BLOCKED : Worker.Standing.READY;
  }

  /**
   * Sums of workers by stage and zone, of places without a worker too.
   *
   * @param duePerSecond slots due each second, by place
   */
  public static List<ZoneLoad> loads(List<Worker> workers, Map<Place, Double> duePerSecond) {
    SortedMap<Place, List<Worker>> byPlace = new TreeMap<>();
    duePerSecond.keySet().forEach(place -> byPlace.put(place, new ArrayList<>()));
    for (Worker worker : workers) {
      Place place = new Place(worker.said().getStage(), worker.said().getZone());
      byPlace.computeIfAbsent(place, _ -> new ArrayList<>()).add(worker);
    }
    List<ZoneLoad> loads = new ArrayList<>();
    byPlace.forEach(
        (place, there) -> loads.add(load(place, there, duePerSecond.getOrDefault(place, 0.0))));
    return List.copyOf(loads);
  }

  private static ZoneLoad load(Place place, List<Worker> there, double duePerSecond) {
    List<Heartbeat> ready = there.stream().filter(Worker::ready).map(Worker::said).toList();
    int ran = ready.stream().mapToInt(Heartbeat::getRanLately).sum();
    double runMillis =
        ready.stream()
            .mapToDouble(each -> (double) each.getRanLately() * each.getMeanRunMillis())
            .sum();
    return new ZoneLoad(
        place.stage(),
        place.zone(),
        ready.size(),
        there.size() - ready.size(),
        ready.stream().mapToInt(Heartbeat::getCapacity).sum(),
        ready.stream().mapToInt(Heartbeat::getRunning).sum(),
        ready.stream().mapToInt(Heartbeat::getQueued).sum(),
        ready.stream().mapToInt(Heartbeat::getLate).sum(),
        ran,
        runMillis / Math.max(1, ran),
        duePerSecond);
  }
}
