package io.argos.testing.simulator;

import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers requests as RFC 1157 (v1), RFC 3416 (v2c) and RFC 3584, 4.2 (v1 beside v2) say. */
final class Responder {
  private static final int NO_ERROR = 0;
  private static final int TOO_BIG = 1;
  private static final int NO_SUCH_NAME = 2;
  private static final int NOT_WRITABLE = 17;

  private final Mib mib;
  private final int maxMessage;
  private final int maxVarbinds;

  /**
   * @param maxMessage octets of the longest reply
   * @param maxVarbinds bindings asked for beyond which a request is tooBig
   */
  Responder(Mib mib, int maxMessage, int maxVarbinds) {
    this.mib = mib;
    this.maxMessage = maxMessage;
    this.maxVarbinds = maxVarbinds;
  }

  /** The reply; empty for what an agent ignores. */
  Optional<Message> answer(Message request, Moment moment) {
    return switch (request.type()) {
      case GET, GETNEXT -> Optional.of(single(request, moment));
      case GETBULK ->
          request.version() == Message.V1 ? Optional.empty() : Optional.of(bulk(request, moment));
      case SET -> Optional.of(refuse(request));
      case RESPONSE, INFORM, TRAP, REPORT -> Optional.empty();
    };
  }

  private static Message refuse(Message request) {
    int status = request.version() == Message.V1 ? NO_SUCH_NAME : NOT_WRITABLE;
    return request.respond(status, request.varbinds().isEmpty() ? 0 : 1, request.varbinds());
  }

  private Message tooBig(Message request) {
    // RFC 3416, 4.2.1: no bindings; RFC 1157, 4.1.2: those of the request.
    return request.respond(
        TOO_BIG, 0, request.version() == Message.V1 ? request.varbinds() : List.of());
  }

  private Message single(Message request, Moment moment) {
    if (request.varbinds().size() > maxVarbinds) {
      return tooBig(request);
    }
    boolean v1 = request.version() == Message.V1;
    List<Varbind> answers = new ArrayList<>(request.varbinds().size());
    int octets = 0;
    for (Varbind asked : request.varbinds()) {
      Varbind answer =
          request.type() == PduType.GET
              ? new Varbind(asked.oid(), mib.get(asked.oid(), moment))
              : next(asked.oid(), moment, v1);
      if (v1 && (!answer.value().isPresent() || isCounter64(answer))) {
        return request.respond(NO_SUCH_NAME, answers.size() + 1, request.varbinds());
      }
      answers.add(answer);
      octets += Message.sizeOf(answer);
    }
    Message reply = request.respond(NO_ERROR, 0, answers);
    return reply.sizeWith(octets) > maxMessage ? tooBig(request) : reply;
  }

  /** RFC 3584, 4.2.2.1: a v1 manager never sees a Counter64, so GETNEXT steps over it. */
  private Varbind next(ObjectId oid, Moment moment, boolean v1) {
    ObjectId from = oid;
    while (true) {
      Optional<Varbind> next = mib.next(from, moment);
      if (next.isEmpty()) {
        return new Varbind(from, Value.Absent.END_OF_MIB_VIEW);
      }
      if (!v1 || !isCounter64(next.get())) {
        return next.get();
      }
      from = next.get().oid();
    }
  }

  private static boolean isCounter64(Varbind varbind) {
    return varbind.value().tag() == Value.TAG_COUNTER64;
  }

  /** RFC 3416, 4.2.3. */
  private Message bulk(Message request, Moment moment) {
    int asked = request.varbinds().size();
    int nonRepeaters = Math.clamp(request.errorStatus(), 0, asked);
    int repetitions = Math.max(request.errorIndex(), 0);
    long wanted = nonRepeaters + (long) repetitions * (asked - nonRepeaters);
    if (wanted > maxVarbinds) {
      return tooBig(request);
    }
    Filling reply = new Filling(request);
    List<ObjectId> from = new ArrayList<>(asked);
    for (int i = 0; i < asked; i++) {
      ObjectId oid = request.varbinds().get(i).oid();
      if (i >= nonRepeaters) {
        from.add(oid);
      } else if (!reply.add(next(oid, moment, false))) {
        return reply.message();
      }
    }
    for (int repetition = 0; repetition < repetitions; repetition++) {
      boolean atEnd = true;
      for (int i = 0; i < from.size(); i++) {
        Varbind next = next(from.get(i), moment, false);
        if (!reply.add(next)) {
          return reply.message();
        }
        from.set(i, next.oid());
        atEnd &= next.value() == Value.Absent.END_OF_MIB_VIEW;
      }
      if (atEnd) {
        break;
      }
    }
    return reply.message();
  }

  /** A reply that takes bindings until it is full. */
  private final class Filling {
    private final Message request;
    private final Message empty;
    private final List<Varbind> varbinds = new ArrayList<>();
    private int octets;

    Filling(Message request) {
      this.request = request;
      this.empty = request.respond(NO_ERROR, 0, List.of());
    }

    boolean add(Varbind varbind) {
      int more = octets + Message.sizeOf(varbind);
      if (empty.sizeWith(more) > maxMessage) {
        return false;
      }
      octets = more;
      varbinds.add(varbind);
      return true;
    }

    Message message() {
      return request.respond(NO_ERROR, 0, varbinds);
    }
  }
}
