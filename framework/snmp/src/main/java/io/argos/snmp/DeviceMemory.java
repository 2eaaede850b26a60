package io.argos.snmp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one device taught about how to ask it. Belongs to the loop of its address. */
final class DeviceMemory {
  /** Plans whose lengths are remembered: a device has few, and each comes again and again. */
  private static final int PLANS = 4;

  /** Bindings that fill one Ethernet frame in most tables. */
  private static final int FRAME_BINDINGS = 80;

  private final Lengths[] plans = new Lengths[PLANS];
  private int nextPlan;
  private int bindings = FRAME_BINDINGS;
  private int ceiling = FRAME_BINDINGS;
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
   * An answer of so many bindings was too big for the device: it is not asked for so many again.
   */
  void tooBig(int asked) {
    ceiling = Math.max(1, Math.min(ceiling, asked / 2));
    bindings = Math.min(bindings, ceiling);
  }

  /** So many bindings came through where more did not. */
  void cameThrough(int asked) {
    bindings = Math.max(1, Math.min(bindings, asked));
  }

  /** No answer of so many bindings came through: far fewer are asked for. */
  void lost(int asked) {
    bindings = Math.max(1, Math.min(bindings, asked / 4));
  }

  /** A whole exchange without loss: more may be asked for again, since the network does change. */
  void clean() {
    bindings = Math.min(ceiling, bindings + Math.max(1, bindings / 8));
  }
}
