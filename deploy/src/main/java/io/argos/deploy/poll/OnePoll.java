package io.argos.deploy.poll;

import io.argos.config.PluginEntry;
import io.argos.config.SnmpConfig;
import io.argos.enrichment.plugin.snmp.SnmpEnricherFactory;
import io.argos.polling.ping.PingAnswer;
import io.argos.polling.ping.PingSpec;
import io.argos.polling.ping.Pinger;
import io.argos.polling.ping.Silence;
import io.argos.polling.plugin.snmp.SnmpPollerFactory;
import io.argos.profile.DeviceFacts;
import io.argos.profile.EnrichmentPlan;
import io.argos.profile.Matching;
import io.argos.profile.ProfileCatalog;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.StagePluginContext;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.snmp.SnmpClient;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enricher;
import io.argos.spi.EnricherFactory;
import io.argos.spi.Failure;
import io.argos.spi.PluginContext;
import io.argos.spi.PluginFactory;
import io.argos.spi.Poller;
import io.argos.spi.PollerFactory;
import io.argos.spi.Run;
import io.argos.spi.Secrets;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One enrichment and one poll of a device by the plugins of the stages, with what they exchange
 * through topics kept in memory instead.
 */
public final class OnePoll {
  private static final String NAME = "poll";

  /** Profiles may ask for other columns at other intervals; this one is the usual. */
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final PingSpec PING = new PingSpec(3, Duration.ofSeconds(2));
  private static final Duration PING_WITHIN = Duration.ofSeconds(5);

  private final SnmpConfig config;
  private final ProfileCatalog profiles;
  private final Secrets secrets;
  private final SnmpClient client;
  private final InstantSource clock;

  /**
   * @param config bounds of the exchange
   * @param profiles the profiles in force
   * @param secrets where credentials are
   * @param client asks the device; not closed
   */
  public OnePoll(
      SnmpConfig config,
      ProfileCatalog profiles,
      Secrets secrets,
      SnmpClient client,
      InstantSource clock) {
    this.config = config;
    this.profiles = profiles;
    this.secrets = secrets;
    this.client = client;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Answer {
    /**
     * The device was enriched and polled.
     *
     * @param matching the profile and why
     * @param enrichments what it is and its slow tables
     * @param poll what was measured; its status says whether that is all
     */
    record Polled(Matching matching, List<Enrichment> enrichments, Poller.Poll poll)
        implements Answer {
      public Polled {
        enrichments = List.copyOf(enrichments);
      }

      /** What the device is. */
      public Map<String, String> facts() {
        return factsOf(enrichments);
      }
    }

    /** It was not even enriched. */
    record Failed(Failure failure, DeviceStatus status) implements Answer {}
  }

  /**
   * Asks the device. Blocks, as long as the bounds of the exchange allow.
   *
   * @param credentials names of the secrets to try, in this order
   */
  public Answer ask(Resource resource, List<String> credentials) throws InterruptedException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Run run = new Run("0".repeat(32), now, now, now.plus(INTERVAL), INTERVAL);
    HeldEnrichments held = new HeldEnrichments(NAME, run.jobId(), now);
    try (Pinger pinger = new Pinger();
        PluginCatalog<Enricher> enrichers =
            plugins(
                "enrichment",
                new SnmpEnricherFactory(client, config, () -> profiles),
                EnricherFactory::create,
                credentials);
        PluginCatalog<Poller> pollers =
            plugins(
                "polling",
                new SnmpPollerFactory(client, config, () -> profiles, pinger),
                PollerFactory::create,
                credentials)) {
      Enricher enricher = enrichers.find(NAME).orElseThrow().plugin();
      if (enricher.run(run, resource, held)
          instanceof Enricher.Outcome.Failed(Failure failure, DeviceStatus status)) {
        return silent(pinger, resource, failure, status);
      }
      Poller poller = pollers.find(NAME).orElseThrow().plugin();
      return new Answer.Polled(match(resource, held), held.all(), poller.run(run, resource, held));
    }
  }

  private static Answer silent(
      Pinger pinger, Resource resource, Failure failure, DeviceStatus status)
      throws InterruptedException {
    if (!Silence.isOpen(status)) {
      return new Answer.Failed(failure, status);
    }
    PingAnswer answer = Silence.ping(pinger, resource.getEndpoint(), PING, PING_WITHIN);
    Silence silence = Silence.of(status, failure, answer);
    return new Answer.Failed(silence.failure(), silence.status());
  }

  /** The enricher keeps its reason to itself, so it is asked for anew. */
  private Matching match(Resource resource, HeldEnrichments held) {
    Map<String, String> facts = factsOf(held.all());
    return profiles.match(
        DeviceFacts.of(
            resource,
            Optional.ofNullable(facts.get("sysObjectID")),
            Optional.ofNullable(facts.get("sysDescr"))));
  }

  private static Map<String, String> factsOf(List<Enrichment> enrichments) {
    return enrichments.stream()
        .filter(enrichment -> enrichment.getNamespace().equals(EnrichmentPlan.DEVICE))
        .findFirst()
        .map(Enrichment::getAttributes)
        .orElse(Map.of());
  }

  private <F extends PluginFactory, P extends AutoCloseable> PluginCatalog<P> plugins(
      String stage, F factory, PluginCatalog.Maker<F, P> maker, List<String> credentials) {
    PluginEntry entry =
        new PluginEntry(
            NAME,
            factory.kind(),
            Optional.of(INTERVAL),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "local",
            Map.of("credentials", credentials),
            "command line");
    CompositeMeterRegistry nowhere = new CompositeMeterRegistry();
    Function<String, PluginContext> contexts =
        instance -> new StagePluginContext(stage, instance, clock, secrets, nowhere);
    return PluginCatalog.of(List.of(entry), List.of(factory), maker, contexts);
  }
}
