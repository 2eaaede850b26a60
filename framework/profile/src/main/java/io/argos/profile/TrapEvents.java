package io.argos.profile;

import io.argos.profile.expression.Vector;
import io.argos.profile.format.Builtin;
import io.argos.profile.format.EventSpec;
import io.argos.profile.format.Profile;
import io.argos.schemas.Column;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Group;
import io.argos.schemas.Resource;
import io.argos.schemas.Severity;
import io.argos.snmp.trap.Trap;
import io.argos.snmp.trap.TrapVarbind;
import io.argos.spi.Enrichments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads traps of one device by the events of a profile. Made for one trap. */
public final class TrapEvents {
  private static final int[] FIRST = {0};

  private final Resource resource;
  private final Map<String, String> device;
  private final Enrichments enrichments;

  /**
   * @param resource the sender
   * @param device what its enrichment says that it is; empty when nothing is known
   * @param enrichments where the rows of its tables are, as far as they are known here
   */
  public TrapEvents(Resource resource, Map<String, String> device, Enrichments enrichments) {
    this.resource = resource;
    this.device = Map.copyOf(device);
    this.enrichments = enrichments;
  }

  /** What a profile makes of a trap; empty when it does not know it. */
  public Optional<TrapEvent> read(Trap trap, Profile profile) {
    for (EventSpec spec : profile.events()) {
      if (spec.isAbout(trap.oid())) {
        Optional<TrapEvent> event = read(trap, spec);
        if (event.isPresent()) {
          return event;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<TrapEvent> read(Trap trap, EventSpec spec) {
    DeviceData data = DeviceData.of(resource);
    for (String name : List.of("sysDescr", "sysObjectID", "sysName", "sysLocation")) {
      data.text(name, device.getOrDefault(name, ""));
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (EventSpec.Varbind varbind : spec.varbinds()) {
      Vector value = value(varbind, trap);
      data.scalar(varbind.name(), value);
      if (!value.isAbsent(0)) {
        values.put(varbind.name(), value.textAt(0));
      }
    }
    String index = spec.row().map(row -> row.index().evaluate(data).textAt(0)).orElse("");
    Optional<String> row =
        spec.row().filter(_ -> !index.isEmpty()).flatMap(of -> keyOf(of.table(), index));
    data.text(EventSpec.ROW, row.orElse(""));
    if (spec.when().isPresent() && !spec.when().get().evaluate(data).isTrue(0)) {
      return Optional.empty();
    }
    String key = spec.key().map(of -> of.evaluate(data).textAt(0)).orElse(index);
    return Optional.of(
        new TrapEvent(
            spec, severity(spec.rating(), data), key, row, spec.summary().fill(data), values));
  }

  private static Vector value(EventSpec.Varbind spec, Trap trap) {
    for (TrapVarbind varbind : trap.varbinds()) {
      if (varbind.oid().startsWith(spec.oid())) {
        if (spec.instance()) {
          String[] text = {varbind.oid().suffix(spec.oid().length()).toString()};
          return new Vector.Texts(text, Vector.NONE_ABSENT);
        }
        Vector value = SnmpValues.empty(spec.type(), 1);
        SnmpValues.fill(value, varbind.column(), FIRST, spec.conversion(), 1);
        return value;
      }
    }
    return Vector.allAbsent(spec.type(), 1);
  }

  private static Severity severity(EventSpec.Rating rating, DeviceData data) {
    return switch (rating) {
      case EventSpec.Rating.Fixed(Severity severity) -> severity;
      // The word comes of a device's values: where it is none, something is amiss at least.
      case EventSpec.Rating.Computed(var word) ->
          EventSpec.severity(word.evaluate(data).textAt(0)).orElse(Severity.WARNING);
    };
  }

  private Optional<String> keyOf(String table, String index) {
    for (Enrichment part : enrichments.find(resource.getId(), table)) {
      for (Group group : part.getGroups()) {
        List<String> indexes =
            group.getColumns().stream()
                .filter(column -> column.getName().equals(Builtin.INDEX))
                .findFirst()
                .map(Column::getStrings)
                .orElse(List.of());
        int at = indexes.indexOf(index);
        if (at >= 0 && at < group.getRowKeys().size()) {
          return Optional.of(group.getRowKeys().get(at));
        }
      }
    }
    return Optional.empty();
  }
}
