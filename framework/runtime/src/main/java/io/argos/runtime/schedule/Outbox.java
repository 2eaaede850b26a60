package io.argos.runtime.schedule;

import io.argos.runtime.leadership.LeaderTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a term has to write and is not acknowledged yet. It asks the term before each portion, and
 * keeps what fails for the next try. Of one thread.
 */
final class Outbox {

  /** Between two looks at the term. */
  private static final int PORTION = 256;

  private final Agenda agenda;
  private final JobFactory jobs;
  private final JobSink sink;
  private final SchedulerMeters meters;
  private final LeaderTerm term;

  private List<Item> unsent = new ArrayList<>();

  Outbox(Agenda agenda, JobFactory jobs, JobSink sink, SchedulerMeters meters, LeaderTerm term) {
    this.agenda = agenda;
    this.jobs = jobs;
    this.sink = sink;
    this.meters = meters;
    this.term = term;
  }

  void add(Item item) {
    unsent.add(item);
  }

  void addAll(List<Item> items) {
    unsent.addAll(items);
  }

  boolean isEmpty() {
    return unsent.isEmpty();
  }

  /**
   * Writes all that is unsent and waits until it is acknowledged; what fails stays.
   *
   * @return whether nothing is left
   */
  boolean flush(long now) throws InterruptedException {
    unsent.removeIf(this::suspended);
    if (unsent.isEmpty()) {
      return true;
    }
    List<Item> items = unsent.stream().map(item -> settled(item, now)).toList();
    Set<String> unreachable = unreachable(items);
    List<Item> written = new ArrayList<>(items.size());
    List<Future<?>> acks = new ArrayList<>(items.size());
    for (Item item : items) {
      if (acks.size() % PORTION == 0 && !term.mayAct()) {
        break;
      }
      Item sent = redirected(item, unreachable);
      written.add(sent);
      acks.add(write(sent, now));
    }
    List<Item> failed = new ArrayList<>();
    long end = System.nanoTime() + sink.patience().toNanos();
    for (int n = 0; n < acks.size(); n++) {
      if (acknowledged(acks.get(n), end)) {
        meters.written(written.get(n));
      } else {
        failed.add(items.get(n));
      }
    }
    failed.addAll(items.subList(acks.size(), items.size()));
    unsent = failed;
    return unsent.isEmpty();
  }

  /** It may have been suspended since it was planned. */
  private boolean suspended(Item item) {
    Planned planned = item.planned();
    return agenda.suspended(planned.target().key(), planned.dueAt());
  }

  /** A job whose time has passed while it could not be written is a missed one. */
  private static Item settled(Item item, long now) {
    return item instanceof Item.Emit(Planned planned) && planned.expireAt() <= now
        ? new Item.Miss(planned, MissedCause.SCHEDULER, "the job could not be written in time")
        : item;
  }

  /** Zones without a topic, unless that is all of them: then it is Kafka that is out of reach. */
  private Set<String> unreachable(List<Item> items) {
    Set<String> all = agenda.targets().zones();
    List<String> none =
        items.stream()
            .map(item -> item.planned().target().zone())
            .distinct()
            .filter(zone -> !sink.reaches(zone))
            .toList();
    return none.isEmpty() || none.containsAll(all) ? Set.of() : Set.copyOf(none);
  }

  private static Item redirected(Item item, Set<String> unreachable) {
    String zone = item.planned().target().zone();
    return item instanceof Item.Emit(Planned planned) && unreachable.contains(zone)
        ? new Item.Miss(
            planned, MissedCause.NO_TOPIC, "zone '%s' has no topic for jobs".formatted(zone))
        : item;
  }

  private Future<?> write(Item item, long now) {
    return switch (item) {
      case Item.Emit(Planned planned) -> sink.job(jobs.job(planned, term, now));
      case Item.Miss(Planned planned, String cause, String detail) ->
          sink.outcome(jobs.missed(planned, cause, detail, term.epoch()));
    };
  }

  private static boolean acknowledged(Future<?> ack, long end) throws InterruptedException {
    try {
      ack.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
