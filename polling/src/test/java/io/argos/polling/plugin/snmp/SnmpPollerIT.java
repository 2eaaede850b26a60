package io.argos.polling.plugin.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.config.PluginEntry;
import io.argos.config.SnmpConfig;
import io.argos.profile.DeviceFacts;
import io.argos.profile.EnrichmentPlan;
import io.argos.profile.Matching;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SystemGroup;
import io.argos.profile.format.Profile;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.GroupRecords;
import io.argos.schemas.columnar.Values;
import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpEngine;
import io.argos.snmp.SnmpLimits;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.EnrichmentContent;
import io.argos.spi.Enrichments;
import io.argos.spi.Failure;
import io.argos.spi.Poller;
import io.argos.spi.PollerFactory;
import io.argos.spi.Run;
import io.argos.spi.Secret;
import io.argos.testing.simulator.Behaviour;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.Recording;
import io.argos.testing.simulator.SimulatedDevice;
import io.argos.testing.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over UDP, against simulated devices. */
class SnmpPollerIT {
  private static final Path TESTS = Path.of("..", "config", "profiles", "tests");
  private static final Pattern SAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final SnmpConfig CONFIG =
      new SnmpConfig(Duration.ofMillis(300), 1, 48, 4, 100_000, 0, 1);
  private static final ProfileCatalog PROFILES = ProfileCatalog.shipped();

  private final FakeContext context = new FakeContext().community("right", "public");
  private final Map<String, Enrichment> enriched = new ConcurrentHashMap<>();
  private final Enrichments enrichments =
      (_, namespace) ->
          Optional.ofNullable(enriched.get(namespace)).map(List::of).orElse(List.of());
  private final Simulator simulator =
      Simulator.builder()
          .add(
              DeviceSpec.of(
                  "juniper", Recording.read(TESTS.resolve("juniper").resolve("recording.snmprec"))))
          .start();
  private final SimulatedDevice device = simulator.device("juniper");
  private final SnmpEngine engine = SnmpEngine.open(CONFIG);
  private final Poller poller = poller(List.of("right"));

  @AfterEach
  void stop() {
    engine.close();
    simulator.close();
  }

  @Test
  void pollsAnEnrichedDevice() throws InterruptedException {
    enrich(Instant.now().plusSeconds(600));

    Poller.Poll first = poller.run(run(), resource(), enrichments);
    Poller.Poll second = poller.run(run(), resource(), enrichments);

    assertThat(first.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(first.failure()).isEmpty();
    assertThat(first.uptimeCentis()).isPresent();
    assertThat(first.profile().orElseThrow().name()).isEqualTo("juniper");
    assertThat(first.enrichmentStale()).isFalse();
    assertThat(first.groups())
        .extracting(GroupBlock::name)
        .containsExactly(
            "interface",
            "environment",
            "cpu",
            "memory",
            "environment",
            "environment",
            "status",
            "status");
    assertThat(second.groups().getFirst().rows()).isSameAs(first.groups().getFirst().rows());
  }

  @Test
  void saysThatTheEnrichmentHasExpired() throws InterruptedException {
    enrich(Instant.now().minusSeconds(1));

    Poller.Poll poll = poller.run(run(), resource(), enrichments);

    assertThat(poll.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(poll.enrichmentStale()).isTrue();
  }

  @Test
  void asksForEnrichmentWhereThereIsNone() throws InterruptedException {
    Poller.Poll poll = poller.run(run(), resource(), enrichments);

    assertThat(poll.status()).isEqualTo(DeviceStatus.ENRICHMENT_FAILURE);
    assertThat(poll.wantsEnrichment()).isTrue();
    assertThat(poll.uptimeCentis()).isPresent();
    assertThat(statusOf(poll, "polling_status")).isEqualTo(8);
    assertThat(simulator.requests().latest()).hasSize(1);
  }

  @Test
  void callsSilenceATimeoutWithAndWithoutEnrichment() throws InterruptedException {
    device.behave(new Behaviour.Dead());

    Poller.Poll without = poller.run(run(), resource(), enrichments);
    device.behave();
    enrich(Instant.now().plusSeconds(600));
    device.behave(new Behaviour.Dead());
    Poller.Poll with = poller.run(run(), resource(), enrichments);

    assertThat(without.status()).isEqualTo(DeviceStatus.TIMEOUT);
    assertThat(without.wantsEnrichment()).isFalse();
    assertThat(statusOf(without, "polling_status")).isEqualTo(3);
    assertThat(with.status()).isEqualTo(DeviceStatus.TIMEOUT);
    assertThat(with.failure().map(Failure::cause)).hasValue(Cause.TIMEOUT);
    assertThat(statusOf(with, "polling_status")).isEqualTo(3);
    assertThat(statusOf(with, "interface_polling_status")).isEqualTo(3);
  }

  @Test
  void probesADeadDeviceWithOneSmallRequest() throws InterruptedException {
    enrich(Instant.now().plusSeconds(600));
    device.behave(new Behaviour.Dead());
    poller.run(run(), resource(), enrichments);

    Poller.Poll still = poller.run(run(), resource(), enrichments);
    device.behave();
    Poller.Poll back = poller.run(run(), resource(), enrichments);

    assertThat(still.status()).isEqualTo(DeviceStatus.TIMEOUT);
    assertThat(back.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(context.counted("probes")).isEqualTo(2);
  }

  @Test
  void asksADeviceThatWasNeverEnrichedAndIsSilentOnceForEachCredential()
      throws InterruptedException {
    context.community("wrong", "secret");
    device.behave(new Behaviour.Dead());
    Poller several = poller(List.of("wrong", "right"));

    Poller.Poll first = several.run(run(), resource(), enrichments);
    int afterFirst = simulator.requests().latest().size();
    poller.run(run(), resource(), enrichments);
    simulator.requests().clear();
    poller.run(run(), resource(), enrichments);

    assertThat(first.failure().map(Failure::detail))
        .hasValue("no answer to any of 2 credentials (wrong, right)");
    assertThat(afterFirst).isEqualTo(2);
    assertThat(simulator.requests().latest()).as("one probe, repeated once").hasSize(2);
    assertThat(context.counted("probes")).isEqualTo(1);
  }

  @Test
  void findsTheCredentialThatIsAnswered() throws InterruptedException {
    context.community("wrong", "secret");
    enrich(Instant.now().plusSeconds(600));
    Poller several = poller(List.of("wrong", "right"));

    Poller.Poll first = several.run(run(), resource(), enrichments);
    Poller.Poll second = several.run(run(), resource(), enrichments);

    assertThat(first.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(second.status()).isEqualTo(DeviceStatus.SUCCESS);
  }

  @Test
  void asksForEnrichmentWhenTheProfileHasChanged() throws InterruptedException {
    enrich(Instant.now().plusSeconds(600));
    Enrichment facts = enrichments.find("local/juniper", EnrichmentPlan.DEVICE).getFirst();
    enriched.put(
        EnrichmentPlan.DEVICE, Enrichment.newBuilder(facts).setProfileHash("other").build());

    assertThat(poller.run(run(), resource(), enrichments).wantsEnrichment()).isTrue();
  }

  @Test
  void loadsTheSampleOfItsReadme(@TempDir Path folder) throws IOException {
    Path readme = Path.of("src/main/java/io/argos/polling/plugin/snmp/README.md");
    Matcher sample = SAMPLE.matcher(Files.readString(readme));
    assertThat(sample.find()).isTrue();
    Path file = folder.resolve("argos.yaml");
    Files.writeString(file, sample.group(1));
    PluginEntry entry = ConfigLoader.load(ConfigSources.of(file)).config().polling().getFirst();

    try (PluginCatalog<Poller> catalog = catalog(entry)) {
      assertThat(catalog.find("snmp")).isPresent();
    }
  }

  private static long statusOf(Poller.Poll poll, String metric) {
    return poll.groups().stream()
        .filter(group -> group.name().equals("status") && group.section().equals(metric))
        .map(group -> ((Values.Longs) group.columns().getFirst().values()).values()[0])
        .findFirst()
        .orElse(-1L);
  }

  /** What the enrichment stage would have written. */
  private void enrich(Instant expiresAt) {
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

  private Poller poller(List<String> credentials) {
    PluginEntry entry =
        new PluginEntry(
            "snmp",
            "snmp",
            Optional.of(Duration.ofMinutes(1)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "local",
            Map.of("credentials", credentials),
            "argos.yaml:1");
    return catalog(entry).find(entry.name()).orElseThrow().plugin();
  }

  private PluginCatalog<Poller> catalog(PluginEntry entry) {
    SnmpPollerFactory factory = new SnmpPollerFactory(engine, CONFIG, () -> PROFILES);
    return PluginCatalog.<PollerFactory, Poller>of(
        List.of(entry), List.of(factory), PollerFactory::create, _ -> context);
  }

  private static Run run() {
    Instant now = Instant.now();
    return new Run("00", now, now, now.plusSeconds(30), Duration.ofMinutes(1));
  }

  private Resource resource() {
    return Resource.newBuilder()
        .setId("local/juniper")
        .setSite("local")
        .setName("juniper")
        .setEndpoint("127.0.0.1:" + device.address().getPort())
        .setTtlSeconds(60)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(1)
        .build();
  }
}
