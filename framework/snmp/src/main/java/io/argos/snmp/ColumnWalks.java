package io.argos.snmp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks the columns of a plan. Columns that want the same number of rows share a request as far as
 * one frame holds the answer; how many rows a column has, and how long they are, is remembered from
 * the last time, or else taken from its neighbour in the table.
 */
final class ColumnWalks implements Work {
  private final ColumnWalk[] walks;
  private final int maxRows;
  private int from;

  ColumnWalks(List<Oid> columns, DeviceMemory.@Nullable Lengths known, SnmpLimits limits) {
    this.maxRows = limits.maxRows();
    walks = new ColumnWalk[columns.size()];
    for (int i = 0; i < walks.length; i++) {
      int rows = known == null ? ColumnWalk.UNKNOWN : known.rows(i);
      int length = known == null ? 0 : known.bindingLength(i);
      walks[i] = new ColumnWalk(columns.get(i), rows, length, limits.unordered());
    }
  }

  @Override
  public @Nullable Request next(PlanExchange exchange, PacketBudget budget) {
    while (from < walks.length && walks[from].isEnded()) {
      from++;
    }
    int first = from;
    while (first < walks.length && !walks[first].isOpen()) {
      first++;
    }
    if (first == walks.length) {
      return null;
    }
    int wanted = wanted(first, budget);
    int length = walks[first].bindingLength();
    int rows = Math.max(1, Math.min(wanted, budget.octets() / length));
    int[] items = new int[Math.max(1, Math.min(budget.bindings() / rows, walks.length - first))];
    items[0] = first;
    int count = 1;
    int room = budget.octets() - rows * length;
    for (int i = first + 1; i < walks.length && count < items.length; i++) {
      if (walks[i].isOpen() && wanted(i, budget) == wanted) {
        int needs = rows * walks[i].bindingLength();
        if (needs <= room) {
          room -= needs;
          items[count++] = i;
        }
      }
    }
    for (int i = 0; i < count; i++) {
      walks[items[i]].setOnTheWay(true);
    }
    return new Request(exchange, this, Arrays.copyOf(items, count), rows);
  }

  private int wanted(int item, PacketBudget budget) {
    return walks[item].wanted(Math.min(budget.repetitions(), budget.bindings()));
  }

  @Override
  public void write(Request request, boolean bulk, BerWriter writer) {
    int end = writer.start();
    int[] items = request.items();
    for (int i = items.length - 1; i >= 0; i--) {
      walks[items[i]].question(writer);
    }
    writer.wrap(Ber.SEQUENCE, end);
    writer.integer(bulk ? request.repetitions() : 0);
    writer.integer(0);
    writer.integer(request.id());
    writer.wrap(bulk ? Ber.GET_BULK : Ber.GET_NEXT, end);
  }

  @Override
  public @Nullable String accept(Request request, PduReply reply, PlanExchange exchange)
      throws MalformedReplyException {
    int[] items = request.items();
    int count = Math.min(request.bindings(), reply.count());
    String problem = takeAll(request, reply, count, exchange);
    for (int item : items) {
      walks[item].settle(reply);
      if (walks[item].isComplete()) {
        tellNeighbours(item);
      }
    }
    return problem;
  }

  private @Nullable String takeAll(
      Request request, PduReply reply, int count, PlanExchange exchange)
      throws MalformedReplyException {
    int[] items = request.items();
    String problem = null;
    int next = 0;
    for (int i = 0; i < count; i++) {
      ColumnWalk walk = walks[items[next]];
      next = next + 1 == items.length ? 0 : next + 1;
      if (walk.isEnded()) {
        if (items.length == 1) {
          break;
        }
        continue;
      }
      try {
        String wrong = walk.take(reply, i, maxRows, exchange.cache());
        problem = problem == null ? wrong : problem;
      } catch (MalformedReplyException e) {
        if (i == 0) {
          throw e;
        }
        // What came before it is good; the walk asks again from there, and by itself when it stands
        // still: the others would lead it on one row at a time.
        if (!walk.isLed()) {
          walk.bound(Math.max(1, request.repetitions() / 2));
        }
        return problem;
      }
    }
    return problem;
  }

  private void tellNeighbours(int item) {
    Oid column = walks[item].oid();
    for (int i = from; i < walks.length; i++) {
      if (walks[i].oid().isSiblingOf(column)) {
        walks[i].expect(walks[item].size());
      }
    }
  }

  @Override
  public void shrink(Request request) {
    int[] items = request.items();
    if (request.repetitions() > 1) {
      request.ask(items, request.repetitions() / 2);
      return;
    }
    int half = Math.max(1, items.length / 2);
    for (int i = half; i < items.length; i++) {
      walks[items[i]].setOnTheWay(false);
    }
    request.ask(Arrays.copyOf(items, half), 1);
  }

  @Override
  public void giveBack(Request request) {
    for (int item : request.items()) {
      walks[item].setOnTheWay(false);
    }
  }

  @Override
  public void narrow(Request request, int position) {
    walks[request.items()[position]].bound(request.repetitions() / 2);
  }

  @Override
  public void absent(Request request, int position) {
    walks[request.items()[position]].end(true);
  }

  @Override
  public void abandon(Request request, int position) {
    walks[request.items()[position]].end(false);
  }

  /** Adds what was read. */
  void finish(Map<Oid, SnmpColumn> values, RowCache cache) {
    int[][] neighbour = new int[0][];
    for (ColumnWalk walk : walks) {
      SnmpColumn column = walk.finish(neighbour, cache);
      values.put(walk.oid(), column);
      neighbour = column.indexes();
    }
  }

  /** What to remember for the next time. */
  DeviceMemory.Lengths lengths(List<Oid> columns) {
    int[] rows = new int[walks.length];
    int[] bindingLengths = new int[walks.length];
    for (int i = 0; i < walks.length; i++) {
      rows[i] = walks[i].size();
      bindingLengths[i] = walks[i].bindingLength();
    }
    return new DeviceMemory.Lengths(columns, rows, bindingLengths);
  }
}
