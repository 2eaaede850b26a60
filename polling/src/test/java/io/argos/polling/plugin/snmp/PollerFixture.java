package io.argos.polling.plugin.snmp;

import io.argos.config.PluginEntry;
import io.argos.config.SnmpConfig;
import io.argos.polling.ping.Pinger;
import io.argos.profile.DeviceFacts;
import io.argos.profile.EnrichmentPlan;
import io.argos.profile.Matching;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SystemGroup;
import io.argos.profile.format.Profile;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.schemas.columnar.GroupRecords;
import io.argos.schemas.columnar.Values;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpEngine;
import io.argos.snmp.SnmpLimits;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.EnrichmentContent;
import io.argos.spi.Enrichments;
import io.argos.spi.Poller;
import io.argos.spi.PollerFactory;
import io.argos.spi.Run;
import io.argos.spi.Secret;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.Recording;
import io.argos.testing.simulator.SimulatedDevice;
import io.argos.testing.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A poller and a simulated device, over UDP. */
final class PollerFixture implements AutoCloseable {
  private static final Path TESTS = Path.of("..", "config", "profiles", "tests");
  private static final SnmpConfig CONFIG =
      new SnmpConfig(Duration.ofMillis(300), 1, 48, 4, 100_000, 0, 1);
  private static final ProfileCatalog PROFILES = ProfileCatalog.shipped();

  final FakeContext context = new FakeContext().community("right", "public");
  final Map<String, Enrichment> enriched = new ConcurrentHashMap<>();
  final Enrichments enrichments =
      (_, namespace) ->
          Optional.ofNullable(enriched.get(namespace)).map(List::of).orElse(List.of());
  final Simulator simulator =
      Simulator.builder()
          .add(
              DeviceSpec.of(
                  "juniper", Recording.read(TESTS.resolve("juniper").resolve("recording.snmprec"))))
          .start();
  final SimulatedDevice device = simulator.device("juniper");
  final Pinger pinger = new Pinger();
  final SnmpEngine engine = SnmpEngine.open(CONFIG);

  /** What the enrichment stage would have written. */
  void enrich(Instant expiresAt) {
    SnmpTarget target =
        new SnmpTarget(
            device.address(),
            new SnmpCredential.V2c(new Secret("right", Map.of("community", "public"))),
            new SnmpLimits(Duration.ofSeconds(1), 1, 48, 4, 100_000));
    SystemGroup system = SystemGroup.of(engine.read(target, SystemGroup.PLAN).join());
    DeviceFacts facts =
        DeviceFacts.of(resource(), system.text("sysObjectID"), system.text("sysDescr"));
    Profile profile =
        PROFILES.match(facts) instanceof Matching.Match match
            ? match.profile()
            : PROFILES.find("fallback").orElseThrow();
    EnrichmentPlan plan = new EnrichmentPlan(profile, resource(), system);
    SnmpPlan scalars = plan.scalars();
    SnmpReply single = engine.read(target, scalars).join();
    SnmpReply tables = engine.read(target, plan.tables(single)).join();
    plan.evaluate(tables, Instant.now())
        .contents()
        .forEach(content -> enriched.put(content.namespace(), record(content, expiresAt)));
  }

  private static Enrichment record(EnrichmentContent content, Instant expiresAt) {
    return Enrichment.newBuilder()
        .setResourceId(content.resourceId())
        .setNamespace(content.namespace())
        .setPlugin("snmp")
        .setJobId("1")
        .setCollectedAt(Instant.now())
        .setExpiresAt(expiresAt)
        .setContentHash("1")
        .setProfile(content.profile().orElseThrow().name())
        .setProfileHash(content.profile().orElseThrow().hash())
        .setAttributes(content.attributes())
        .setGroups(content.groups().stream().map(GroupRecords::toRecord).toList())
        .build();
  }

  Poller poller(List<String> credentials) {
    return poller(engine, credentials);
  }

  /** A poller with a client of its own. */
  Poller poller(SnmpClient client, List<String> credentials) {
    return poller(client, Map.of("credentials", credentials));
  }

  /** A poller with settings of its own. */
  Poller poller(SnmpClient client, Map<String, Object> settings) {
    PluginEntry entry =
        new PluginEntry(
            "snmp",
            "snmp",
            Optional.of(Duration.ofMinutes(1)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "local",
            settings,
            "argos.yaml:1");
    return catalog(client, entry).find(entry.name()).orElseThrow().plugin();
  }

  PluginCatalog<Poller> catalog(SnmpClient client, PluginEntry entry) {
    SnmpPollerFactory factory = new SnmpPollerFactory(client, CONFIG, () -> PROFILES, pinger);
    return PluginCatalog.<PollerFactory, Poller>of(
        List.of(entry), List.of(factory), PollerFactory::create, _ -> context);
  }

  static Run run() {
    return run(Duration.ofSeconds(30));
  }

  /** A run that has so much time. */
  static Run run(Duration timeout) {
    Instant now = Instant.now();
    return new Run("00", now, now, now.plus(timeout), Duration.ofMinutes(1));
  }

  Resource resource() {
    return resource("127.0.0.1:" + device.address().getPort());
  }

  /** The resource at another place. */
  static Resource resource(String endpoint) {
    return Resource.newBuilder()
        .setId("local/juniper")
        .setSite("local")
        .setName("juniper")
        .setEndpoint(endpoint)
        .setTtlSeconds(60)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(1)
        .build();
  }

  /** Polls once with a poller. */
  Poller.Poll poll(Poller poller) throws InterruptedException {
    return poller.run(run(), resource(), enrichments);
  }

  /** What a status group of a poll says. */
  static long statusOf(Poller.Poll poll, String metric) {
    return poll.groups().stream()
        .filter(group -> group.name().equals("status") && group.section().equals(metric))
        .map(group -> ((Values.Longs) group.columns().getFirst().values()).values()[0])
        .findFirst()
        .orElse(-1L);
  }

  @Override
  public void close() {
    engine.close();
    pinger.close();
    simulator.close();
  }
}
