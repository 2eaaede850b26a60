package io.argos.testing.simulator;

import io.argos.testing.ber.Message;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A device's peculiarities in the form in which they are applied. Used by one thread at a time. */
final class Manners {
  private static final int NEVER = 0;

  private final Random noise = new Random(1);
  private Mib mib;
  private Duration delay = Duration.ZERO;
  private boolean dead;
  private double lostShare;
  private Random loss = new Random(0);
  private Optional<Behaviour.Reboots> reboots = Optional.empty();
  private boolean shuffles;
  private int wrongIdEvery = NEVER;
  private int twiceEvery = NEVER;
  private int shortEvery = NEVER;
  private int garbageEvery = NEVER;
  private int maxVarbinds = Integer.MAX_VALUE;
  private final Responder responder;
  private long replies;

  Manners(Mib plain, int maxMessage, List<Behaviour> behaviours) {
    this.mib = plain;
    behaviours.forEach(this::adopt);
    this.responder = new Responder(mib, maxMessage, maxVarbinds);
  }

  private void adopt(Behaviour behaviour) {
    switch (behaviour) {
      case Behaviour.Slow(Duration by) -> delay = delay.plus(by);
      case Behaviour.Dead _ -> dead = true;
      case Behaviour.Lossy(double share, long seed) -> {
        lostShare = share;
        loss = new Random(seed);
      }
      case Behaviour.Reboots plan -> reboots = Optional.of(plan);
      case Behaviour.ShufflesIfIndex _ -> shuffles = true;
      case Behaviour.WrongRequestIds(int every) -> wrongIdEvery = every;
      case Behaviour.Duplicates(int every) -> twiceEvery = every;
      case Behaviour.CutShort(int every) -> shortEvery = every;
      case Behaviour.Garbage(int every) -> garbageEvery = every;
      case Behaviour.TooBig(int most) -> maxVarbinds = most;
      case Behaviour.Loops(var column, int rows) -> mib = new LoopingMib(mib, column, rows);
      case Behaviour.Endless(var column) -> mib = new EndlessMib(mib, column);
    }
  }

  boolean isDead() {
    return dead;
  }

  Duration delay() {
    return delay;
  }

  Optional<Behaviour.Reboots> reboots() {
    return reboots;
  }

  boolean shuffles() {
    return shuffles;
  }

  boolean losesThisOne() {
    return lostShare > 0 && loss.nextDouble() < lostShare;
  }

  Optional<Message> answer(Message request, Moment moment) {
    return responder.answer(request, moment);
  }

  /** The datagrams that carry a reply. */
  List<byte[]> datagrams(Message reply) {
    replies++;
    Message sent = isDue(wrongIdEvery) ? reply.withRequestId(reply.requestId() + 1_000_003) : reply;
    byte[] datagram = sent.encode();
    if (isDue(shortEvery)) {
      datagram = Arrays.copyOf(datagram, datagram.length / 2);
    }
    if (isDue(garbageEvery)) {
      noise.nextBytes(datagram);
    }
    return isDue(twiceEvery) ? List.of(datagram, datagram) : List.of(datagram);
  }

  private boolean isDue(int every) {
    return every != NEVER && replies % every == 0;
  }
}
