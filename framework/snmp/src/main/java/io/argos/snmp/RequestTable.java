package io.argos.snmp;

import org.jspecify.annotations.Nullable;

/** Requests in flight by request id: open addressing, no boxing. Belongs to one thread. */
final class RequestTable {
  private @Nullable Request[] slots = new Request[1024];
  private int size;

  int size() {
    return size;
  }

  @Nullable Request find(int id) {
    for (int slot = home(id); ; slot = slot + 1 & slots.length - 1) {
      Request request = slots[slot];
      if (request == null || request.id() == id) {
        return request;
      }
    }
  }

  /** The id must not be in the table. */
  void put(Request request) {
    if (++size * 2 > slots.length) {
      @Nullable Request[] former = slots;
      slots = new Request[former.length * 2];
      for (Request other : former) {
        if (other != null) {
          insert(other);
        }
      }
    }
    insert(request);
  }

  private void insert(Request request) {
    int slot = home(request.id());
    while (slots[slot] != null) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = request;
  }

  /** Takes a request out; nothing happens when it is not in. */
  void remove(Request request) {
    int mask = slots.length - 1;
    int hole = home(request.id());
    while (slots[hole] != request) {
      if (slots[hole] == null) {
        return;
      }
      hole = hole + 1 & mask;
    }
    size--;
    slots[hole] = null;
    // Closes the gap, so that no search ends before its request.
    for (int slot = hole + 1 & mask; ; slot = slot + 1 & mask) {
      Request moved = slots[slot];
      if (moved == null) {
        return;
      }
      int home = home(moved.id());
      if ((slot - home & mask) >= (slot - hole & mask)) {
        slots[hole] = moved;
        slots[slot] = null;
        hole = slot;
      }
    }
  }

  private int home(int id) {
    return (id * 0x9E3779B9) >>> 16 & slots.length - 1;
  }
}
