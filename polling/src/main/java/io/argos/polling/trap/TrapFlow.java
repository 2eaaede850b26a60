package io.argos.polling.trap;

import io.argos.schemas.Event;
import io.argos.schemas.Request;
import io.argos.schemas.topic.HashId;
import io.argos.snmp.trap.Trap;
import io.argos.snmp.trap.TrapHandler;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * What becomes of a trap: an event, one that is folded into others of its problem, or nothing when
 * it is a repetition; and a wish for a poll. Everything is bounded, and everything is counted. For
 * the one thread of the receiver.
 */
final class TrapFlow implements TrapHandler {
  /** What a raw trap says is in its varbinds, so that the first is not enough. */
  private static final int RAW_AT_ONCE = 20;

  private final TrapReading reading;
  private final TrapSink sink;
  private final TrapWindows windows;
  private final TrapLosses losses;
  private final PollWishes wishes;
  private final Predicate<String> polled;
  private final TrapMeters meters;
  private final InstantSource clock;
  private final TrapRepeats repeats = new TrapRepeats();

  TrapFlow(
      TrapReading reading,
      TrapSink sink,
      TrapWindows windows,
      TrapLosses losses,
      PollWishes wishes,
      Predicate<String> polled,
      TrapMeters meters,
      InstantSource clock) {
    this.reading = reading;
    this.sink = sink;
    this.windows = windows;
    this.losses = losses;
    this.wishes = wishes;
    this.polled = polled;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void received(Trap trap, Runnable kept) throws InterruptedException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    TrapReading.Read read = reading.read(trap, now);
    Optional<CompletableFuture<?>> before = repeats.find(read.content(), now);
    if (before.isPresent()) {
      meters.repeated();
      before.get().thenRun(kept);
      return;
    }
    CompletableFuture<?> fate;
    if (windows.passes(read.problem(), read.event(), read.defined() ? 1 : RAW_AT_ONCE, now)) {
      fate = sink.event(read.event());
      meters.written(read.defined());
    } else {
      // Its problem is in the log already; its sender need not wait for the time to be over.
      fate = CompletableFuture.completedFuture(null);
      meters.folded();
    }
    repeats.add(read.content(), now, fate);
    fate.thenRun(kept);
    if (read.known()) {
      wish(read.event().getResourceId());
      ask(now);
    } else {
      meters.unknown();
    }
  }

  @Override
  public void lost(InetAddress source, int count) {
    losses.add(source, count);
  }

  @Override
  public void idle() throws InterruptedException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    write(windows.over(now));
    for (Event event : losses.due(now)) {
      sink.event(event);
      meters.lost();
      // What the traps would have told is read instead.
      wish(event.getResourceId());
    }
    ask(now);
  }

  /** Writes what is folded and not written yet; as much as can be held without waiting. */
  void settle() throws InterruptedException {
    if (!sink.blocked()) {
      write(windows.rest());
    }
  }

  private void write(List<TrapWindows.Folded> over) throws InterruptedException {
    for (TrapWindows.Folded folded : over) {
      Event event = folded.event();
      String count = Integer.toString(folded.count());
      event.getAttributes().put("folded", count);
      event.setId(HashId.of(event.getId(), "folded", count));
      sink.event(event);
      meters.summary();
    }
  }

  /** Nobody can poll what no plugin polls. */
  private void wish(String resourceId) {
    if (polled.test(resourceId)) {
      wishes.add(resourceId);
    }
  }

  private void ask(Instant now) throws InterruptedException {
    List<Request> due = wishes.due(now);
    for (Request request : due) {
      sink.request(request);
    }
    meters.polls(due.size());
  }
}
