package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.RowChanges.Told;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RowChangesTest {
  private static final Instant ENRICHED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Oid LAST_CHANGE = Oid.parse("1.3.6.1.2.1.31.1.5.0");
  private static final long DAY = 8_640_000;
  private static final SnmpReply NOTHING = new SnmpReply(Map.of(), Optional.empty(), 1);

  private final RowChanges changes = new RowChanges(ENRICHED);

  private Told told(long uptimeCentis, Duration after) {
    return changes.told(NOTHING, OptionalLong.of(uptimeCentis), ENRICHED.plus(after));
  }

  private Told told(long uptimeCentis, long lastChange, Duration after) {
    SnmpColumn column =
        new SnmpColumn(
            LAST_CHANGE,
            new int[1][0],
            new SnmpType[] {SnmpType.TIME_TICKS},
            new long[] {lastChange},
            new byte[1][],
            true);
    SnmpReply reply = new SnmpReply(Map.of(LAST_CHANGE, column), Optional.empty(), 1);
    return changes.told(reply, OptionalLong.of(uptimeCentis), ENRICHED.plus(after));
  }

  @Test
  void holdsTheFirstPollAgainstTheEnrichment() {
    assertThat(told(10 * DAY, Duration.ofMinutes(1))).isEqualTo(Told.NOTHING);

    assertThat(new RowChanges(ENRICHED).told(NOTHING, OptionalLong.of(5_700), at(60)))
        .isEqualTo(Told.BOOTED);
  }

  @Test
  void doesNotTrustWhatWasReadInTheMinuteAfterABoot() {
    assertThat(told(12_000, Duration.ofSeconds(100))).isEqualTo(Told.BOOTED);

    assertThat(new RowChanges(ENRICHED).told(NOTHING, OptionalLong.of(18_000), at(100)))
        .isEqualTo(Told.NOTHING);
  }

  @Test
  void takesAFallForABootAndTellsItOnce() {
    told(DAY, Duration.ofMinutes(1));

    assertThat(told(300, Duration.ofMinutes(2))).isEqualTo(Told.BOOTED);
    assertThat(told(6_300, Duration.ofMinutes(3))).isEqualTo(Told.NOTHING);
  }

  @Test
  void takesABootForOneAlsoWhereTheUptimeHasCaughtUp() {
    told(DAY, Duration.ofMinutes(1));
    told(200, Duration.ofMinutes(2));

    assertThat(told(5_900, Duration.ofMinutes(3))).isEqualTo(Told.NOTHING);
    assertThat(told(5_950, Duration.ofMinutes(4))).isEqualTo(Told.BOOTED);
  }

  @Test
  void takesAnExchangeThatTookLongForNoBoot() {
    told(DAY, Duration.ofMinutes(1));

    assertThat(told(DAY + 6_000, Duration.ofSeconds(145))).isEqualTo(Told.NOTHING);
    assertThat(told(DAY + 12_000, Duration.ofMinutes(3))).isEqualTo(Told.NOTHING);
  }

  @Test
  void takesTheWrapAfter497DaysForNoBoot() {
    told((1L << 32) - 2_000, Duration.ofMinutes(1));

    assertThat(told(4_000, Duration.ofMinutes(2))).isEqualTo(Told.NOTHING);
    assertThat(told(1_000, Duration.ofMinutes(3))).isEqualTo(Told.BOOTED);
  }

  @Test
  void knowsNothingWhereTheDeviceDoesNotTellAndComparesAcrossThat() {
    told(DAY, Duration.ofMinutes(1));

    assertThat(changes.told(NOTHING, OptionalLong.empty(), at(120))).isEqualTo(Told.UNKNOWN);
    assertThat(told(DAY + 12_000, Duration.ofMinutes(3))).isEqualTo(Told.NOTHING);
    assertThat(changes.told(NOTHING, OptionalLong.empty(), at(240))).isEqualTo(Told.UNKNOWN);
    assertThat(told(3_000, Duration.ofMinutes(5))).isEqualTo(Told.BOOTED);
  }

  @Test
  void tellsADeviceThatNeverToldFromOneWhoseAnswerGotLost() {
    SnmpFailure lost = new SnmpFailure.NoAnswer(true, 3, "no answer");
    SnmpReply part = new SnmpReply(Map.of(), Optional.of(lost), 3);

    assertThat(changes.told(part, OptionalLong.empty(), at(60))).isEqualTo(Told.UNKNOWN);
    assertThat(changes.told(NOTHING, OptionalLong.empty(), at(120))).isEqualTo(Told.NEVER);
  }

  @Test
  void tellsOfAChangeOfRowsHoweverSoonAfterTheEnrichment() {
    changes.add(LAST_CHANGE);

    assertThat(told(DAY, 5, Duration.ofSeconds(1))).isEqualTo(Told.NOTHING);
    assertThat(told(DAY + 6_000, DAY + 100, Duration.ofSeconds(61))).isEqualTo(Told.CHANGED);
    assertThat(told(DAY + 12_000, DAY + 100, Duration.ofSeconds(121))).isEqualTo(Told.NOTHING);
  }

  private static Instant at(long seconds) {
    return ENRICHED.plusSeconds(seconds);
  }
}
