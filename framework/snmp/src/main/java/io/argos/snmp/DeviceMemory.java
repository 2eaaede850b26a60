package io.argos.snmp;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one device taught about how to ask it. Belongs to the loop of its address. */
final class DeviceMemory {
  /** Plans whose lengths are remembered: a device has few, and each comes again and again. */
  private static final int PLANS = 4;

  /** Bindings that fill one Ethernet frame in most tables. */
  private static final int FRAME_BINDINGS = 80;

  /** Whole exchanges after which a device may be tried with more than was too big for it. */
  private static final int CALM = 64;

  private final Lengths[] plans = new Lengths[PLANS];
  private final DevicePace pace = new DevicePace();
  private int nextPlan;
  private int bindings = FRAME_BINDINGS;
  private int ceiling = FRAME_BINDINGS;
  private int proven;
  private int calm;
  private boolean answering;

  /**
   * How long the columns of a plan were.
   *
   * @param columns the columns
   * @param allRows rows of each
   * @param bindingLengths octets of a binding of each, on average
   */
  record Lengths(List<Oid> columns, int[] allRows, int[] bindingLengths) {
    int rows(int column) {
      return allRows[column];
    }

    /** The lengths of some of the columns. */
    Lengths of(List<Oid> some) {
      int[] at = some.stream().mapToInt(columns::indexOf).toArray();
      return new Lengths(
          some,
          Arrays.stream(at).map(i -> allRows[i]).toArray(),
          Arrays.stream(at).map(i -> bindingLengths[i]).toArray());
    }

    int bindingLength(int column) {
      return bindingLengths[column];
    }
  }

  /** How long columns were the last time, or null. */
  @Nullable Lengths lengths(List<Oid> columns) {
    for (Lengths known : plans) {
      if (known != null && (known.columns() == columns || known.columns().equals(columns))) {
        return known;
      }
    }
    // A plan that has learned what the device lacks asks for fewer columns than before.
    for (Lengths known : plans) {
      if (known != null && known.columns().containsAll(columns)) {
        return known.of(columns);
      }
    }
    return null;
  }

  void learn(Lengths lengths) {
    for (int i = 0; i < PLANS; i++) {
      if (plans[i] != null && plans[i].columns().equals(lengths.columns())) {
        plans[i] = lengths;
        return;
      }
    }
    plans[nextPlan] = lengths;
    nextPlan = (nextPlan + 1) % PLANS;
  }

  /** When the device may be sent something. */
  DevicePace pace() {
    return pace;
  }

  /** True when the last exchange was answered. */
  boolean isAnswering() {
    return answering;
  }

  void setAnswering(boolean isAnswering) {
    answering = isAnswering;
  }

  /** Most bindings to ask for in one packet. */
  int bindings() {
    return bindings;
  }

  /**
   * An answer of so many bindings was too big for the device: it is not asked for so many again for
   * a good while. Not for good, since what was too big may have been a few long values, or the
   * software of before.
   */
  void tooBig(int asked) {
    calm = 0;
    ceiling = Math.max(1, Math.min(ceiling, asked / 2));
    bindings = Math.min(bindings, ceiling);
  }

  /** An answer of so many bindings has come: answers of this size do come through. */
  void answered(int asked) {
    proven = Math.max(proven, asked);
  }

  /**
   * So many bindings came through where more did not. That tells something of the size only when no
   * answer of the greater size came through lately; else it was one of the packets that networks
   * lose at all times.
   */
  void cameThrough(int asked, int notThrough) {
    if (notThrough > proven) {
      bindings = Math.max(1, Math.min(bindings, asked));
    }
  }

  /** No answer of so many bindings came through: far fewer are asked for. */
  void lost(int asked) {
    if (asked > proven) {
      bindings = Math.max(1, Math.min(bindings, asked / 4));
    }
  }

  /**
   * A whole exchange has ended, and its largest answer came through: more may be asked for again,
   * since the network does change.
   *
   * @param largest bindings of its largest answer, which alone counts as proven from now on
   */
  void grow(int largest) {
    proven = largest;
    if (ceiling < FRAME_BINDINGS && ++calm == CALM) {
      calm = 0;
      ceiling = Math.min(FRAME_BINDINGS, ceiling + Math.max(1, ceiling / 8));
    }
    bindings = Math.min(ceiling, bindings + Math.max(1, bindings / 8));
  }

  /** An exchange has ended in which answers of the size asked for did not come through. */
  void keep(int largest) {
    proven = largest;
  }
}
