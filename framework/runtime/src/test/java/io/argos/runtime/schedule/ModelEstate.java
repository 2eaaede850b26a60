package io.argos.runtime.schedule;

import io.argos.runtime.schedule.ModelInstance.Entry;
import io.argos.schemas.Directive;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What happens in a modelled estate, at random, and what the log has of it. */
final class ModelEstate {

  /** Resources and directives in two partitions each, then checkpoints. */
  static final int CHECKPOINTS = 4;

  private static final List<String> CRONS =
      List.of("0/7 * * * * ?", "13 * * * * ?", "0 0/2 * * * ?", "17 3,4,5 0 1 3 ? 2026");

  final List<List<Entry>> topics = new ArrayList<>();

  /** What the newest configuration says. */
  final Map<String, Timing> timings = new HashMap<>();

  /** All directives, as those see them who have read everything. */
  final Suspensions suspensions = new Suspensions();

  long now = EmissionDesk.START;

  private final Random random;
  private final TreeSet<String> resources = new TreeSet<>();
  private final Set<String> directives = new TreeSet<>();
  private int named;

  ModelEstate(Random random) {
    this.random = random;
    for (int topic = 0; topic <= CHECKPOINTS; topic++) {
      topics.add(new ArrayList<>());
    }
    configure();
    for (int n = 0; n < 12; n++) {
      put("r" + n);
    }
  }

  /** Mostly nothing. */
  void happen() {
    switch (random.nextInt(400)) {
      case 0, 1, 2, 3 -> put("r" + random.nextInt(20));
      case 4, 5 -> remove(one(resources));
      case 6, 7, 8, 9, 10 -> direct();
      case 11 -> configure();
      default -> {}
    }
  }

  void append(int topic, Consumer<ModelInstance> meaning) {
    topics.get(topic).add(new Entry(now, meaning));
  }

  private void configure() {
    timings.put("fast", new Timing.Every(Duration.ofMillis(2_000 + 500 * random.nextInt(20))));
    timings.put("slow", new Timing.Every(Duration.ofSeconds(20 + random.nextInt(80))));
    timings.put("cron", new Timing.Cron(CRONS.get(random.nextInt(CRONS.size())), ZoneOffset.UTC));
  }

  private void put(String resource) {
    long at = stamp();
    resources.add(resource);
    append(resource.hashCode() & 1, instance -> instance.put(resource, at));
  }

  private void remove(String resource) {
    if (resources.size() > 3) {
      resources.remove(resource);
      append(resource.hashCode() & 1, instance -> instance.remove(resource));
    }
  }

  /** Suspends or resumes, at once, ahead of time or in retrospect, or takes such a word back. */
  private void direct() {
    long at = stamp();
    boolean takenBack = !directives.isEmpty() && random.nextInt(6) == 0;
    String key = takenBack ? one(directives) : one(resources) + '|' + named++;
    Optional<Directive> directive =
        takenBack ? Optional.empty() : Optional.of(directive(key.split("\\|")[0], at));
    if (takenBack) {
      directives.remove(key);
    } else {
      directives.add(key);
    }
    var _ = suspensions.read(key, directive);
    append(
        2 + (key.split("\\|")[0].hashCode() & 1), instance -> instance.direct(key, directive, at));
  }

  private Directive directive(String resource, long at) {
    Directive.Builder made =
        Directive.newBuilder(
            EmissionDesk.directive(
                random.nextInt(3) > 0 ? Suspensions.SUSPEND : Suspensions.RESUME, at));
    made.setResourceId(resource);
    if (random.nextInt(3) == 0) {
      made.setStartAt(Instant.ofEpochMilli(at - 40_000 + random.nextInt(100_000)));
    }
    if (random.nextInt(3) == 0) {
      made.setEndAt(Instant.ofEpochMilli(at + random.nextInt(120_000)));
    }
    if (random.nextBoolean()) {
      made.setAttributes(Map.of(Suspensions.PLUGIN, random.nextBoolean() ? "fast" : "slow"));
    }
    return made.build();
  }

  private String one(Set<String> names) {
    return List.copyOf(names).get(random.nextInt(names.size()));
  }

  /** The time by the clock of whoever writes. */
  private long stamp() {
    return now + random.nextInt(2_000) - 1_000;
  }
}
