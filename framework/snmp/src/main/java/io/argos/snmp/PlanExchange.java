package io.argos.snmp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one plan from one device: decides what to ask next, takes the answers, and adapts
 * to what the device can do. Knows nothing of sockets or message formats. Belongs to the thread of
 * its loop.
 */
final class PlanExchange extends TimeoutWheel.Entry {
  /** Requests given up for want of an answer, in an exchange that had answers, until it ends. */
  private static final int MOST_SILENT = 3;

  private final SnmpTarget target;
  private final SnmpPlan plan;
  private final CompletableFuture<SnmpReply> future;
  private final ExchangeLoop loop;
  private final DeviceMemory memory;
  private final InstanceReads reads;
  private final ColumnWalks walks;
  private final AnswerSizes sizes;
  private final ReplyJudge judge;
  private final MalformedSearch search = new MalformedSearch();
  private final ExchangeFailures failures;
  private final boolean bulk;
  private final RequestFlight flight;
  private @Nullable Request held;
  private @Nullable SnmpFailure failure;
  private int silent;
  private boolean answered;
  private boolean queued;
  private boolean finished;

  PlanExchange(
      SnmpTarget target,
      SnmpPlan plan,
      CompletableFuture<SnmpReply> future,
      ExchangeLoop loop,
      DeviceMemory memory) {
    this.target = target;
    this.plan = plan;
    this.future = future;
    this.loop = loop;
    this.memory = memory;
    this.bulk = !(target.credential() instanceof SnmpCredential.V1);
    this.reads = new InstanceReads(plan);
    this.walks = new ColumnWalks(plan.columns(), memory.lengths(plan.columns()), target.limits());
    this.sizes = new AnswerSizes(memory);
    this.failures = new ExchangeFailures(target);
    this.flight = new RequestFlight(this, loop, memory);
    this.judge = new ReplyJudge(this, memory, loop.counts());
  }

  /** Sends the first request, and sees to it that the exchange ends in time. */
  void begin() {
    if (target.limits().isBounded()) {
      loop.wheel().put(this, loop.now() + target.limits().whole().toNanos());
    }
    proceed();
  }

  SnmpTarget target() {
    return target;
  }

  ExchangeLoop loop() {
    return loop;
  }

  RowCache cache() {
    return loop.cache();
  }

  boolean isBulk() {
    return bulk;
  }

  /** True when the device is known to answer, so that its packets may come in numbers. */
  boolean isProven() {
    return answered || memory.isAnswering();
  }

  boolean isStarted() {
    return flight.packets() > 0;
  }

  boolean isQueued() {
    return queued;
  }

  void setQueued(boolean isQueued) {
    queued = isQueued;
  }

  /** Sends what may be sent, and ends when nothing is left. */
  void proceed() {
    if (!finished && future.isDone()) {
      finish();
    }
    if (!flight.repeatLost()) {
      return;
    }
    int window = isProven() ? target.limits().window() : 1;
    while (!finished && flight.size() < window) {
      Request request = next();
      if (request == null) {
        break;
      }
      held = request;
      if (!loop.admits(this) || flight.mustPause()) {
        return;
      }
      held = null;
      sizes.asked(request);
      flight.send(request);
    }
    if (!finished && flight.size() == 0 && held == null) {
      finish();
    }
  }

  private @Nullable Request next() {
    if (held != null) {
      return held;
    }
    PacketBudget budget =
        new PacketBudget(
            judge.isSingly() ? 1 : Math.min(memory.bindings(), search.bindings()),
            bulk && !judge.isSingly() ? target.limits().maxRepetitions() : 1,
            PacketBudget.FRAME_OCTETS);
    Request request = reads.next(this, budget);
    return request == null ? walks.next(this, budget) : request;
  }

  /** Takes leave to send one packet, unless the device has had its share for now. */
  boolean takesPace() {
    return flight.takesPace();
  }

  /** An answer to a request in flight has come. */
  void answered(Request request, PduReply reply) {
    if (finished) {
      return;
    }
    String problem;
    try {
      problem = judge.problemOf(request, reply);
    } catch (MalformedReplyException e) {
      loop.counts().malformed.increment();
      request.setMalformed(e.getMessage());
      if (search.isQuick(request)) {
        flight.settle(request);
        giveUp(request);
      }
      return;
    }
    if (request.malformed() != null && request.isShrunk()) {
      search.isBehind(request);
    }
    answered = true;
    memory.setAnswering(true);
    if (reply.errorStatus() == 0) {
      sizes.cameThrough(request);
    }
    flight.settle(request);
    if (problem != null && failure == null) {
      failure = failures.broken(problem);
    }
    proceed();
  }

  /** The time for an answer has passed. */
  void unanswered(Request request) {
    if (finished) {
      return;
    }
    if (future.isDone()) {
      finish();
      return;
    }
    if (request.attempts() <= target.limits().retries()) {
      flight.lost(request);
      proceed();
      return;
    }
    loop.counts().unanswered.increment();
    flight.settle(request);
    giveUp(request);
  }

  private void giveUp(Request request) {
    if (!answered && request.malformed() == null) {
      if (memory.isAnswering()) {
        // Perhaps it is not gone, but takes less at once: the next exchange finds that out.
        memory.lost(request.firstBindings());
      }
      memory.setAnswering(false);
    }
    SnmpFailure why = failures.unanswered(request, answered);
    if (request.malformed() != null) {
      giveUpMalformed(request, why);
      return;
    }
    if (!answered || ++silent == MOST_SILENT) {
      end(failure == null ? why : failure);
      return;
    }
    if (silent == 1 && request.bindings() > 1) {
      // The device does answer: perhaps this answer was too large for the way back.
      memory.lost(request.firstBindings());
      request.work().giveBack(request);
    } else {
      for (int i = 0; i < request.items().length; i++) {
        request.work().abandon(request, i);
      }
      failure = failure == null ? why : failure;
    }
    proceed();
  }

  private void giveUpMalformed(Request request, SnmpFailure why) {
    if (!search.goesOn()) {
      end(failure == null ? why : failure);
      return;
    }
    if (request.bindings() > 1) {
      search.isAmong(request);
      request.work().giveBack(request);
    } else {
      search.found();
      request.work().abandon(request, 0);
      failure = failure == null ? why : failure;
    }
    proceed();
  }

  /** The time for the whole exchange is over. */
  @Override
  void expire() {
    loop.overtime(this);
  }

  /** Ends with what was read, because the time is over. */
  void timeOver() {
    if (finished) {
      return;
    }
    int overdue = flight.overdueBindings();
    if (overdue > 0 && memory.isAnswering()) {
      // As where a request is given up; time for all of its repetitions there may never be.
      memory.lost(overdue);
    }
    if (!answered && isStarted()) {
      memory.setAnswering(false);
    }
    end(failure == null ? failures.overtime(flight.packets(), answered) : failure);
  }

  /** The device's engine, or the own one, finds the credential wrong. */
  void refused(String detail) {
    if (!finished) {
      loop.counts().refused.increment();
      answered = true;
      memory.setAnswering(true);
      end(failures.refused(detail));
    }
  }

  /** The credential says what no credential can. */
  void unusable(String detail) {
    end(failures.unusable(detail));
  }

  /** The failure of a device that sends what it must not. */
  SnmpFailure broken(String problem) {
    return failures.broken(problem);
  }

  /** Ends without what is still missing. */
  void end(SnmpFailure why) {
    if (!finished) {
      failure = why;
      finish();
    }
  }

  /** Ends without a look at what was read, which may be what went wrong. */
  void abort(String detail) {
    finished = true;
    leave();
    future.complete(
        new SnmpReply(Map.of(), Optional.of(new SnmpFailure.Broken(detail)), flight.packets()));
  }

  private void leave() {
    flight.close();
    held = null;
    loop.wheel().remove(this);
    loop.finished(this);
  }

  private void finish() {
    finished = true;
    leave();
    if (failure == null && !future.isDone()) {
      memory.learn(walks.lengths(plan.columns()));
      sizes.whole();
    } else if (failure != null) {
      sizes.part();
    }
    Map<Oid, SnmpColumn> values = HashMap.newHashMap(plan.scalars().size() + plan.columns().size());
    reads.finish(values, loop.cache());
    walks.finish(values, loop.cache());
    future.complete(new SnmpReply(values, Optional.ofNullable(failure), flight.packets()));
  }
}
