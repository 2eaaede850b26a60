package io.argos.schemas.columnar;

import io.argos.schemas.ColumnKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/** Polls of any shape, from a seed. */
final class RandomPolls {
  private final Random random;

  RandomPolls(long seed) {
    this.random = new Random(seed);
  }

  PollHeader header() {
    return new PollHeader(
        text(),
        text(),
        text(),
        text(),
        text(),
        text(),
        text(),
        random.nextBoolean() ? Map.of() : Map.of("owner", text()),
        text(),
        random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
        random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
        time(),
        time(),
        time(),
        random.nextLong(),
        random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
        random.nextBoolean() ? Optional.of(time()) : Optional.empty(),
        random.nextBoolean(),
        text());
  }

  List<GroupBlock> groups(int atMost, int mostRows) {
    List<GroupBlock> groups = new ArrayList<>();
    int count = random.nextInt(atMost + 1);
    for (int i = 0; i < count; i++) {
      groups.add(group("group" + i, random.nextInt(mostRows + 1)));
    }
    return groups;
  }

  GroupBlock group(String name, int rows) {
    String[] keys = IntStream.range(0, rows).mapToObj(row -> "row" + row).toArray(String[]::new);
    List<DimensionBlock> dimensions = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int[] absent = absent(rows);
      dimensions.add(new DimensionBlock("dimension" + i, texts(rows - absent.length), absent));
    }
    List<ColumnBlock> columns = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      columns.add(column("column" + i, rows));
    }
    return new GroupBlock(name, text(), time(), new RowBlock(keys, dimensions), columns);
  }

  private ColumnBlock column(String name, int rows) {
    int[] absent = absent(rows);
    int present = rows - absent.length;
    Values values =
        switch (random.nextInt(3)) {
          case 0 -> new Values.Longs(random.longs(present).toArray());
          case 1 -> new Values.Doubles(random.doubles(present, -1e9, 1e9).toArray());
          default -> new Values.Strings(texts(present));
        };
    ColumnKind kind = random.nextBoolean() ? ColumnKind.COUNTER : ColumnKind.GAUGE;
    return new ColumnBlock(
        name, "By", kind, values, absent, random.nextBoolean() ? 64 : 32, random.nextInt(10));
  }

  private int[] absent(int rows) {
    return random.nextBoolean()
        ? new int[0]
        : IntStream.range(0, rows).filter(row -> random.nextInt(4) == 0).toArray();
  }

  private String[] texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> text()).toArray(String[]::new);
  }

  private String text() {
    return random.nextInt(8) == 0 ? "" : "schön-" + Integer.toString(random.nextInt(1 << 20), 36);
  }

  private Instant time() {
    return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
  }
}
