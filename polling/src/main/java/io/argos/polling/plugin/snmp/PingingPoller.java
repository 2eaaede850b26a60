package io.argos.polling.plugin.snmp;

import io.argos.polling.ping.PingAnswer;
import io.argos.polling.ping.PingSpec;
import io.argos.polling.ping.Pinger;
import io.argos.polling.ping.Silence;
import io.argos.profile.PollStatus;
import io.argos.schemas.Resource;
import io.argos.spi.Enrichments;
import io.argos.spi.Failure;
import io.argos.spi.PluginContext;
import io.argos.spi.Poller;
import io.argos.spi.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Pings a device of which nothing came, so that one that is gone is told apart from one that only
 * does not speak SNMP to us. Uses what the poll has left of its time, and no more.
 */
final class PingingPoller implements Poller {
  private final Poller snmp;
  private final Pinger pinger;
  private final PingSpec spec;
  private final PluginContext context;

  PingingPoller(Poller snmp, Pinger pinger, PingSpec spec, PluginContext context) {
    this.snmp = snmp;
    this.pinger = pinger;
    this.spec = spec;
    this.context = context;
  }

  @Override
  public Poll run(Run run, Resource resource, Enrichments enrichments) throws InterruptedException {
    Poll poll = snmp.run(run, resource, enrichments);
    Optional<Failure> failure = poll.failure();
    // One that told its uptime is there, however little of the rest came.
    boolean silent = poll.uptimeCentis().isEmpty() && Silence.isOpen(poll.status());
    if (failure.isEmpty() || !silent) {
      return poll;
    }
    Duration left =
        Duration.between(Instant.ofEpochMilli(context.clock().millis()), run.deadline());
    PingAnswer answer = Silence.ping(pinger, resource.getEndpoint(), spec, left);
    count(answer);
    Silence silence = Silence.of(poll.status(), failure.get(), answer);
    return new Poll(
        silence.status(),
        Optional.of(silence.failure()),
        PollStatus.replaced(poll.groups(), Silence::isOpen, silence.status()),
        poll.uptimeCentis(),
        poll.discontinuityAt(),
        poll.profile(),
        poll.enrichmentStale(),
        poll.wantsEnrichment());
  }

  private void count(PingAnswer answer) {
    switch (answer) {
      case PingAnswer.Answered _ -> context.count("pings_answered", 1);
      case PingAnswer.Silent _ -> context.count("pings_unanswered", 1);
      case PingAnswer.NotTried _ -> context.count("pings_not_tried", 1);
    }
  }

  @Override
  public void close() {
    snmp.close();
  }
}
