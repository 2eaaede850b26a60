package io.argos.manager.nodes;

import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import io.argos.schemas.Column;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Event;
import io.argos.schemas.Group;
import io.argos.schemas.Severity;
import io.argos.schemas.topic.HashId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ifIndex of each interface of a device, by its stable name. RFC 2863 lets a device deal them
 * anew whenever it starts; series go by name, so nothing but this tells of it.
 *
 * @param collectedAt when they were read
 * @param byName index by name
 */
record InterfaceIndexes(Instant collectedAt, SortedMap<String, String> byName) {
  /** The namespace of the interfaces, in every profile. */
  static final String NAMESPACE = "interface";

  private static final String TYPE = "interface.renumbered";
  private static final String INDEX = "index";
  private static final int LAYOUT = 1;
  private static final int EXAMPLES = 5;

  /** Those of an enrichment; empty when it is of something else, or a further part. */
  static Optional<InterfaceIndexes> of(Enrichment enrichment) {
    if (!enrichment.getNamespace().equals(NAMESPACE) || enrichment.getPart() != 0) {
      return Optional.empty();
    }
    TreeMap<String, String> byName = new TreeMap<>();
    for (Group group : enrichment.getGroups()) {
      for (Column column : group.getColumns()) {
        // Every row has an index, so that none is absent and positions are those of the rows.
        if (column.getName().equals(INDEX)
            && column.getStrings().size() == group.getRowKeys().size()) {
          for (int row = 0; row < group.getRowKeys().size(); row++) {
            byName.put(group.getRowKeys().get(row), column.getStrings().get(row));
          }
        }
      }
    }
    return Optional.of(new InterfaceIndexes(enrichment.getCollectedAt(), byName));
  }

  /** What has become of former ones: an event when an interface that is still there moved. */
  Optional<Event> since(InterfaceIndexes former, Enrichment enrichment) {
    List<String> moves = new ArrayList<>();
    int both = 0;
    for (Map.Entry<String, String> now : byName.entrySet()) {
      String then = former.byName.get(now.getKey());
      if (then != null) {
        both++;
        if (!then.equals(now.getValue())) {
          moves.add("%s %s to %s".formatted(now.getKey(), then, now.getValue()));
        }
      }
    }
    if (moves.isEmpty()) {
      return Optional.empty();
    }
    String resource = enrichment.getResourceId();
    String examples = String.join(", ", moves.subList(0, Math.min(EXAMPLES, moves.size())));
    String summary =
        "%s has dealt the ifIndex of %d of %d interfaces anew: %s%s"
            .formatted(
                resource, moves.size(), both, examples, moves.size() > EXAMPLES ? " and more" : "");
    return Optional.of(
        new Event(
            HashId.of(
                TYPE,
                resource,
                Long.toString(former.collectedAt.toEpochMilli()),
                Long.toString(collectedAt.toEpochMilli())),
            resource,
            TYPE,
            Severity.INFO,
            collectedAt,
            null,
            summary,
            Map.of(
                "renumbered", Integer.toString(moves.size()),
                "interfaces", Integer.toString(both),
                "examples", examples,
                "since", former.collectedAt.toString()),
            enrichment.getJobId()));
  }

  byte[] toBytes() {
    StateWriter out = new StateWriter(LAYOUT);
    out.number(collectedAt.toEpochMilli()).count(byName.size());
    byName.forEach((name, index) -> out.text(name).text(index));
    return out.toBytes();
  }

  static InterfaceIndexes fromBytes(byte[] bytes) {
    StateReader in = new StateReader(bytes, LAYOUT);
    Instant collectedAt = Instant.ofEpochMilli(in.number());
    int count = in.size();
    TreeMap<String, String> byName = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      byName.put(in.text(), in.text());
    }
    return new InterfaceIndexes(collectedAt, byName);
  }
}
