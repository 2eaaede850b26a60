package io.argos.deploy.profile;

import io.argos.profile.proof.RecordedDevice;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tables and scalars of a walk that no profile reads, as comments in the form of a profile:
 * what numbers there are, to be named after the MIB.
 */
final class WalkOutline {
  private static final int TABLES = 20;
  private static final int COLUMNS = 60;
  private static final int SCALARS = 40;
  private static final int SAMPLE = 24;

  private final RecordedDevice device;
  private final StringBuilder out = new StringBuilder();

  WalkOutline(RecordedDevice device) {
    this.device = device;
  }

  /**
   * Comments; empty where there is nothing to tell.
   *
   * @param hasTables true when they stand below the tables of the draft
   */
  String of(List<Oid> unknown, boolean hasTables) {
    List<Oid> proprietary =
        unknown.stream().filter(oid -> oid.startsWith(Enterprises.ROOT)).toList();
    if (proprietary.isEmpty()) {
      return "";
    }
    WalkTables walked = new WalkTables(proprietary, Enterprises.ROOT.length());
    List<WalkTables.Table> tables = walked.tables();
    if (!tables.isEmpty()) {
      out.append(
          "\n# Tables of makers that it answers besides: name them after the MIB, and uncomment what\n");
      out.append("# is wanted. Texts and states are slow columns; what is measured is polled.\n");
      out.append(hasTables ? "" : "# tables:\n");
    }
    int number = 0;
    for (WalkTables.Table table : tables.subList(0, Math.min(TABLES, tables.size()))) {
      table("table_" + ++number, table);
    }
    if (tables.size() > TABLES) {
      out.append("#   and ").append(tables.size() - TABLES).append(" more, which are smaller\n");
    }
    scalars(walked.others().stream().filter(oid -> oid.arc(oid.length() - 1) == 0).toList());
    return out.toString();
  }

  private void table(String name, WalkTables.Table table) {
    out.append(
        "#   %s:   # %s, %s, index such as %s%s%n"
            .formatted(
                name,
                table.entry(),
                table.rows() == 1 ? "1 row" : table.rows() + " rows",
                table.index(),
                Enterprises.nameOf(table.entry()).map(maker -> ", " + maker).orElse("")));
    List<String> slow = new ArrayList<>();
    List<String> fast = new ArrayList<>();
    for (Map.Entry<Oid, Integer> column : table.columns().entrySet()) {
      SnmpColumn values = column(column.getKey());
      String spec =
          "#       c%d: { oid: %s%s }   # %s"
              .formatted(
                  column.getKey().arc(column.getKey().length() - 1),
                  column.getKey(),
                  isText(values) ? "" : ", as: integer",
                  told(column.getValue(), values));
      (isMeasured(values) ? fast : slow).add(spec);
    }
    lines("#     columns:", slow);
    lines("#     polled:", fast);
  }

  private void lines(String head, List<String> lines) {
    if (!lines.isEmpty()) {
      out.append(head).append('\n');
      lines.stream().limit(COLUMNS).forEach(line -> out.append(line).append('\n'));
      if (lines.size() > COLUMNS) {
        out.append("#       and ").append(lines.size() - COLUMNS).append(" more\n");
      }
    }
  }

  private void scalars(List<Oid> scalars) {
    if (scalars.isEmpty()) {
      return;
    }
    out.append("\n# Scalars of makers:\n# scalars:\n");
    int number = 0;
    for (Oid oid : scalars.subList(0, Math.min(SCALARS, scalars.size()))) {
      SnmpColumn value =
          device
              .answer(SnmpPlan.of(List.of(oid), List.of()))
              .values()
              .getOrDefault(oid, column(oid));
      out.append(
          "#   s%d: { oid: %s%s }   # %s%n"
              .formatted(++number, oid, isText(value) ? "" : ", as: integer", told(1, value)));
    }
    if (scalars.size() > SCALARS) {
      out.append("#   and ").append(scalars.size() - SCALARS).append(" more\n");
    }
  }

  private SnmpColumn column(Oid oid) {
    SnmpColumn found = device.answer(SnmpPlan.of(List.of(), List.of(oid))).values().get(oid);
    if (found == null) {
      throw new IllegalStateException("a recording answers every column");
    }
    return found;
  }

  private static boolean isText(SnmpColumn column) {
    return column.size() == 0 || !column.types()[0].isNumber();
  }

  private static boolean isMeasured(SnmpColumn column) {
    return !isText(column) && column.types()[0] != SnmpType.INTEGER;
  }

  /** How many instances of what type, and the first of them. */
  private static String told(int count, SnmpColumn column) {
    if (column.size() == 0) {
      return count + " of no type";
    }
    SnmpType type = column.types()[0];
    String sample =
        type.isNumber()
            ? Long.toUnsignedString(column.numbers()[0])
            : WalkDraft.printable(new String(column.octets()[0], StandardCharsets.UTF_8), ".")
                .replace('\uFFFD', '.');
    if (type == SnmpType.INTEGER) {
      sample = Long.toString(column.numbers()[0]);
    }
    String cut = sample.length() > SAMPLE ? sample.substring(0, SAMPLE) + "..." : sample;
    return "%d of %s, such as %s"
        .formatted(count, type.name().toLowerCase(Locale.ROOT).replace('_', ' '), cut);
  }
}
