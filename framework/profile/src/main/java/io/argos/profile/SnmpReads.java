package io.argos.profile;

import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Blocking reads, and the search for the credential that a device answers. */
public final class SnmpReads {
  private final SnmpClient client;

  public SnmpReads(SnmpClient client) {
    this.client = client;
  }

  /** Reads a plan and waits. An interrupt stops the exchange. */
  public SnmpReply read(SnmpTarget target, SnmpPlan plan) throws InterruptedException {
    CompletableFuture<SnmpReply> future = client.read(target, plan);
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading " + target.address(), e.getCause());
    }
  }

  /** What came of asking with one credential after the other. */
  public sealed interface Asked {
    /** A target answered. */
    record Answered(SnmpTarget target, SnmpReply reply) implements Asked {}

    /** None did. */
    record Silent(Failure failure, DeviceStatus status) implements Asked {}
  }

  /** Asks with each target in turn until one answers. */
  public Asked first(List<SnmpTarget> targets, SnmpPlan plan) throws InterruptedException {
    List<SnmpFailure> failures = new ArrayList<>();
    for (SnmpTarget target : targets) {
      SnmpReply reply = read(target, plan);
      Optional<SnmpFailure> failure = reply.failure();
      if (failure.isEmpty() || !gaveNothing(reply)) {
        return new Asked.Answered(target, reply);
      }
      failures.add(failure.get());
    }
    return silent(targets, failures);
  }

  /** The failure that says most: a refusal is more than silence. */
  private static Asked silent(List<SnmpTarget> targets, List<SnmpFailure> failures) {
    SnmpFailure telling = failures.getFirst();
    for (SnmpFailure failure : failures) {
      if (!(failure instanceof SnmpFailure.NoAnswer) && telling instanceof SnmpFailure.NoAnswer) {
        telling = failure;
      }
    }
    String detail = telling.detail();
    if (telling instanceof SnmpFailure.NoAnswer) {
      String names =
          targets.stream()
              .map(target -> target.credential().name())
              .collect(Collectors.joining(", "));
      detail =
          targets.size() == 1
              ? "no answer to credential '" + names + "'"
              : "no answer to any of " + targets.size() + " credentials (" + names + ")";
    }
    return new Asked.Silent(new Failure(Failures.cause(telling), detail), Failures.status(telling));
  }

  /** True when nothing came back, for want of an answer or of a credential that is accepted. */
  public static boolean gaveNothing(SnmpReply reply) {
    return reply.failure().isPresent()
        && reply.values().values().stream().allMatch(column -> column.size() == 0);
  }

  /**
   * True when the exchange ended before all was read, for a reason that may be gone the next time;
   * a device that breaks the protocol will do so again.
   */
  public static boolean isCutShort(SnmpReply reply) {
    return reply.failure().isPresent() && !(reply.failure().get() instanceof SnmpFailure.Broken);
  }

  /** The cause that goes with a status where the exchange itself did not fail. */
  public static Cause causeOf(DeviceStatus status) {
    return switch (status) {
      case SUCCESS, INTERNAL_FAILURE -> Cause.INTERNAL;
      case AUTHENTICATION_FAILURE -> Cause.AUTHENTICATION;
      case NETWORK_FAILURE -> Cause.NETWORK;
      case TIMEOUT -> Cause.TIMEOUT;
      case PARTIAL_METRIC_FAILURE -> Cause.PARTIAL;
      case MISSING_METRICS -> Cause.MISSING;
      case PING_FAILURE -> Cause.PING;
      case ENRICHMENT_FAILURE -> Cause.ENRICHMENT;
    };
  }
}
