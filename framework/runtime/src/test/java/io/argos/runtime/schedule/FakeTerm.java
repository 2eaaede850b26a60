package io.argos.runtime.schedule;

import io.argos.runtime.leadership.LeaderTerm;
import java.time.Duration;

/** A term that is over when the test says so. */
final class FakeTerm implements LeaderTerm {

  private final long epoch;
  boolean over;

  FakeTerm(long epoch) {
    this.epoch = epoch;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public boolean fresh() {
    return !over;
  }

  @Override
  public boolean mayAct() {
    return !over;
  }

  @Override
  public Duration leaseLeft() {
    return Duration.ofMinutes(15);
  }
}
