package io.argos.profile;

import io.argos.profile.expression.Data;
import io.argos.profile.expression.Vector;
import java.util.HashMap;
import java.util.Map;

/** The rows of a section as expressions see them: what was polled, and below it what is slow. */
final class SectionView implements Data.Rows {
  private final TableRows slow;
  private final Map<String, Vector> polled = new HashMap<>();

  SectionView(TableRows slow) {
    this.slow = slow;
  }

  void put(String name, Vector values) {
    polled.put(name, values);
  }

  @Override
  public int size() {
    return slow.size();
  }

  @Override
  public Vector column(String name) {
    Vector values = polled.get(name);
    return values == null ? slow.column(name) : values;
  }

  @Override
  public int find(String index) {
    return slow.find(index);
  }
}
