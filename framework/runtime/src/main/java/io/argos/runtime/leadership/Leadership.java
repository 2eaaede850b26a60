package io.argos.runtime.leadership;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs for the leadership of a stage, and keeps the term proven while it lasts.
 *
 * <p>Curator's latch elects; an epoch is then taken in one transaction with a check of the latch
 * node. While the term lasts ZooKeeper is asked several times a session whether latch node and
 * epoch are still this leader's. The client must use the session error policy, or every short loss
 * of the connection elects somebody new.
 *
 * <p>A leader that only ceased to hear ZooKeeper goes on as a caretaker while the log proves that
 * nobody follows it, and no longer than its lease. A term that ZooKeeper says is over, is.
 */
public final class Leadership implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Leadership.class);
  private static final int PROOFS_PER_SESSION = 6;
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Candidate candidate;
  private final String stage;
  private final Duration session;
  private final EpochRegister register;
  private final Seating seating;
  private final Caretaker caretaker;
  private final LeadershipListener listener;
  private final StageThread thread;

  private final LatchSeat seat;

  private volatile @Nullable ProvenTerm term;

  /** Since when it is elected and does not get to work; of the thread alone. */
  private OptionalLong failingSince = OptionalLong.empty();

  /**
   * An instance that does not run for the leadership yet.
   *
   * @param zooKeeper a started client
   * @param candidate who runs for what
   * @param epochs the epochs in the log
   * @param listener told of every term
   */
  public Leadership(
      CuratorFramework zooKeeper,
      Candidate candidate,
      EpochLog epochs,
      LeadershipListener listener) {
    this.candidate = candidate;
    this.stage = candidate.stage();
    this.session = candidate.session();
    this.register = new EpochRegister(zooKeeper, candidate.prefix(), stage, epochs);
    this.seating = new Seating(zooKeeper, register, (_, why) -> giveUp(why));
    this.caretaker = new Caretaker(candidate, epochs, this::followed);
    this.listener = listener;
    this.seat = new LatchSeat(zooKeeper, candidate, new Votes());
    this.thread = new StageThread(stage);
  }

  /** Joins the queue of those who would lead. Returns at once, also without ZooKeeper. */
  public void start() {
    thread.every(session.dividedBy(PROOFS_PER_SESSION), this::prove);
    seat.join();
  }

  /** True while this instance goes on without ZooKeeper, since nobody follows it. */
  public boolean caretaking() {
    ProvenTerm present = term;
    return present != null && present.caretaking();
  }

  /** Somebody has published an epoch of this stage. Never blocks. */
  public void heard(long epoch) {
    ProvenTerm present = term;
    if (present != null && !present.over() && epoch > present.epoch()) {
      followed(present, epoch);
    }
  }

  /**
   * Gives the leadership up, and stands at the end of the queue after one session. Without
   * ZooKeeper nobody could follow, and this instance keeps trying.
   */
  public void resign(String why) {
    ProvenTerm present = term;
    if (present == null || present.over() || present.confirmed()) {
      giveUp(why);
    }
  }

  private void giveUp(String why) {
    ProvenTerm present = term;
    if (present != null && !present.over()) {
      log.warn("resigning stage={} epoch={} cause={}", stage, present.epoch(), why);
      present.end();
    }
    thread.submit(() -> {
      stepDown();
      seat.leave();
      thread.later(session, seat::join);
    });
  }

  /** A term that a higher epoch follows is over, whatever ZooKeeper has to say. */
  private void followed(ProvenTerm former, long epoch) {
    if (former.over()) {
      return;
    }
    // Also without a connection: the seat may outlast that, and nobody would lead from it again.
    if (seat.elected().filter(former.seat().latchPath()::equals).isPresent()) {
      giveUp("epoch " + epoch + " is another's");
      return;
    }
    former.end();
    log.info("epoch {} follows stage={} epoch={}", epoch, stage, former.epoch());
    thread.submit(this::stepDown);
  }

  /** Stops work first, then leaves, so that the next in the queue leads at once. */
  @Override
  public void close() {
    if (!seat.shut()) {
      return;
    }
    ProvenTerm present = term;
    if (present != null) {
      present.end();
    }
    thread.submit(this::stepDown);
    thread.close();
    caretaker.close();
    seat.close();
  }

  /** What the latch has to say, on ZooKeeper's event thread, where nothing may be waited for. */
  private final class Votes implements LeaderLatchListener {
    @Override
    public void isLeader() {
      thread.submit(Leadership.this::takeOver);
    }

    @Override
    public void notLeader() {
      ProvenTerm present = term;
      // A leader whose session is gone with the connection may go on as a caretaker.
      if (present != null && seating.holds(present)) {
        present.end();
      }
      thread.submit(Leadership.this::prove);
    }
  }

  private void takeOver() {
    Optional<String> elected = seat.elected();
    if (elected.isEmpty()) {
      failingSince = OptionalLong.empty();
      return;
    }
    stepDown();
    String node = elected.get();
    ProvenTerm former = term;
    if (former != null && former.seat().latchPath().equals(node)) {
      return;
    }
    long askedAt = System.nanoTime();
    try {
      // The seat may outlast a lost connection, and then nobody says again that it leads.
      long owner =
          seating.session().orElseThrow(() -> new EpochException("ZooKeeper is not connected"));
      Optional<Long> epoch = register.take(node, candidate.instance());
      if (epoch.isEmpty()) {
        // Its node is gone, which the latch does not see: it would never tell of an election again.
        log.warn("elected by a latch node that is gone, standing again stage={}", stage);
        seat.leave();
        thread.later(RETRY, seat::join);
        return;
      }
      if (former != null) {
        // A caretaker goes on until it follows itself.
        former.end();
        stepDown();
      }
      ProvenTerm next =
          new ProvenTerm(
              epoch.get(),
              new ProvenTerm.Seat(node, owner),
              candidate,
              askedAt,
              () -> thread.submit(this::prove));
      term = next;
      if (seat.elected().isEmpty()) {
        next.end();
        term = null;
        return;
      }
      log.info("leading stage={} instance={} epoch={}", stage, candidate.instance(), next.epoch());
      begin(next);
      failingSince = OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      retry(e);
    }
  }

  /** A leader whose work did not begin is none, whatever ZooKeeper says of it. */
  private void begin(ProvenTerm next) {
    try {
      listener.elected(next);
    } catch (RuntimeException | Error e) {
      log.warn("work under the term did not begin stage={} epoch={}", stage, next.epoch(), e);
      next.end();
      stepDown();
      throw e;
    }
  }

  /**
   * An elected leader that does not work helps nobody: after two sessions somebody else shall try.
   * A caretaker, who does work, does not make room for that, and goes on trying.
   */
  private void retry(Throwable cause) {
    long now = System.nanoTime();
    if (failingSince.isEmpty()) {
      failingSince = OptionalLong.of(now);
      log.warn("elected, but not at work yet stage={} cause={}", stage, cause.toString());
    }
    if (now - failingSince.getAsLong() > session.multipliedBy(2).toNanos()) {
      failingSince = OptionalLong.empty();
      resign("it was elected and its work did not begin: " + cause.getMessage());
    }
    thread.later(RETRY, this::takeOver);
  }

  private void stepDown() {
    ProvenTerm former = term;
    if (former == null || !former.over()) {
      return;
    }
    caretaker.announce(former);
    term = null;
    listener.lost();
    log.info(
        "no longer leading stage={} instance={} epoch={}",
        stage,
        candidate.instance(),
        former.epoch());
  }

  /** Sees to it that the term has a young proof, from ZooKeeper if it can be had. */
  private void prove() {
    ProvenTerm asked = term;
    if (asked == null) {
      return;
    }
    if (!asked.over() && asked.leaseLeft().isZero()) {
      log.warn("the lease without ZooKeeper is over stage={} epoch={}", stage, asked.epoch());
      asked.end();
    }
    if (asked.over()) {
      stepDown();
      return;
    }
    if (seating.holds(asked)) {
      seating.prove(asked);
    }
    if (asked.ages()) {
      caretaker.ask(asked);
    }
    caretaker.announce(asked);
  }
}
