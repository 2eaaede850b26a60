package io.argos.manager.metrics;

import io.argos.manager.stream.RefusedException;
import io.argos.schemas.Column;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.Derived;
import io.argos.schemas.Group;
import io.argos.schemas.RateReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rates of one group: each counter column is followed by a gauge of its name, per second, and
 * the group's section keeps the values for the next poll.
 *
 * <p>A row has no rate, and says why, when it has no former value or its column is now defined
 * otherwise (FIRST), when its time has not advanced or cannot be trusted (TIME), when more than
 * three intervals have passed (GAP), when the device restarted, reported a discontinuity, or the
 * counter fell without having wrapped (RESET), and when it has no value (OTHER).
 */
final class GroupRates {
  private static final int LARGEST_GAP_INTERVALS = 3;
  private static final long NO_WINDOW = Long.MAX_VALUE;

  private final SectionState state;
  private final Sample now;
  private final long intervalMillis;
  private final @Nullable Instant discontinuityAt;

  private long window = NO_WINDOW;

  GroupRates(
      SectionState state, Sample now, long intervalMillis, @Nullable Instant discontinuityAt) {
    this.state = state;
    this.now = now;
    this.intervalMillis = intervalMillis;
    this.discontinuityAt = discontinuityAt;
  }

  /** The group with its rates; the state is moved on to this sample. */
  Group derive(Group group) {
    int[] rows = state.rows(group.getRowKeys());
    List<Column> columns = new ArrayList<>(group.getColumns().size() * 2);
    for (Column column : group.getColumns()) {
      columns.add(column);
      if (column.getKind() == ColumnKind.COUNTER) {
        columns.add(rateOf(column, rows));
      }
    }
    return new Group(
        group.getName(),
        group.getSection(),
        group.getSampledAt(),
        group.getRowKeys(),
        group.getDimensions(),
        columns,
        window == NO_WINDOW ? null : window);
  }

  /** Refuses a group whose columns do not fit its rows. */
  static void check(Group group) {
    int rows = group.getRowKeys().size();
    for (Column column : group.getColumns()) {
      int values =
          column.getLongs().size() + column.getDoubles().size() + column.getStrings().size();
      if (values + column.getAbsent().size() != rows) {
        throw new RefusedException(
            "column %s of group %s has %d values and %d absent rows where there are %d rows"
                .formatted(
                    column.getName(), group.getName(), values, column.getAbsent().size(), rows));
      }
      int last = -1;
      for (int absent : column.getAbsent()) {
        if (absent <= last || absent >= rows) {
          throw new RefusedException(
              "column %s of group %s names absent rows that are not ascending positions"
                  .formatted(column.getName(), group.getName()));
        }
        last = absent;
      }
      if (column.getKind() == ColumnKind.COUNTER && !column.getStrings().isEmpty()) {
        throw new RefusedException(
            "counter %s of group %s has texts for values"
                .formatted(column.getName(), group.getName()));
      }
    }
  }

  private Column rateOf(Column column, int[] rows) {
    boolean fractional = !column.getDoubles().isEmpty();
    Counter counter =
        new Counter(column.getUnit(), column.getWrapBits(), column.getScale(), fractional);
    if (column.getAbsent().size() == rows.length) {
      // Without a value it does not tell whether it is fractional: what is known of it stays.
      return rateColumn(
          column.getName(), counter, List.of(), allAbsent(rows.length), noValues(rows.length));
    }
    CounterSeries series = state.column(column.getName(), counter);
    int sample = state.numberOf(now);
    List<Integer> absentBefore = column.getAbsent();
    List<Double> rates = new ArrayList<>(rows.length);
    List<Integer> absent = new ArrayList<>();
    List<RateReason> reasons = new ArrayList<>(rows.length);
    int skipped = 0;
    for (int i = 0; i < rows.length; i++) {
      RateReason reason;
      if (skipped < absentBefore.size() && absentBefore.get(skipped) == i) {
        skipped++;
        reason = RateReason.OTHER;
      } else {
        long bits =
            fractional
                ? Double.doubleToLongBits(column.getDoubles().get(i - skipped))
                : column.getLongs().get(i - skipped);
        reason = rate(series, rows[i], bits, sample, rates);
      }
      reasons.add(reason);
      if (reason != RateReason.NONE) {
        absent.add(i);
      }
    }
    return rateColumn(column.getName(), counter, rates, absent, reasons);
  }

  private static Column rateColumn(
      String name,
      Counter counter,
      List<Double> rates,
      List<Integer> absent,
      List<RateReason> reasons) {
    return new Column(
        name,
        counter.rateUnit(),
        ColumnKind.GAUGE,
        List.of(),
        rates,
        List.of(),
        absent,
        0,
        1L,
        Derived.RATE,
        reasons);
  }

  private static List<Integer> allAbsent(int rows) {
    return IntStream.range(0, rows).boxed().toList();
  }

  private static List<RateReason> noValues(int rows) {
    return Collections.nCopies(rows, RateReason.OTHER);
  }

  private RateReason rate(
      CounterSeries series, int row, long bits, int sample, List<Double> rates) {
    int former = series.sampleOf(row);
    if (former == CounterSeries.NONE) {
      series.set(row, sample, bits);
      return RateReason.FIRST;
    }
    Sample before = state.sample(former);
    long elapsed = now.atMillis() - before.atMillis();
    if (elapsed <= 0) {
      // The newer value stays, whichever arrived first.
      return RateReason.TIME;
    }
    long formerBits = series.bitsOf(row);
    series.set(row, sample, bits);
    if (intervalMillis > 0 && elapsed > LARGEST_GAP_INTERVALS * intervalMillis) {
      return RateReason.GAP;
    }
    Continuity continuity = Continuity.between(before, now);
    if (continuity == Continuity.CLOCK_ASTRAY) {
      return RateReason.TIME;
    }
    if (continuity == Continuity.RESTARTED || discontinuedAfter(before)) {
      return RateReason.RESET;
    }
    double moved = series.counter().moved(formerBits, bits, continuity);
    if (Double.isNaN(moved)) {
      return RateReason.RESET;
    }
    rates.add(moved * 1000 / elapsed);
    window = Math.min(window, elapsed);
    return RateReason.NONE;
  }

  private boolean discontinuedAfter(Sample before) {
    return discontinuityAt != null && discontinuityAt.toEpochMilli() > before.atMillis();
  }
}
