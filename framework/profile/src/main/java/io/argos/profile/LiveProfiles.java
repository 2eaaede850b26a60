package io.argos.profile;

import io.argos.config.ConfigException;
import io.argos.profile.format.Problem;
import io.argos.profile.format.ProfileException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The profiles in force while their files change. A file that is wrong is refused, and its last
 * good text stays in force, while the others take effect. {@link #get} is safe for use by any
 * thread; {@link #look} is called by one at a time.
 */
public final class LiveProfiles implements Supplier<ProfileCatalog> {
  /** How often to look: a change takes effect well within the interval of a poll. */
  public static final Duration EVERY = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(LiveProfiles.class);

  private final List<Path> folders;
  private final Map<String, String> shipped;
  private final Counter taken;
  private final Counter refused;
  private volatile ProfileCatalog catalog;
  private volatile int wrong;
  private ProfileFiles.Found seen;
  private Map<String, String> good;
  private String unreadable = "";

  /** Files that were not there at the last look, and had been before. */
  private final Set<String> missing = new HashSet<>();

  private LiveProfiles(
      List<Path> folders,
      Map<String, String> shipped,
      ProfileFiles.Found found,
      ProfileCatalog catalog,
      MeterRegistry meters,
      String stage) {
    this.folders = List.copyOf(folders);
    this.shipped = shipped;
    this.seen = found;
    this.good = found.texts();
    this.catalog = catalog;
    Tags tags = Tags.of("stage", stage);
    this.taken = meters.counter("argos.profiles.taken", tags);
    this.refused = meters.counter("argos.profiles.refused", tags);
    Gauge.builder("argos.profiles.wrong", this, self -> self.wrong)
        .description("files of profiles whose last good text is in force instead of the present")
        .tags(tags)
        .register(meters);
  }

  /**
   * Reads the shipped profiles and those of some folders.
   *
   * @param stage the stage that reads, for its meters
   * @throws ConfigException with every problem: nothing was good before
   */
  public static LiveProfiles open(List<Path> folders, MeterRegistry meters, String stage) {
    try {
      Map<String, String> shipped = ProfileFiles.shipped();
      ProfileFiles.Found found = ProfileFiles.in(folders);
      return new LiveProfiles(
          folders, shipped, found, ProfileCatalog.of(shipped, found.all()), meters, stage);
    } catch (ProfileException e) {
      throw ConfiguredProfiles.told(e);
    } catch (IOException e) {
      throw ConfiguredProfiles.told(e);
    }
  }

  @Override
  public ProfileCatalog get() {
    return catalog;
  }

  /** Looks at the folders and takes what has changed. Does nothing when nothing has. */
  public void look() {
    ProfileFiles.Found found;
    try {
      found = withMissing(ProfileFiles.in(folders));
      unreadable = "";
    } catch (IOException e) {
      // Each look would tell the same.
      if (!unreadable.equals(e.toString())) {
        unreadable = e.toString();
        refused.increment();
        log.warn("profiles cannot be read, the last good ones stay reason={}", unreadable);
      }
      return;
    }
    if (!found.equals(seen)) {
      seen = found;
      take(found);
    }
  }

  /**
   * A file that is replaced may be away for a moment: it is gone when it is so at two looks in a
   * row, or at one that finds a new file, whose name it may have taken.
   */
  private ProfileFiles.Found withMissing(ProfileFiles.Found found) {
    Set<String> gone = new HashSet<>(seen.texts().keySet());
    gone.removeAll(found.texts().keySet());
    found.unreadable().forEach(problem -> gone.remove(problem.place().file()));
    boolean renamed = !seen.texts().keySet().containsAll(found.texts().keySet());
    Map<String, String> texts = new LinkedHashMap<>(found.texts());
    for (String file : gone) {
      if (!renamed && !missing.contains(file)) {
        texts.put(file, seen.texts().get(file));
      }
    }
    missing.clear();
    missing.addAll(gone);
    return new ProfileFiles.Found(texts, found.unreadable());
  }

  private void take(ProfileFiles.Found found) {
    Map<String, String> candidate = new LinkedHashMap<>(found.texts());
    Map<String, Problem> problems = new TreeMap<>();
    for (Problem problem : found.unreadable()) {
      String file = problem.place().file();
      problems.put(file, problem);
      String last = good.get(file);
      if (last != null) {
        candidate.put(file, last);
      }
    }
    while (true) {
      try {
        Map<String, String> ordered = inOrder(candidate);
        put(ProfileCatalog.of(shipped, ordered), ordered, problems);
        return;
      } catch (ProfileException e) {
        if (!withdraw(e.problems(), candidate, problems)) {
          problems.forEach((file, problem) -> refuse(problem));
          wrong = problems.size();
          return;
        }
      }
    }
  }

  /** The texts by their folders: of two of one name the later is in force. */
  private Map<String, String> inOrder(Map<String, String> texts) {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (Path folder : folders) {
      texts.forEach((file, text) -> {
        if (folder.equals(Path.of(file).getParent())) {
          ordered.putIfAbsent(file, text);
        }
      });
    }
    texts.forEach(ordered::putIfAbsent);
    return ordered;
  }

  /**
   * Puts the last good text in the place of each file that has a problem and is another than it
   * was, and leaves out one that never was good. Where none of those that have a problem has
   * changed, something they extend has: then all goes back to what was good.
   */
  private boolean withdraw(
      List<Problem> found, Map<String, String> candidate, Map<String, Problem> problems) {
    Map<String, Problem> own = new LinkedHashMap<>();
    for (Problem problem : found) {
      if (candidate.containsKey(problem.place().file())) {
        own.putIfAbsent(problem.place().file(), problem);
      }
    }
    Map<String, Problem> changed = new LinkedHashMap<>(own);
    changed.keySet().removeIf(file -> Objects.equals(candidate.get(file), good.get(file)));
    (changed.isEmpty() ? own : changed).forEach(problems::putIfAbsent);
    if (changed.isEmpty() && !own.isEmpty()) {
      candidate.clear();
      candidate.putAll(good);
    }
    for (String file : changed.keySet()) {
      String last = good.get(file);
      if (last == null) {
        candidate.remove(file);
      } else {
        candidate.put(file, last);
      }
    }
    return !own.isEmpty();
  }

  private void put(ProfileCatalog next, Map<String, String> texts, Map<String, Problem> problems) {
    Set<String> changed = changed(texts);
    good = texts;
    catalog = next;
    wrong = problems.size();
    problems.values().forEach(this::refuse);
    if (!changed.isEmpty()) {
      taken.increment(changed.size());
      log.info("profiles taken files={}", String.join(",", changed));
    }
  }

  private void refuse(Problem problem) {
    refused.increment();
    log.warn("profile refused, the last good one stays problem={}", problem);
  }

  private Set<String> changed(Map<String, String> texts) {
    Set<String> changed = new TreeSet<>();
    Map<String, String> before = new HashMap<>(good);
    texts.forEach((file, text) -> {
      if (!text.equals(before.remove(file))) {
        changed.add(file);
      }
    });
    changed.addAll(before.keySet());
    return changed;
  }
}
