package io.argos.manager.metrics;

import static io.argos.manager.metrics.Continuity.UNBROKEN;
import static io.argos.manager.metrics.Continuity.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterTest {
  private static final long TWO_32 = 1L << 32;
  private static final int HISTORIES = 2_000;

  private static Counter counter(int wrapBits, long scale) {
    return new Counter("By", wrapBits, scale, false);
  }

  @Test
  void movesByTheDifferenceWhenItRose() {
    assertThat(counter(0, 1).moved(100, 250, UNKNOWN)).isEqualTo(150);
  }

  @Test
  void isUnsignedUpToItsLastBit() {
    assertThat(counter(64, 1).moved(0, -1L, UNKNOWN)).isEqualTo(0x1p64);
    assertThat(counter(64, 1).moved(Long.MAX_VALUE, Long.MIN_VALUE, UNKNOWN)).isEqualTo(1);
  }

  @Test
  void wrapsAtThirtyTwoBitsWhenTheDeviceWentOn() {
    assertThat(counter(32, 1).moved(TWO_32 - 10, 5, UNBROKEN)).isEqualTo(15);
    assertThat(counter(32, 8).moved(8 * (TWO_32 - 10), 8 * 5, UNBROKEN)).isEqualTo(8 * 15);
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "32, 4294967286, 5, UNKNOWN, nothing says that the device went on",
    "32, 2000000000, 5, UNBROKEN, a wrap would be more than half of the range",
    "64, -10, 5, UNBROKEN, 64 bits do not wrap",
    "0, 4294967286, 5, UNBROKEN, the width is not known",
    "32, 4294967296, 4294967300, UNBROKEN, values beyond 32 bits are no such counter",
  })
  void wasResetOtherwise(int wrapBits, long before, long now, Continuity continuity, String why) {
    assertThat(counter(wrapBits, 1).moved(before, now, continuity)).as(why).isNaN();
  }

  @Test
  void movesByFractions() {
    Counter seconds = new Counter("s", 0, 1, true);

    double moved =
        seconds.moved(Double.doubleToLongBits(1.25), Double.doubleToLongBits(2.0), UNBROKEN);
    double fallen =
        seconds.moved(Double.doubleToLongBits(2.0), Double.doubleToLongBits(1.25), UNBROKEN);
    double senseless =
        seconds.moved(Double.doubleToLongBits(2.0), Double.doubleToLongBits(Double.NaN), UNBROKEN);

    assertThat(moved).isEqualTo(0.75, within(1e-12));
    assertThat(fallen).isNaN();
    assertThat(senseless).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"By, By/s", "1, /s", "'', /s", "{packet}, {packet}/s", "s, s/s"})
  void namesTheUnitOfTheRate(String unit, String rateUnit) {
    assertThat(new Counter(unit, 64, 1, false).rateUnit()).isEqualTo(rateUnit);
  }

  /** Counters of random width, scale and traffic on devices that restart and clear them. */
  @Test
  void neverMovesByMoreThanTheCounterDid() {
    long seed = 20_261_121L;
    System.err.println("seed " + seed);
    Random random = new Random(seed);
    int rates = 0;
    for (int i = 0; i < HISTORIES; i++) {
      rates += history(random);
    }
    assertThat(rates).as("steps with a rate").isGreaterThan(HISTORIES);
  }

  private static int history(Random random) {
    int wrapBits = random.nextInt(3) * 32;
    long scale = random.nextInt(4) == 0 ? 8 : 1;
    Counter counter = counter(wrapBits, scale);
    long mask = wrapBits == 32 ? TWO_32 - 1 : -1L;
    long most = 1L << (1 + random.nextInt(34));
    long raw = random.nextLong() & mask & (wrapBits == 32 ? -1L : 0xFFFF_FFFF_FFFFL);
    long uptime = random.nextLong(TWO_32);
    long at = 1_700_000_000_000L;
    int rates = 0;
    for (int step = 0; step < 50; step++) {
      long elapsed = 1_000 + random.nextInt(120_000);
      boolean restarts = random.nextInt(10) == 0;
      long sinceRestart = random.nextLong(elapsed);
      long moved = random.nextLong(most);
      long nextRaw = ((restarts ? 0 : raw) + moved) & mask;
      long nextUptime = restarts ? sinceRestart / 10 : (uptime + elapsed / 10) & (TWO_32 - 1);
      Sample before = new Sample(at, uptime);
      Sample now = new Sample(at + elapsed, nextUptime);

      Continuity continuity = Continuity.between(before, now);
      if (continuity == Continuity.UNBROKEN || continuity == Continuity.UNKNOWN) {
        double told = counter.moved(raw * scale, nextRaw * scale, continuity);
        if (!Double.isNaN(told)) {
          rates++;
          assertThat(told)
              .as("width %d scale %d restarts %s", wrapBits, scale, restarts)
              .isLessThanOrEqualTo((double) moved * scale);
        }
      }
      raw = nextRaw;
      uptime = nextUptime;
      at += elapsed;
    }
    return rates;
  }
}
