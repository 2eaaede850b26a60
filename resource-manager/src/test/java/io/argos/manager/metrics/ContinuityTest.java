package io.argos.manager.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContinuityTest {
  private static final long START = 1_700_000_000_000L;

  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "100000, 106000, 60, UNBROKEN, a minute on both clocks",
    "100000, 500, 60, RESTARTED, uptime fell",
    "100000, 104500, 60, UNBROKEN, within the tolerance",
    "10000, 11000, 600, RESTARTED, uptime advanced by less than the time that passed",
    "100000, 130000, 60, CLOCK_ASTRAY, more time passed on the device",
    "4294967000, 5704, 60, UNBROKEN, uptime wrapped after 497 days",
    "4294967000, 905704, 60, RESTARTED, uptime fell near its wrap but not as far as time says",
    "4000000000, 5704, 60, RESTARTED, uptime fell long before its wrap",
    "100000, 100000, 60, UNKNOWN, uptime that does not move tells nothing",
    "-1, 100000, 60, UNKNOWN, no uptime before",
    "100000, -1, 60, UNKNOWN, no uptime now",
  })
  void tellsWhetherTheDeviceWentOn(
      long before, long now, long seconds, Continuity expected, String why) {
    Continuity told =
        Continuity.between(new Sample(START, before), new Sample(START + seconds * 1000, now));

    assertThat(told).as(why).isEqualTo(expected);
  }
}
