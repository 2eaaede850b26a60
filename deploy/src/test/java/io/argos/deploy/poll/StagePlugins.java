package io.argos.deploy.poll;

import io.argos.config.PluginEntry;
import io.argos.config.SnmpConfig;
import io.argos.enrichment.plugin.snmp.SnmpEnricherFactory;
import io.argos.polling.ping.Pinger;
import io.argos.polling.plugin.snmp.SnmpPollerFactory;
import io.argos.profile.ProfileCatalog;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.StagePluginContext;
import io.argos.schemas.Resource;
import io.argos.snmp.SnmpEngine;
import io.argos.spi.Enricher;
import io.argos.spi.EnricherFactory;
import io.argos.spi.PluginContext;
import io.argos.spi.PluginFactory;
import io.argos.spi.Poller;
import io.argos.spi.PollerFactory;
import io.argos.spi.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Enrichment and polling of one resource by the plugins of the stages, again and again. */
final class StagePlugins implements AutoCloseable {
  /** No device here is silent: a request is sent again only by mistake, and would be counted. */
  private static final SnmpConfig CONFIG =
      new SnmpConfig(Duration.ofSeconds(20), 1, 48, 4, 100_000, 0, 1);

  private static final ProfileCatalog PROFILES = ProfileCatalog.shipped();
  private static final String NAME = "snmp";

  private final SnmpEngine engine = SnmpEngine.open(CONFIG);
  private final Pinger pinger = new Pinger();
  private final HeldEnrichments held = new HeldEnrichments(NAME, "1", Instant.now());
  private final PluginCatalog<Enricher> enrichers =
      plugins(new SnmpEnricherFactory(engine, CONFIG, () -> PROFILES), EnricherFactory::create);
  private final PluginCatalog<Poller> pollers =
      plugins(new SnmpPollerFactory(engine, CONFIG, () -> PROFILES, pinger), PollerFactory::create);

  Enricher.Outcome enrich(InetSocketAddress address) throws InterruptedException {
    return enrichers.find(NAME).orElseThrow().plugin().run(run(), resource(address), held);
  }

  Poller.Poll poll(InetSocketAddress address) throws InterruptedException {
    return pollers.find(NAME).orElseThrow().plugin().run(run(), resource(address), held);
  }

  private static Run run() {
    Instant now = Instant.now();
    return new Run("0".repeat(32), now, now, now.plusSeconds(48), Duration.ofMinutes(1));
  }

  /** The same resource wherever it is. */
  private static Resource resource(InetSocketAddress address) {
    return Resource.newBuilder()
        .setId("local/odd")
        .setSite("local")
        .setName("odd")
        .setResourceClass("network")
        .setEndpoint("127.0.0.1:" + address.getPort())
        .setTtlSeconds(60)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(1)
        .build();
  }

  private static <F extends PluginFactory, P extends AutoCloseable> PluginCatalog<P> plugins(
      F factory, PluginCatalog.Maker<F, P> maker) {
    PluginEntry entry =
        new PluginEntry(
            NAME,
            factory.kind(),
            Optional.of(Duration.ofMinutes(1)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "local",
            Map.of("credentials", List.of(GivenSecrets.NAME)),
            "test");
    GivenSecrets secrets = GivenSecrets.of(Map.of("community", "public"));
    Function<String, PluginContext> contexts =
        instance ->
            new StagePluginContext(
                "test", instance, InstantSource.system(), secrets, new SimpleMeterRegistry());
    return PluginCatalog.of(List.of(entry), List.of(factory), maker, contexts);
  }

  @Override
  public void close() {
    pollers.close();
    enrichers.close();
    pinger.close();
    engine.close();
  }
}
