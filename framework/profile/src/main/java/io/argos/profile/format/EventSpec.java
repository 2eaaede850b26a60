package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Type;
import io.argos.schemas.Severity;
import io.argos.snmp.Oid;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a trap or inform means: the event that comes of it.
 *
 * @param name name of the event in its profile
 * @param description one sentence
 * @param traps the values of snmpTrapOID that it is about; one at least
 * @param varbinds the varbinds that its expressions know by names, in order
 * @param when true of the traps that it is about; empty when it is about all
 * @param rating how grave it is
 * @param row the row of a table that it is about
 * @param key what tells two events of this name on one device apart
 * @param summary one sentence for a reader
 * @param clears names of the events that it ends
 */
public record EventSpec(
    String name,
    String description,
    List<Oid> traps,
    List<Varbind> varbinds,
    Optional<Expression> when,
    Rating rating,
    Optional<Row> row,
    Optional<Expression> key,
    EventTemplate summary,
    List<String> clears) {
  /** Name of the scalar with the key of the row, absent where it is not known. */
  public static final String ROW = "row";

  public EventSpec {
    traps = List.copyOf(traps);
    varbinds = List.copyOf(varbinds);
    clears = List.copyOf(clears);
  }

  /**
   * The oid of a trap as both versions of SNMP give it: what a v1 trap calls {@code enterprise} and
   * {@code specific} is {@code enterprise.0.specific} by RFC 3584, while many MIBs of SMIv2 name it
   * {@code enterprise.specific}. Without that zero both are one.
   */
  public static Oid plain(Oid trap) {
    int zero = trap.length() - 2;
    if (zero < 2 || trap.arc(zero) != 0) {
      return trap;
    }
    int[] arcs = trap.toArray();
    int[] plain = Arrays.copyOf(arcs, zero + 1);
    plain[zero] = arcs[zero + 1];
    return Oid.of(plain);
  }

  /** The severity of a word; empty when it is none. */
  public static Optional<Severity> severity(String word) {
    for (Severity severity : Severity.values()) {
      if (severity != Severity.UNKNOWN && severity.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }

  /** True when the event is about a trap, whatever its varbinds say. */
  public boolean isAbout(Oid trap) {
    Oid plain = plain(trap);
    return traps.stream().anyMatch(own -> plain(own).equals(plain));
  }

  /**
   * A varbind that expressions know by a name: the first whose oid is, or is below, an oid.
   *
   * @param name its name
   * @param oid the object
   * @param instance true when the arcs behind the oid are meant, not the value
   * @param conversion what the value is read as
   */
  public record Varbind(String name, Oid oid, boolean instance, Conversion conversion) {
    /** Type in expressions. */
    public Type type() {
      return instance ? Type.TEXT : conversion.type();
    }
  }

  /**
   * The row of a table that an event is about.
   *
   * @param table name of the table
   * @param index index of the row in dotted form
   */
  public record Row(String table, Expression index) {}

  /** How grave an event is. */
  public sealed interface Rating {
    /** Always the same. */
    record Fixed(Severity severity) implements Rating {}

    /** The word that an expression gives; of no word, {@code WARNING}. */
    record Computed(Expression word) implements Rating {}
  }
}
