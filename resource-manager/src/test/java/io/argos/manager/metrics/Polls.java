package io.argos.manager.metrics;

import io.argos.schemas.Column;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.Derived;
import io.argos.schemas.Group;
import io.argos.schemas.PollResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Polls for the tests of this package. */
final class Polls {
  static final String RESOURCE = "lab/core1";
  static final long INTERVAL_MILLIS = 60_000;

  private Polls() {}

  static Column counter(String name, int wrapBits, Long... values) {
    return new Column(
        name,
        "By",
        ColumnKind.COUNTER,
        List.of(values),
        List.of(),
        List.of(),
        List.of(),
        wrapBits,
        1L,
        Derived.NONE,
        List.of());
  }

  static Column absentIn(Column column, Integer... rows) {
    Column copy = Column.newBuilder(column).build();
    copy.setAbsent(List.of(rows));
    return copy;
  }

  static Group group(Instant at, List<String> rows, Column... columns) {
    return new Group("interface", "ifs", at, rows, List.of(), List.of(columns), null);
  }

  static PollResult poll(String id, Instant at, @Nullable Long uptimeCentis, Group... groups) {
    return part(id, at, uptimeCentis, 0, 1, groups);
  }

  static PollResult part(
      String id, Instant at, @Nullable Long uptimeCentis, int part, int parts, Group... groups) {
    return new PollResult(
        id,
        RESOURCE,
        "lab",
        "network",
        "switch",
        "acme",
        "192.0.2.1",
        Map.of(),
        "interfaces",
        "if-mib",
        "00",
        at,
        at,
        at,
        INTERVAL_MILLIS,
        uptimeCentis,
        null,
        false,
        "agent-1",
        part,
        parts,
        new ArrayList<>(List.of(groups)));
  }
}
