package io.argos.servers.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** What a new schema of a subject must be able to do with the former ones. */
enum Compatibility {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean newReadsOld;
  private final boolean oldReadsNew;
  private final boolean transitive;

  Compatibility(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
    this.newReadsOld = newReadsOld;
    this.oldReadsNew = oldReadsNew;
    this.transitive = transitive;
  }

  static Optional<Compatibility> of(String name) {
    for (Compatibility level : values()) {
      if (level.name().equals(name.toUpperCase(Locale.ROOT))) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /**
   * What is wrong with a candidate; empty when it may follow.
   *
   * @param former versions in ascending order
   */
  List<String> breaks(Schema candidate, List<RegisteredSchema> former) {
    List<RegisteredSchema> against =
        transitive || former.isEmpty() ? former : List.of(former.getLast());
    List<String> messages = new ArrayList<>();
    for (RegisteredSchema old : against) {
      if (newReadsOld) {
        addBreaks(messages, candidate, old.parsed(), "new schema cannot read version", old);
      }
      if (oldReadsNew) {
        addBreaks(messages, old.parsed(), candidate, "new schema cannot be read by version", old);
      }
    }
    return messages;
  }

  private static void addBreaks(
      List<String> messages, Schema reader, Schema writer, String what, RegisteredSchema old) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    if (result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE) {
      return;
    }
    for (Incompatibility incompatibility : result.getIncompatibilities()) {
      messages.add(
          "%s %d: %s at %s: %s"
              .formatted(
                  what,
                  old.version(),
                  incompatibility.getType(),
                  incompatibility.getLocation(),
                  incompatibility.getMessage()));
    }
  }
}
