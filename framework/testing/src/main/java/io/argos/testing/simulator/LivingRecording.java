package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.time.Duration;
import java.util.Optional;

/**
 * A recording in which time goes on: sysUpTime and what counts with it advance, and each counter
 * goes on at the rate that it had on average since the device started. After a restart all begin at
 * zero.
 */
public final class LivingRecording implements Mib {
  private static final ObjectId SYS_UP_TIME = ObjectId.parse("1.3.6.1.2.1.1.3.0");
  private static final ObjectId SYSTEM_UPTIME = ObjectId.parse("1.3.6.1.2.1.25.1.1.0");
  private static final Duration UNTOLD = Duration.ofDays(1);

  private final Mib recording;
  private final double recordedSeconds;

  public LivingRecording(Recording recording) {
    this.recording = recording;
    this.recordedSeconds = uptime(recording).toMillis() / 1000.0;
  }

  /** How long the device had been running when it was recorded; a day where it does not say so. */
  public static Duration uptime(Recording recording) {
    Moment never = new Moment(java.time.Instant.EPOCH, java.time.Instant.EPOCH, 0, 0);
    return recording.get(SYS_UP_TIME, never) instanceof Value.Numeric(_, long centis) && centis > 0
        ? Duration.ofMillis(centis * 10)
        : UNTOLD;
  }

  @Override
  public Value get(ObjectId oid, Moment moment) {
    return at(oid, recording.get(oid, moment), moment);
  }

  @Override
  public Optional<Varbind> next(ObjectId oid, Moment moment) {
    return recording
        .next(oid, moment)
        .map(next -> new Varbind(next.oid(), at(next.oid(), next.value(), moment)));
  }

  private Value at(ObjectId oid, Value value, Moment moment) {
    if (!(value instanceof Value.Numeric(int tag, long bits))) {
      return value;
    }
    return switch (tag) {
      case Value.TAG_COUNTER32 -> Value.counter32(count(bits, moment));
      case Value.TAG_COUNTER64 -> Value.counter64(count(bits, moment));
      case Value.TAG_TIME_TICKS ->
          oid.equals(SYS_UP_TIME) || oid.equals(SYSTEM_UPTIME)
              ? Value.timeTicks(moment.centisUp())
              : value;
      default -> value;
    };
  }

  /** The recorded count is exact; only what has come since is computed. */
  private long count(long recorded, Moment moment) {
    double rate = unsigned(recorded) / recordedSeconds;
    double since = moment.secondsUp() - recordedSeconds;
    return since >= 0 ? recorded + (long) (rate * since) : (long) (rate * moment.secondsUp());
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : bits + 0x1p64;
  }
}
