package io.argos.snmp;

import java.util.concurrent.CompletableFuture;

/** Reads devices. Safe for use by any thread. */
public interface SnmpClient extends AutoCloseable {
  /**
   * Reads a whole plan, with several requests in flight as the target's limits allow. The future
   * never completes exceptionally for what a device or the network does; cancelling it stops
   * further requests. It completes on the client's own thread: whoever hangs work on it must not
   * block.
   */
  CompletableFuture<SnmpReply> read(SnmpTarget target, SnmpPlan plan);

  /**
   * Ends all exchanges; their futures complete with a failure. Idempotent, returns within a second.
   */
  @Override
  void close();
}
