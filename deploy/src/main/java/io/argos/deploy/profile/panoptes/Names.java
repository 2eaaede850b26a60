package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.PanoptesDocument.Source;
import io.argos.deploy.profile.panoptes.Term.Kind;
import java.util.Map;
import java.util.Optional;

/**
 * What the names of an expression stand for where it stands.
 *
 * @param sources what the document names
 * @param table the table whose rows it is about; without one, it is about the device
 * @param scalars takes the scalars that it needs
 * @param slow true where it is evaluated with the enrichment, as dimensions are
 * @param folds true where the rows of the table fold into one
 * @param fixed the index that {@code $index} stands for; without one, the row's
 */
record Names(
    Map<String, Source> sources,
    Optional<TableDraft> table,
    ScalarDraft scalars,
    boolean slow,
    boolean folds,
    Optional<String> fixed) {

  /** The same for what is read with the enrichment. */
  Names slowly() {
    return new Names(sources, table, scalars, true, folds, fixed);
  }

  Source source(String name) throws UntranslatableException {
    Source source = sources.get(name);
    if (source == null) {
      throw new UntranslatableException("'" + name + "' is not one of the oids");
    }
    return source;
  }

  private TableDraft rows() throws UntranslatableException {
    return table.orElseThrow(
        () -> new UntranslatableException("it is about values of an index, but nothing is walked"));
  }

  /** {@code $index}, or the key of a row of a walk. */
  Term index(boolean ofRow) throws UntranslatableException {
    if (fixed.isPresent() && !ofRow) {
      return Term.literal(fixed.get());
    }
    if (folds && !ofRow) {
      throw mixed();
    }
    return rows().index();
  }

  /** A value by {@code $index}, or of a row of a walk. */
  Term value(String name, boolean ofRow, Kind wanted) throws UntranslatableException {
    if (fixed.isPresent() && !ofRow) {
      return instance(name, fixed.get(), wanted);
    }
    if (folds && !ofRow) {
      throw mixed();
    }
    return switch (source(name)) {
      case Source.Static found -> rows().value(name, found, wanted);
      case Source.Walk walk -> slow ? rows().read(name, walk) : rows().polled(name, walk, wanted);
      case Source.Get _ ->
          throw new UntranslatableException("oids." + name + " is one value, without an index");
    };
  }

  private static UntranslatableException mixed() {
    return new UntranslatableException("it mixes values of an index with those of all");
  }

  /** A value by an index that is given. */
  Term instance(String name, String index, Kind wanted) throws UntranslatableException {
    switch (source(name)) {
      case Source.Static found -> {
        var value = found.values().get(index);
        if (value == null || value.isNull()) {
          throw new UntranslatableException("oids." + name + " has no value for " + index);
        }
        Kind kind = TableDraft.kindOf(found, wanted);
        return Term.of(TableDraft.literal(value.asText(), kind), kind);
      }
      case Source.Walk walk -> {
        String polled = index;
        for (Map.Entry<String, String> one : walk.transform().entrySet()) {
          polled = one.getValue().equals(index) ? one.getKey() : polled;
        }
        if (!polled.matches("\\d+(\\.\\d+)*")) {
          throw new UntranslatableException("'" + index + "' is not an index of oids." + name);
        }
        return single(name, walk.oid() + "." + polled, wanted);
      }
      case Source.Get _ ->
          throw new UntranslatableException("oids." + name + " is one value, without an index");
    }
  }

  /** The value of an oid that is read by itself. */
  Term scalar(String name, Kind wanted) throws UntranslatableException {
    if (source(name) instanceof Source.Get(String oid)) {
      return single(name, oid, wanted);
    }
    throw new UntranslatableException("oids." + name + " is used as a whole");
  }

  private Term single(String name, String oid, Kind wanted) {
    return slow
        ? scalars.read(name, oid, wanted)
        : scalars.polled(name, oid, wanted, table.isPresent());
  }

  /** Whether the index of a row is among those that the enrichment found. */
  Term member(String name, boolean ofRow) throws UntranslatableException {
    return switch (source(name)) {
      case Source.Static found ->
          fixed.isPresent() && !ofRow
              ? Term.of(Boolean.toString(found.values().containsKey(fixed.get())), Kind.BOOLEAN)
              : rows().member(name, found);
      case Source.Walk _ ->
          Term.call("present", Kind.BOOLEAN, value(name, ofRow, Kind.TEXT).text());
      case Source.Get _ ->
          throw new UntranslatableException("oids." + name + " is one value, without an index");
    };
  }
}
