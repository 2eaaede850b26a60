package io.argos.deploy.profile;

import io.argos.profile.SystemGroup;
import io.argos.profile.proof.RecordedDevice;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpPlan;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a draft says of the identity of a device: its maker by the number in sysObjectID, model and
 * serial from ENTITY-MIB, and what else of its sysDescr looks like a version or a model.
 */
final class WalkIdentity {
  private static final Oid PHYSICAL = Oid.parse("1.3.6.1.2.1.47.1.1.1.1");
  private static final Oid PHYSICAL_CLASS = PHYSICAL.append(5);
  private static final int CHASSIS = 3;
  private static final Map<String, Integer> COLUMNS = new LinkedHashMap<>();

  /** From what is said to be a version to what only looks like one. */
  private static final List<String> VERSIONS =
      List.of(
          "(?i)(?:version|ver\\.?|software|release|firmware)[ :]+v?([0-9][^ ,;]*)",
          "\\bv([0-9]+\\.[0-9][^ ,;]*)",
          "\\b([0-9]+\\.[0-9]+\\.[0-9][^ ,;]*)");

  private static final List<String> MODELS =
      List.of("(?i)(?:model|type)[ :]+([^ ,;)]+)", "\\b([A-Z]{1,6}-?[0-9]{2,5}[A-Za-z0-9-]*)\\b");

  static {
    COLUMNS.put("software", 10);
    COLUMNS.put("serial", 11);
    COLUMNS.put("model", 13);
  }

  private final RecordedDevice device;
  private final SystemGroup system;

  WalkIdentity(RecordedDevice device, SystemGroup system) {
    this.device = device;
    this.system = system;
  }

  /** Columns of ENTITY-MIB in which a chassis says something. */
  private Map<String, Integer> told() {
    Map<String, Integer> told = new LinkedHashMap<>();
    SnmpColumn classes = column(PHYSICAL_CLASS);
    COLUMNS.forEach((name, arc) -> {
      SnmpColumn column = column(PHYSICAL.append(arc));
      for (int row = 0; row < classes.size(); row++) {
        int at = column.find(classes.indexes()[row]);
        if (classes.numbers()[row] == CHASSIS && at >= 0 && !text(column, at).isBlank()) {
          told.put(name, arc);
        }
      }
    });
    return told;
  }

  private SnmpColumn column(Oid oid) {
    SnmpColumn found = device.answer(SnmpPlan.of(List.of(), List.of(oid))).values().get(oid);
    if (found == null) {
      throw new IllegalStateException("a recording answers every column");
    }
    return found;
  }

  private static String text(SnmpColumn column, int row) {
    return column.types()[row].isNumber()
        ? Long.toString(column.numbers()[row])
        : new String(column.octets()[row], StandardCharsets.UTF_8);
  }

  /** sysObjectID, where it is one: some agents answer a text, or an oid of one arc. */
  static Optional<Oid> objectId(SystemGroup system) {
    return system
        .text("sysObjectID")
        .filter(text -> text.matches("\\d+(\\.\\d+)+"))
        .map(Oid::parse);
  }

  /** The keys {@code identity} and {@code tables} of a draft; empty where nothing is told. */
  String text() {
    Map<String, String> identity = new LinkedHashMap<>();
    objectId(system)
        .flatMap(Enterprises::nameOf)
        .ifPresent(maker -> identity.put("vendor", "\"'" + maker + "'\""));
    Map<String, Integer> told = told();
    for (String name : List.of("model", "serial")) {
      if (told.containsKey(name)) {
        identity.put(name, chassis(name));
      }
    }
    if (!identity.containsKey("model")) {
      capture(MODELS).ifPresent(expression -> identity.put("model", expression));
    }
    Optional<String> version = capture(VERSIONS);
    if (version.isPresent()) {
      identity.put("version", version.get());
    } else if (told.containsKey("software")) {
      identity.put("version", chassis("software"));
    }
    StringBuilder out = new StringBuilder();
    if (!identity.isEmpty()) {
      out.append("# Guesses; what sysDescr tells stands above.\nidentity:\n");
      identity.forEach((key, value) -> out.append("  " + key + ": " + value + "\n"));
    }
    boolean usesEntity = identity.values().stream().anyMatch(value -> value.contains("physical."));
    if (usesEntity) {
      out.append("tables:\n  physical:\n    keep: false\n    columns:\n");
      out.append("      class: { oid: ").append(PHYSICAL_CLASS).append(", as: integer }\n");
      told.forEach((name, arc) -> {
        if (identity.values().stream().anyMatch(value -> value.contains("physical." + name))) {
          out.append("      " + name + ": " + PHYSICAL.append(arc) + "\n");
        }
      });
    }
    return out.toString();
  }

  private static String chassis(String column) {
    return "first(physical.%s, physical.class == 3 and present(physical.%s))"
        .formatted(column, column);
  }

  /** The first pattern that finds something in sysDescr, as an expression. */
  private Optional<String> capture(List<String> patterns) {
    String descr = system.text("sysDescr").orElse("");
    for (String pattern : patterns) {
      Matcher found = Pattern.compile(pattern).matcher(descr);
      if (found.find()) {
        String seen = WalkDraft.printable(found.group(1), " ");
        return Optional.of(
            "\"capture(sysDescr, '%s')\"   # %s".formatted(pattern.replace("\\", "\\\\"), seen));
      }
    }
    return Optional.empty();
  }
}
