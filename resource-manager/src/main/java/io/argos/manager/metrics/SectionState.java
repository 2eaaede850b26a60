package io.argos.manager.metrics;

import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last values of all counters of one section of one resource: the state behind the rates. Rows
 * are known by their keys, so that parts of a poll, and rows that come and go, meet their own.
 *
 * <p>Layout of an entry: version; when it may be forgotten; the samples; the row keys; each column
 * with, row by row, the number of the sample plus one (0 for none) and eight bytes of value.
 */
final class SectionState {
  private static final int LAYOUT = 1;

  private final List<Sample> samples = new ArrayList<>();
  private final List<String> rowKeys = new ArrayList<>();
  private final Map<String, CounterSeries> columns = new LinkedHashMap<>();
  private final Map<String, Integer> rowIndex = new HashMap<>();

  /** Positions of the rows with these keys; unknown ones are added. */
  int[] rows(List<String> keys) {
    int[] rows = new int[keys.size()];
    for (int i = 0; i < rows.length; i++) {
      String key = keys.get(i);
      // Most polls bring the rows of the last one in the same order.
      rows[i] = i < rowKeys.size() && rowKeys.get(i).equals(key) ? i : rowOf(key);
    }
    return rows;
  }

  private int rowOf(String key) {
    if (rowIndex.size() != rowKeys.size()) {
      for (int i = rowIndex.size(); i < rowKeys.size(); i++) {
        rowIndex.put(rowKeys.get(i), i);
      }
    }
    Integer known = rowIndex.get(key);
    if (known != null) {
      return known;
    }
    rowKeys.add(key);
    rowIndex.put(key, rowKeys.size() - 1);
    return rowKeys.size() - 1;
  }

  CounterSeries column(String name, Counter counter) {
    CounterSeries series =
        columns.computeIfAbsent(name, n -> new CounterSeries(n, counter, rowKeys.size()));
    series.define(counter);
    series.grow(rowKeys.size());
    return series;
  }

  Sample sample(int number) {
    return samples.get(number);
  }

  /** Number of a sample; an unknown one is added. */
  int numberOf(Sample sample) {
    int known = samples.lastIndexOf(sample);
    if (known >= 0) {
      return known;
    }
    samples.add(sample);
    return samples.size() - 1;
  }

  boolean hasColumns() {
    return !columns.isEmpty();
  }

  /** The entry for the store, without values older than a given time. */
  byte[] toBytes(long oldestMillis, long forgetAtMillis) {
    columns.values().forEach(series -> series.grow(rowKeys.size()));
    int[] sampleNumbers = new int[samples.size()];
    List<Sample> keptSamples = new ArrayList<>();
    boolean[] rowKept = new boolean[rowKeys.size()];
    boolean[] sampleUsed = usedSamples(oldestMillis, rowKept);
    for (int i = 0; i < samples.size(); i++) {
      if (sampleUsed[i]) {
        sampleNumbers[i] = keptSamples.size();
        keptSamples.add(samples.get(i));
      }
    }
    StateWriter out = new StateWriter(LAYOUT).number(forgetAtMillis).count(keptSamples.size());
    for (Sample sample : keptSamples) {
      out.number(sample.atMillis()).number(sample.uptimeCentis());
    }
    writeRowKeys(out, rowKept);
    out.count(columns.size());
    for (CounterSeries series : columns.values()) {
      writeColumn(out, series, rowKept, sampleUsed, sampleNumbers);
    }
    return out.toBytes();
  }

  private boolean[] usedSamples(long oldestMillis, boolean[] rowKept) {
    boolean[] used = new boolean[samples.size()];
    for (CounterSeries series : columns.values()) {
      for (int row = 0; row < rowKept.length; row++) {
        int number = series.sampleOf(row);
        if (number >= 0 && samples.get(number).atMillis() >= oldestMillis) {
          used[number] = true;
          rowKept[row] = true;
        }
      }
    }
    return used;
  }

  private void writeRowKeys(StateWriter out, boolean[] rowKept) {
    int kept = 0;
    for (boolean keep : rowKept) {
      kept += keep ? 1 : 0;
    }
    out.count(kept);
    for (int row = 0; row < rowKept.length; row++) {
      if (rowKept[row]) {
        out.text(rowKeys.get(row));
      }
    }
  }

  private static void writeColumn(
      StateWriter out,
      CounterSeries series,
      boolean[] rowKept,
      boolean[] sampleUsed,
      int[] sampleNumbers) {
    Counter counter = series.counter();
    out.text(series.name())
        .text(counter.unit())
        .octet(counter.wrapBits())
        .number(counter.scale())
        .flag(counter.fractional());
    for (int row = 0; row < rowKept.length; row++) {
      if (rowKept[row]) {
        int number = series.sampleOf(row);
        if (number >= 0 && sampleUsed[number]) {
          out.count(sampleNumbers[number] + 1L).fixed(series.bitsOf(row));
        } else {
          out.count(0);
        }
      }
    }
  }

  /** When an entry may be forgotten, without reading the rest. */
  static long forgetAtMillis(byte[] entry) {
    return new StateReader(entry, LAYOUT).number();
  }

  static SectionState fromBytes(byte[] entry) {
    StateReader in = new StateReader(entry, LAYOUT);
    in.number();
    SectionState state = new SectionState();
    int samples = in.size();
    for (int i = 0; i < samples; i++) {
      state.samples.add(new Sample(in.number(), in.number()));
    }
    int rows = in.size();
    for (int i = 0; i < rows; i++) {
      state.rowKeys.add(in.text());
    }
    int columns = in.size();
    for (int i = 0; i < columns; i++) {
      String name = in.text();
      Counter counter = new Counter(in.text(), in.octet(), in.number(), in.flag());
      CounterSeries series = new CounterSeries(name, counter, rows);
      for (int row = 0; row < rows; row++) {
        int number = in.size() - 1;
        if (number >= 0) {
          series.set(row, number, in.fixed());
        }
      }
      state.columns.put(name, series);
    }
    return state;
  }
}
