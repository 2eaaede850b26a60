package io.argos.discovery.plugin.subnet;

import io.argos.schemas.ResourceClaim;
import io.argos.snmp.SnmpClient;
import io.argos.spi.Cause;
import io.argos.spi.Discoverer;
import io.argos.spi.Failure;
import io.argos.spi.PluginContext;
import io.argos.spi.Run;
import io.argos.spi.SecretsUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sweeps ranges of addresses. Remembers between runs which credential worked where, and where a
 * sweep ended that its deadline cut off.
 */
final class SubnetDiscoverer implements Discoverer {
  private final String source;
  private final SweepSettings settings;
  private final PluginContext context;
  private final Probe probe;
  private long next;

  SubnetDiscoverer(
      String source, SweepSettings settings, SnmpClient client, PluginContext context) {
    this.source = source;
    this.settings = settings;
    this.context = context;
    this.probe = new Probe(client, settings.asking(), context.clock());
  }

  @Override
  public Outcome run(Run run, Emitter emitter) throws InterruptedException {
    Candidates candidates;
    try {
      candidates =
          Candidates.of(settings.credentials(), settings.saying().site(), context.secrets());
    } catch (SecretsUnavailableException e) {
      return failed(Cause.SECRET, String.valueOf(e.getMessage()));
    }
    if (candidates.usable().isEmpty()) {
      return failed(Cause.SECRET, String.join("; ", candidates.problems()));
    }
    Sweep sweep =
        new Sweep(
            settings.addresses(),
            settings.asking().concurrency(),
            probe,
            context.clock(),
            context.log());
    Sweep.Result result = sweep.run(next, candidates.usable(), stopAt(run));
    next = result.next();
    List<ResourceClaim> claims = new DeviceClaims(settings, context.log()).of(result.findings());
    for (ResourceClaim claim : claims) {
      emitter.found(claim);
    }
    context.count("addresses_asked", sweep.asked());
    context.count("devices_found", claims.size());
    context.log().log(
        System.Logger.Level.INFO,
        "swept source={0} asked={1} devices={2}",
        source,
        Long.toString(sweep.asked()),
        Integer.toString(claims.size()));
    return new SweepVerdict(candidates.problems(), result, sweep.asked()).outcome();
  }

  private static Outcome failed(Cause cause, String detail) {
    return new Outcome.Failed(new Failure(cause, detail));
  }

  /**
   * When to ask no further address, so that those being asked end, and what was found is sent,
   * before the deadline; at the latest after half of the run.
   */
  private Instant stopAt(Run run) {
    SweepSettings.Asking asking = settings.asking();
    long requests = (long) settings.credentials().size() * (1 + asking.retries());
    Duration longest =
        asking
            .timeout()
            .multipliedBy(requests)
            .plus(
                Duration.ofSeconds(1)
                    .multipliedBy(requests * asking.concurrency())
                    .dividedBy(asking.packetsPerSecond()))
            .plusSeconds(1);
    Duration half = Duration.between(run.startedAt(), run.deadline()).dividedBy(2);
    return run.deadline().minus(longest.compareTo(half) < 0 ? longest : half);
  }

  @Override
  public void close() {
    // The client is shared, and a run ends when it is interrupted.
  }
}
