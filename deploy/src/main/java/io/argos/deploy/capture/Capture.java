package io.argos.deploy.capture;

import io.argos.profile.SnmpReads;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpLimits;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.snmp.SnmpType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks a device. Where it breaks a walk by going backwards or without end, what lies beside the
 * broken column is walked by itself, so that one bad table costs no other.
 */
public final class Capture {
  /** What is walked where nothing is named: all of the internet subtree, and LLDP. */
  public static final List<Oid> EVERYTHING =
      List.of(Oid.parse("1.3.6.1"), Oid.parse("1.0.8802"), Oid.parse("1.3.111"));

  /** Siblings tried beyond the one that broke: most tables and groups are numbered densely. */
  private static final int SIBLINGS = 40;

  /** Walks begun beside broken ones, in all. */
  private static final int MOST_WALKS = 2_000;

  /** Values of one column after which it is taken to have no end. */
  private static final int MOST_OF_ONE_WALK = 200_000;

  private final SnmpReads reads;
  private final SnmpTarget target;
  private final int mostValues;
  private final Consumer<String> progress;
  private final TreeMap<Oid, CapturedValue> values = new TreeMap<>();
  private final Set<Oid> begun = new HashSet<>();
  private final List<String> remarks = new ArrayList<>();
  private int requests;

  /**
   * @param mostValues values after which it ends
   * @param progress takes a line now and then
   */
  public Capture(SnmpReads reads, SnmpTarget target, int mostValues, Consumer<String> progress) {
    this.reads = reads;
    this.target = target;
    this.mostValues = mostValues;
    this.progress = progress;
  }

  /**
   * What was captured.
   *
   * @param values all values, ascending
   * @param remarks what is missing and why, a sentence each
   * @param silence why the device stopped to answer; empty when it did not
   * @param requests requests sent
   */
  public record Result(
      TreeMap<Oid, CapturedValue> values,
      List<String> remarks,
      Optional<SnmpFailure> silence,
      int requests) {
    public Result {
      remarks = List.copyOf(remarks);
    }
  }

  /** Walks all below some roots. Blocks. */
  public Result walk(List<Oid> roots) throws InterruptedException {
    Deque<Oid> waiting = new ArrayDeque<>(roots);
    begun.addAll(roots);
    while (!waiting.isEmpty()) {
      if (values.size() >= mostValues) {
        remarks.add("it has more than " + mostValues + " values; see --max-values");
        break;
      }
      Oid root = waiting.removeFirst();
      SnmpReply reply = reads.read(bounded(), SnmpPlan.of(List.of(), List.of(root)));
      requests += reply.requests();
      SnmpColumn column = reply.values().get(root);
      int fresh = column == null ? 0 : keep(root, column);
      if (fresh > 0) {
        progress.accept("%d values, %d requests, at %s".formatted(values.size(), requests, root));
      }
      if (reply.failure().isPresent()) {
        SnmpFailure failure = reply.failure().get();
        if (!(failure instanceof SnmpFailure.Broken)) {
          return new Result(values, remarks, reply.failure(), requests);
        }
        // Among the siblings tried are many that are not there; the first one tells the reason.
        if (fresh > 0 || remarks.isEmpty()) {
          remarks.add(failure.detail());
        }
        beside(root, column, fresh).reversed().forEach(waiting::addFirst);
      }
    }
    return new Result(values, remarks, Optional.empty(), requests);
  }

  private SnmpTarget bounded() {
    SnmpLimits limits = target.limits();
    return new SnmpTarget(
        target.address(),
        target.credential(),
        new SnmpLimits(
            limits.timeout(),
            limits.retries(),
            limits.maxRepetitions(),
            limits.window(),
            Math.clamp(mostValues - values.size(), 1, MOST_OF_ONE_WALK),
            limits.packetsPerSecond()));
  }

  private int keep(Oid root, SnmpColumn column) {
    int fresh = 0;
    for (int row = 0; row < column.size(); row++) {
      if (column.types()[row] != SnmpType.ABSENT
          && values.put(root.append(column.indexes()[row]), CapturedValue.of(column, row))
              == null) {
        fresh++;
      }
    }
    return fresh;
  }

  /**
   * What may lie behind the place where a walk broke: the siblings of each arc on the way to it.
   */
  private List<Oid> beside(Oid root, @Nullable SnmpColumn column, int fresh) {
    List<Oid> found = new ArrayList<>();
    if (column == null || column.size() == 0 || fresh == 0) {
      return found;
    }
    int[] last = column.indexes()[column.size() - 1];
    // From the innermost arc outwards, but never among the rows of the broken column itself.
    for (int depth = last.length - 2; depth >= 0; depth--) {
      Oid parent = root.append(java.util.Arrays.copyOf(last, depth));
      for (int step = 1; step <= SIBLINGS && begun.size() < MOST_WALKS; step++) {
        Oid sibling = parent.append(last[depth] + step);
        if (begun.add(sibling)) {
          found.add(sibling);
        }
      }
    }
    return found;
  }
}
