package io.argos.polling.trap;

import io.argos.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds the events of one problem of one resource that come within a time: the first few of each
 * type go on at once, of all others only the last does, with their count, when the time is over. So
 * whoever reads the log in its order ends with what is true, whatever a flapping interface did
 * between. Of too many problems the oldest end early. For one thread.
 */
final class TrapWindows {
  private static final int MOST = 10_000;

  /** More of a type than ever go on at once. */
  private static final int FULL = 1 << 20;

  /**
   * The last of the events that were folded.
   *
   * @param event the event
   * @param count how many were folded, itself included
   */
  record Folded(Event event, int count) {}

  private static final class Window {
    private final Instant ends;
    private final Map<String, Integer> types = new HashMap<>();
    private Optional<Event> last = Optional.empty();
    private int count;

    Window(Instant ends) {
      this.ends = ends;
    }
  }

  private final Duration length;
  private final Map<String, Window> windows = new LinkedHashMap<>();
  private final List<Folded> early = new ArrayList<>();

  TrapWindows(Duration length) {
    this.length = length;
  }

  /**
   * Takes an event.
   *
   * @param problem what it and others are about: one problem of one resource
   * @param atOnce how many of its type go on before the others are folded
   * @return true when it goes on at once, false when it was folded
   */
  boolean passes(String problem, Event event, int atOnce, Instant now) {
    Window window = windows.get(problem);
    if (window == null) {
      window = new Window(now.plus(length));
      windows.put(problem, window);
      bound();
    }
    // What comes behind a folded one goes the same way, or it would overtake it.
    if (window.count == 0 && window.types.merge(event.getType(), 1, Integer::sum) <= atOnce) {
      return true;
    }
    window.last = Optional.of(event);
    window.count++;
    return false;
  }

  private void bound() {
    if (windows.size() > MOST) {
      Iterator<Window> oldest = windows.values().iterator();
      fold(oldest.next()).ifPresent(early::add);
      oldest.remove();
    }
  }

  private static Optional<Folded> fold(Window window) {
    return window.last.map(event -> new Folded(event, window.count));
  }

  /** What is over: the events that go on now. A problem that lasts has a new window. */
  List<Folded> over(Instant now) {
    List<Folded> over = new ArrayList<>(early);
    early.clear();
    Map<String, Window> renewed = new LinkedHashMap<>();
    Iterator<Map.Entry<String, Window>> entries = windows.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Window> entry = entries.next();
      Instant ends = entry.getValue().ends;
      // One that is further away than any was ever opened for is from before the clock was set
      // back.
      if (ends.isAfter(now) && !ends.isAfter(now.plus(length))) {
        break;
      }
      entries.remove();
      fold(entry.getValue())
          .ifPresent(folded -> {
            over.add(folded);
            Window next = new Window(now.plus(length));
            next.types.put(folded.event().getType(), FULL);
            renewed.put(entry.getKey(), next);
          });
    }
    windows.putAll(renewed);
    return over;
  }

  /** Everything that was folded and has not gone on. */
  List<Folded> rest() {
    List<Folded> rest = new ArrayList<>(early);
    early.clear();
    windows.values().forEach(window -> fold(window).ifPresent(rest::add));
    windows.clear();
    return rest;
  }

  int size() {
    return windows.size();
  }
}
