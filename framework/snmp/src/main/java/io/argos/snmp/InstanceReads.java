package io.argos.snmp;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads instances whose oids are known, many to a GET: the scalars and the rows of a plan. */
final class InstanceReads implements Work {
  private static final int[][] SCALAR = {new int[0]};
  private final SnmpPlan plan;
  private final int[] starts;
  private final SnmpType[] types;
  private final long[] numbers;
  private final byte[][] octets;
  private final BitSet settled = new BitSet();
  private final ArrayDeque<Integer> again = new ArrayDeque<>();
  private int next;

  InstanceReads(SnmpPlan plan) {
    this.plan = plan;
    List<SnmpPlan.RowsPlan> rows = plan.rows();
    starts = new int[rows.size() + 1];
    int size = plan.scalars().size();
    for (int i = 0; i < rows.size(); i++) {
      starts[i] = size;
      size += rows.get(i).columns().size() * rows.get(i).indexes().length;
    }
    starts[rows.size()] = size;
    types = new SnmpType[size];
    numbers = new long[size];
    octets = new byte[size][];
  }

  @Override
  public @Nullable Request next(PlanExchange exchange, PacketBudget budget) {
    int[] items = new int[Math.min(budget.bindings(), types.length - next + again.size())];
    int count = 0;
    int room = budget.octets();
    while (count < items.length) {
      boolean fresh = again.isEmpty();
      int item = fresh ? next : again.getFirst();
      // Header, oid and a number of five octets: what most answers take.
      room -= oidLength(item) + 11;
      if (room < 0 && count > 0) {
        break;
      }
      items[count++] = item;
      if (fresh) {
        next++;
      } else {
        again.removeFirst();
      }
    }
    return count == 0 ? null : new Request(exchange, this, Arrays.copyOf(items, count), 1);
  }

  @Override
  public void write(Request request, boolean bulk, BerWriter writer) {
    int end = writer.start();
    int[] items = request.items();
    for (int i = items.length - 1; i >= 0; i--) {
      int item = items[i];
      SnmpPlan.RowsPlan rows = rowsOf(item);
      if (rows == null) {
        byte[] oid = plan.scalars().get(item).ber();
        writer.question(oid, oid.length);
      } else {
        writer.question(columnOf(rows, item).ber(), indexOf(rows, item));
      }
    }
    writer.wrap(Ber.SEQUENCE, end);
    writer.integer(0);
    writer.integer(0);
    writer.integer(request.id());
    writer.wrap(Ber.GET, end);
  }

  @Override
  public @Nullable String accept(Request request, PduReply reply, PlanExchange exchange)
      throws MalformedReplyException {
    int[] items = request.items();
    int count = Math.min(items.length, reply.count());
    for (int i = 0; i < count; i++) {
      if (!answers(items[i], reply, i, exchange.cache())) {
        throw MalformedReplyException.UNASKED;
      }
    }
    for (int i = 0; i < count; i++) {
      SnmpType type = reply.type(i);
      if (type.isNumber()) {
        numbers[items[i]] = reply.number(i, type);
      } else if (type != SnmpType.ABSENT) {
        octets[items[i]] = reply.octets(i, type);
      }
      types[items[i]] = type;
      settled.set(items[i]);
    }
    back(items, count);
    return null;
  }

  private boolean answers(int item, PduReply reply, int binding, RowCache cache)
      throws MalformedReplyException {
    SnmpPlan.RowsPlan rows = rowsOf(item);
    if (rows == null) {
      return reply.isOid(binding, plan.scalars().get(item).ber());
    }
    byte[] column = columnOf(rows, item).ber();
    return reply.isBelow(binding, column)
        && Arrays.equals(reply.index(binding, column.length, cache), indexOf(rows, item));
  }

  @Override
  public void shrink(Request request) {
    int[] items = request.items();
    int half = Math.max(1, items.length / 2);
    back(items, half);
    request.ask(Arrays.copyOf(items, half), 1);
  }

  @Override
  public void giveBack(Request request) {
    back(request.items(), 0);
  }

  private void back(int[] items, int from) {
    for (int i = items.length - 1; i >= from; i--) {
      if (!settled.get(items[i])) {
        again.addFirst(items[i]);
      }
    }
  }

  @Override
  public void narrow(Request request, int position) {
    throw new IllegalStateException("an instance has one row");
  }

  @Override
  public void absent(Request request, int position) {
    types[request.items()[position]] = SnmpType.ABSENT;
    settled.set(request.items()[position]);
  }

  @Override
  public void abandon(Request request, int position) {
    // Left without a type: a scalar is not among the values, a row counts as incomplete.
    settled.set(request.items()[position]);
  }

  /** Adds what was read. */
  void finish(Map<Oid, SnmpColumn> values, RowCache cache) {
    List<Oid> scalars = plan.scalars();
    for (int i = 0; i < scalars.size(); i++) {
      SnmpType type = types[i];
      if (type != null && type != SnmpType.ABSENT) {
        long[] number = type.isNumber() ? new long[] {numbers[i]} : cache.noNumbers(1);
        byte[][] value = type.isNumber() ? cache.noOctets(1) : new byte[][] {octets[i]};
        values.put(
            scalars.get(i),
            new SnmpColumn(scalars.get(i), SCALAR, cache.uniform(type, 1), number, value, true));
      }
    }
    for (int p = 0; p < plan.rows().size(); p++) {
      SnmpPlan.RowsPlan rows = plan.rows().get(p);
      for (int c = 0; c < rows.columns().size(); c++) {
        Oid column = rows.columns().get(c);
        values.put(column, column(column, rows, starts[p] + c));
      }
    }
  }

  /** The rows that are there, as a walk would have found them. */
  private SnmpColumn column(Oid column, SnmpPlan.RowsPlan rows, int start) {
    int size = rows.indexes().length;
    int stride = rows.columns().size();
    boolean complete = true;
    int there = 0;
    for (int item = start; item < start + size * stride; item += stride) {
      complete &= types[item] != null;
      there += isThere(item) ? 1 : 0;
    }
    int[][] indexes = new int[there][];
    SnmpType[] columnTypes = new SnmpType[there];
    long[] columnNumbers = new long[there];
    byte[][] columnOctets = new byte[there][];
    int filled = 0;
    for (int row = 0; row < size; row++) {
      int item = start + row * stride;
      if (isThere(item)) {
        indexes[filled] = rows.indexes()[row];
        columnTypes[filled] = types[item];
        columnNumbers[filled] = numbers[item];
        columnOctets[filled++] = octets[item];
      }
    }
    return new SnmpColumn(
        column,
        there == size ? rows.indexes() : indexes,
        columnTypes,
        columnNumbers,
        columnOctets,
        complete);
  }

  private boolean isThere(int item) {
    return types[item] != null && types[item] != SnmpType.ABSENT;
  }

  private SnmpPlan.@Nullable RowsPlan rowsOf(int item) {
    if (item < plan.scalars().size()) {
      return null;
    }
    return plan.rows().get(planOf(item));
  }

  private int planOf(int item) {
    int found = 0;
    while (item >= starts[found + 1]) {
      found++;
    }
    return found;
  }

  private Oid columnOf(SnmpPlan.RowsPlan rows, int item) {
    return rows.columns().get((item - starts[planOf(item)]) % rows.columns().size());
  }

  private int[] indexOf(SnmpPlan.RowsPlan rows, int item) {
    return rows.indexes()[(item - starts[planOf(item)]) / rows.columns().size()];
  }

  private int oidLength(int item) {
    SnmpPlan.RowsPlan rows = rowsOf(item);
    return rows == null
        ? plan.scalars().get(item).ber().length
        : columnOf(rows, item).ber().length + Ber.indexLength(indexOf(rows, item));
  }
}
