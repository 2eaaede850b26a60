package io.argos.discovery.plugin.subnet;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpLimits;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Asks single addresses with each credential in turn. Safe for use by any thread. */
final class Probe {
  private static final Oid SYS_DESCR = Oid.parse("1.3.6.1.2.1.1.1.0");
  private static final Oid SYS_OBJECT_ID = Oid.parse("1.3.6.1.2.1.1.2.0");
  private static final Oid SYS_UP_TIME = Oid.parse("1.3.6.1.2.1.1.3.0");
  private static final Oid SYS_NAME = Oid.parse("1.3.6.1.2.1.1.5.0");
  private static final SnmpPlan PLAN =
      SnmpPlan.of(List.of(SYS_UP_TIME, SYS_DESCR, SYS_OBJECT_ID, SYS_NAME), List.of());

  private final SnmpClient client;
  private final SweepSettings.Asking asking;
  private final SnmpLimits limits;
  private final Pace pace;
  private final InstantSource clock;
  private final Map<InetAddress, String> worked = new ConcurrentHashMap<>();

  Probe(SnmpClient client, SweepSettings.Asking asking, InstantSource clock) {
    this.client = client;
    this.asking = asking;
    // Repetitions are ours, so that each takes its turn among the packets of all addresses.
    this.limits = new SnmpLimits(asking.timeout(), 0, 1, 1, 16);
    this.pace = new Pace(asking.packetsPerSecond());
    this.clock = clock;
  }

  /** Asks until a credential works or all have been tried in every round. */
  Finding ask(InetAddress address, List<SnmpCredential> credentials) throws InterruptedException {
    InetSocketAddress target = new InetSocketAddress(address, asking.port());
    List<SnmpCredential> candidates = lastFirst(address, credentials);
    Finding finding = new Finding.Nothing();
    for (int round = 0; round <= asking.retries(); round++) {
      for (SnmpCredential credential : List.copyOf(candidates)) {
        pace.await();
        Finding latest =
            findingOf(address, credential, read(new SnmpTarget(target, credential, limits)));
        switch (latest) {
          case Finding.Device _ -> {
            worked.put(address, credential.name());
            return latest;
          }
          case Finding.Unsendable _ -> {
            return latest;
          }
          // A refusal and an answer without use will not change in the next round.
          case Finding.Refused _, Finding.Broken _ -> {
            candidates.remove(credential);
            finding = latest;
          }
          case Finding.Nothing _ -> {
            // silence says nothing: a wrong community, a lost packet, or nobody there
          }
        }
      }
    }
    return finding;
  }

  private List<SnmpCredential> lastFirst(InetAddress address, List<SnmpCredential> credentials) {
    String last = worked.getOrDefault(address, "");
    List<SnmpCredential> ordered = new ArrayList<>(credentials);
    ordered.sort((a, b) -> Boolean.compare(b.name().equals(last), a.name().equals(last)));
    return ordered;
  }

  private SnmpReply read(SnmpTarget target) throws InterruptedException {
    CompletableFuture<SnmpReply> reply = client.read(target, PLAN);
    try {
      return reply.get();
    } catch (InterruptedException e) {
      reply.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot read " + target.address(), e.getCause());
    }
  }

  private Finding findingOf(InetAddress address, SnmpCredential credential, SnmpReply reply) {
    if (!reply.values().isEmpty() || reply.failure().isEmpty()) {
      return new Finding.Device(address, credential.name(), systemOf(reply));
    }
    return switch (reply.failure().get()) {
      case SnmpFailure.NoAnswer(boolean answered, _, _) ->
          answered
              ? new Finding.Device(address, credential.name(), systemOf(reply))
              : new Finding.Nothing();
      case SnmpFailure.Refused(String detail) -> new Finding.Refused(address, detail);
      case SnmpFailure.Unsendable(String detail) -> new Finding.Unsendable(address, detail);
      case SnmpFailure.Broken(String detail) -> new Finding.Broken(address, detail);
    };
  }

  private Finding.SystemGroup systemOf(SnmpReply reply) {
    Instant now = clock.instant();
    Optional<Instant> bootedAt =
        Optional.ofNullable(reply.values().get(SYS_UP_TIME))
            .filter(value -> value.size() == 1 && value.types()[0].isNumber())
            .map(value -> now.minusMillis(value.numbers()[0] * 10));
    return new Finding.SystemGroup(
        text(reply, SYS_DESCR), text(reply, SYS_OBJECT_ID), text(reply, SYS_NAME), bootedAt);
  }

  private static String text(SnmpReply reply, Oid oid) {
    SnmpColumn value = reply.values().get(oid);
    if (value == null || value.size() != 1) {
      return "";
    }
    byte[] octets = value.octets()[0];
    return octets == null ? "" : new String(octets, StandardCharsets.UTF_8).strip();
  }
}
