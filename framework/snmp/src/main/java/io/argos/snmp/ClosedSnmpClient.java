package io.argos.snmp;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A client that is closed already: for checking a plugin's configuration without any socket. */
public final class ClosedSnmpClient implements SnmpClient {
  @Override
  public CompletableFuture<SnmpReply> read(SnmpTarget target, SnmpPlan plan) {
    return CompletableFuture.completedFuture(
        new SnmpReply(
            Map.of(), Optional.of(new SnmpFailure.Unsendable("the SNMP client is closed")), 0));
  }

  @Override
  public void close() {}
}
