package io.argos.snmp;

import org.jspecify.annotations.Nullable;

/**
 * A part of a plan on its way to the device. It is repeated under the same id while its question
 * stays the same, so that a late answer to any of its packets counts; a question made smaller gets
 * a new id, since the answer to the larger one no longer fits.
 */
final class Request extends TimeoutWheel.Entry {
  private final PlanExchange exchange;
  private final Work work;
  private int[] items;
  private int repetitions;
  private final int firstBindings;
  private int id;
  private int attempts;
  private boolean waiting;
  private boolean counted;
  private boolean proven;
  private long deadline;
  private boolean shrunk;
  private @Nullable String malformed;

  /** A request for some items of a work, {@code repetitions} rows of each. */
  Request(PlanExchange exchange, Work work, int[] items, int repetitions) {
    this.exchange = exchange;
    this.work = work;
    this.items = items;
    this.repetitions = repetitions;
    this.firstBindings = items.length * repetitions;
  }

  PlanExchange exchange() {
    return exchange;
  }

  Work work() {
    return work;
  }

  int[] items() {
    return items;
  }

  int repetitions() {
    return repetitions;
  }

  /** Variable bindings that the answer will have at most. */
  int bindings() {
    return items.length * repetitions;
  }

  /** Variable bindings that it was made for; it asks for fewer once it is shrunk. */
  int firstBindings() {
    return firstBindings;
  }

  void ask(int[] fewerItems, int fewerRepetitions) {
    items = fewerItems;
    repetitions = fewerRepetitions;
    shrunk = true;
  }

  /** True when it asks for less than it did at first. */
  boolean isShrunk() {
    return shrunk;
  }

  int id() {
    return id;
  }

  void setId(int newId) {
    id = newId;
  }

  int attempts() {
    return attempts;
  }

  void countAttempt() {
    attempts++;
  }

  /** True while an answer is waited for. */
  boolean isWaiting() {
    return waiting;
  }

  void setWaiting(boolean isWaiting) {
    waiting = isWaiting;
  }

  /** When the wait for an answer ends. */
  long deadline() {
    return deadline;
  }

  void setDeadline(long nanoTime) {
    deadline = nanoTime;
  }

  /** True when the device was known to answer as it was sent. */
  boolean isProven() {
    return proven;
  }

  void setProven(boolean isProven) {
    proven = isProven;
  }

  /** True when it takes a place in the window of its loop. */
  boolean isCounted() {
    return counted;
  }

  void setCounted(boolean isCounted) {
    counted = isCounted;
  }

  /** What was wrong with a reply to it, if any reply was malformed. */
  @Nullable String malformed() {
    return malformed;
  }

  void setMalformed(@Nullable String problem) {
    malformed = problem;
  }

  @Override
  void expire() {
    exchange.loop().overdue(this);
  }
}
