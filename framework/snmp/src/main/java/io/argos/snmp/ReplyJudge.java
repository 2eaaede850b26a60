package io.argos.snmp;

import org.jspecify.annotations.Nullable;

/**
 * Takes what a reply brings, and says what is wrong with it: adapts what is asked for to what the
 * device says that it cannot do. Belongs to the thread of its loop.
 */
final class ReplyJudge {
  private static final String EMPTY = "an answer without any value";
  private static final int TOO_BIG = 1;
  private static final int NO_SUCH_NAME = 2;

  /** RFC 3413 section 3.2: the user may read nothing at this level or in this context. */
  private static final int AUTHORIZATION_ERROR = 16;

  /** Answers without any value in an exchange until it ends. */
  private static final int MOST_EMPTY = 20;

  private final PlanExchange exchange;
  private final DeviceMemory memory;
  private final EngineCounts counts;
  private boolean singly;
  private int empty;

  ReplyJudge(PlanExchange exchange, DeviceMemory memory, EngineCounts counts) {
    this.exchange = exchange;
    this.memory = memory;
    this.counts = counts;
  }

  /** True when the device must be asked for one item at a time. */
  boolean isSingly() {
    return singly;
  }

  /**
   * Takes a reply.
   *
   * @return what the device did wrong, or null
   */
  @Nullable String problemOf(Request request, PduReply reply) throws MalformedReplyException {
    return switch (reply.errorStatus()) {
      case 0 -> {
        if (reply.count() == 0) {
          yield empty(request);
        }
        String problem = request.work().accept(request, reply, exchange);
        if (problem != null) {
          counts.cut.increment();
        }
        yield problem;
      }
      case TOO_BIG -> tooBig(request);
      case AUTHORIZATION_ERROR -> {
        exchange.refused("authorizationError: it may read nothing, or not at this level");
        yield null;
      }
      default -> refusedItem(request, reply);
    };
  }

  /** Perhaps it is asked for too much; but nothing makes it ever answer more. */
  private @Nullable String empty(Request request) {
    counts.malformed.increment();
    if (++empty == MOST_EMPTY) {
      exchange.end(exchange.broken(EMPTY));
      return null;
    }
    if (request.bindings() == 1) {
      request.work().abandon(request, 0);
      return EMPTY;
    }
    memory.tooBig(request.bindings());
    request.work().giveBack(request);
    return null;
  }

  private @Nullable String tooBig(Request request) {
    counts.tooBig.increment();
    if (request.bindings() == 1) {
      request.work().abandon(request, 0);
      request.work().giveBack(request);
      return "tooBig for a single value";
    }
    memory.tooBig(request.bindings());
    request.work().giveBack(request);
    return null;
  }

  private @Nullable String refusedItem(Request request, PduReply reply) {
    int count = request.items().length;
    int position = count == 1 ? 0 : reply.errorIndex() - 1;
    Work work = request.work();
    if (position < 0 || position >= count) {
      // The device does not say which: asked one by one, it has to.
      singly = true;
      work.giveBack(request);
      return null;
    }
    if (reply.errorStatus() == NO_SUCH_NAME) {
      work.absent(request, position);
      work.giveBack(request);
      return null;
    }
    if (request.repetitions() > 1) {
      // One row of several is what it cannot give: those before it come in smaller answers.
      work.narrow(request, position);
      work.giveBack(request);
      return null;
    }
    work.abandon(request, position);
    work.giveBack(request);
    return "error status " + ErrorStatus.nameOf(reply.errorStatus());
  }
}
