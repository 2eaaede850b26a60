package io.argos.deploy.command;

import io.argos.runtime.schedule.Suspensions;
import io.argos.schemas.Directive;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One suspension that is in force or will be, as a person is told of it. What it covers is what
 * {@link Suspensions} says.
 *
 * @param resource the resource
 * @param plugin the one plugin that is meant; empty for all
 * @param resumed plugins that were resumed since, where all were suspended
 * @param since from when on
 * @param until until when; empty until it is resumed
 * @param author who directed it
 * @param comment why
 */
record SuspendedWork(
    String resource,
    Optional<String> plugin,
    SortedSet<String> resumed,
    Instant since,
    Optional<Instant> until,
    String author,
    String comment) {

  /** Suspensions that are not over, by resource and since when. */
  static List<SuspendedWork> of(Collection<Directive> directives, Instant now) {
    List<Directive> relevant =
        directives.stream().filter(directive -> directive.getCheck() == null).toList();
    return relevant.stream()
        .filter(directive -> directive.getKind().equals(Suspensions.SUSPEND))
        .filter(directive ->
            Optional.ofNullable(directive.getEndAt()).filter(end -> !end.isAfter(now)).isEmpty())
        .flatMap(directive -> of(directive, resumptions(directive, relevant, now)).stream())
        .sorted(
            Comparator.comparing(SuspendedWork::resource)
                .thenComparing(SuspendedWork::since)
                .thenComparing(work -> work.plugin().orElse("")))
        .toList();
  }

  /**
   * When resumptions must begin that end all of these: now, and with each that has yet to begin by
   * this clock, which may be behind that of whoever suspended.
   */
  static List<Instant> resumptions(Collection<SuspendedWork> ended, Instant now) {
    return Stream.concat(
            Stream.of(now), ended.stream().map(SuspendedWork::since).filter(now::isBefore))
        .distinct()
        .toList();
  }

  private static List<Directive> resumptions(
      Directive suspension, List<Directive> directives, Instant now) {
    return directives.stream()
        .filter(directive -> directive.getKind().equals(Suspensions.RESUME))
        .filter(directive -> directive.getResourceId().equals(suspension.getResourceId()))
        .filter(directive ->
            !start(directive).isBefore(start(suspension)) && !start(directive).isAfter(now))
        .toList();
  }

  private static Optional<SuspendedWork> of(Directive suspension, List<Directive> resumptions) {
    Optional<String> plugin = pluginOf(suspension);
    SortedSet<String> resumed = new TreeSet<>();
    for (Directive resumption : resumptions) {
      Optional<String> only = pluginOf(resumption);
      if (only.isEmpty() || only.equals(plugin)) {
        return Optional.empty();
      }
      if (plugin.isEmpty()) {
        resumed.add(only.get());
      }
    }
    return Optional.of(
        new SuspendedWork(
            suspension.getResourceId(),
            plugin,
            resumed,
            start(suspension),
            Optional.ofNullable(suspension.getEndAt()),
            suspension.getAuthor(),
            suspension.getComment()));
  }

  /** Whether it holds back any work of a plugin; without one, any at all. */
  boolean concerns(Optional<String> other) {
    return other.isEmpty()
        || plugin.map(other.get()::equals).orElseGet(() -> !resumed.contains(other.get()));
  }

  private static Optional<String> pluginOf(Directive directive) {
    return Optional.ofNullable(directive.getAttributes().get(Suspensions.PLUGIN))
        .filter(name -> !name.isEmpty());
  }

  private static Instant start(Directive directive) {
    return Optional.ofNullable(directive.getStartAt()).orElse(directive.getAt());
  }
}
