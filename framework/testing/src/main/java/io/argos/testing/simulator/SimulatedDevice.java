package io.argos.testing.simulator;

import io.argos.testing.ber.BerException;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import io.argos.testing.simulator.Request.Verdict;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** A running device. Its public methods are safe for use by any thread. */
public final class SimulatedDevice {
  /** Datagrams to send, and when. */
  record Reply(Duration delay, List<byte[]> datagrams) {
    static final Reply NONE = new Reply(Duration.ZERO, List.of());
  }

  private final DeviceSpec spec;
  private final InetSocketAddress address;
  private final InstantSource clock;
  private final RequestLog requests;
  private final Boots boots;
  private volatile Manners manners;

  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder values = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder silent = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder malformed = new LongAdder();

  SimulatedDevice(
      DeviceSpec spec, InetSocketAddress address, InstantSource clock, RequestLog requests) {
    this.spec = spec;
    this.address = address;
    this.clock = clock;
    this.requests = requests;
    this.boots = new Boots(clock.instant(), spec.uptime());
    this.manners = mannersOf(spec, spec.behaviours());
  }

  private static Manners mannersOf(DeviceSpec spec, List<Behaviour> behaviours) {
    return new Manners(spec.mib(), spec.maxMessage(), behaviours);
  }

  public String name() {
    return spec.name();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** As it was made. */
  public DeviceSpec spec() {
    return spec;
  }

  /** Replaces its peculiarities from the next request on. */
  public void behave(Behaviour... behaviours) {
    manners = mannersOf(spec, List.of(behaviours));
  }

  /** Restarts it at once: sysUpTime and counters begin anew. */
  public void reboot() {
    boots.reboot(clock.instant());
  }

  /** The moment at which it would answer now. */
  public Moment moment() {
    Manners current = manners;
    Instant now = clock.instant();
    Boots.Boot boot = boots.latest(now, current.reboots());
    return new Moment(now, boot.at(), boot.number(), current.shuffles() ? boot.number() : 0);
  }

  public DeviceCounters counters() {
    return new DeviceCounters(
        received.sum(),
        sent.sum(),
        values.sum(),
        dropped.sum(),
        silent.sum(),
        refused.sum(),
        malformed.sum());
  }

  /** Takes a datagram. Called by the simulator's thread only. */
  Reply receive(byte[] octets, int length, InetSocketAddress from) {
    received.increment();
    Message request;
    try {
      request = Message.decode(octets, 0, length);
    } catch (BerException _) {
      malformed.increment();
      requests.add(
          new Request(
              clock.instant(),
              name(),
              from,
              0,
              Optional.empty(),
              Optional.empty(),
              0,
              Verdict.MALFORMED));
      return Reply.NONE;
    }
    Manners current = manners;
    Moment moment = moment();
    Verdict refusal = refusalOf(request, current, moment);
    if (refusal != Verdict.ANSWERED) {
      record(request, moment, from, refusal);
      return Reply.NONE;
    }
    Optional<Message> reply = current.answer(request, moment);
    record(request, moment, from, reply.isPresent() ? Verdict.ANSWERED : Verdict.IGNORED);
    if (reply.isEmpty()) {
      return Reply.NONE;
    }
    values.add(reply.get().varbinds().size());
    List<byte[]> datagrams = current.datagrams(reply.get());
    sent.add(datagrams.size());
    return new Reply(current.delay(), datagrams);
  }

  private Verdict refusalOf(Message request, Manners current, Moment moment) {
    if (current.isDead() || moment.now().isBefore(moment.bootedAt())) {
      return Verdict.SILENT;
    }
    if (current.losesThisOne()) {
      return Verdict.DROPPED;
    }
    if (!spec.versions().contains(request.version())) {
      return Verdict.WRONG_VERSION;
    }
    return spec.communities().contains(request.community())
        ? Verdict.ANSWERED
        : Verdict.WRONG_COMMUNITY;
  }

  private void record(Message request, Moment moment, InetSocketAddress from, Verdict verdict) {
    switch (verdict) {
      case ANSWERED -> {
        // counted where it is sent
      }
      case DROPPED -> dropped.increment();
      case SILENT -> silent.increment();
      case WRONG_COMMUNITY, WRONG_VERSION -> refused.increment();
      case IGNORED, MALFORMED -> malformed.increment();
    }
    Optional<ObjectId> first =
        request.varbinds().isEmpty()
            ? Optional.empty()
            : Optional.of(request.varbinds().getFirst().oid());
    Optional<PduType> type = Optional.of(request.type());
    requests.add(
        new Request(
            moment.now(),
            name(),
            from,
            request.requestId(),
            type,
            first,
            request.varbinds().size(),
            verdict));
  }
}
