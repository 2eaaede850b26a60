package io.argos.enrichment.plugin.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.config.PluginEntry;
import io.argos.config.SnmpConfig;
import io.argos.profile.ProfileCatalog;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.schemas.Resource;
import io.argos.snmp.SnmpEngine;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enricher;
import io.argos.spi.EnricherFactory;
import io.argos.spi.EnrichmentContent;
import io.argos.spi.Run;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.Recording;
import io.argos.testing.simulator.Simulator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over UDP, against simulated devices. */
class SnmpEnricherIT {
  private static final Path TESTS = Path.of("..", "config", "profiles", "tests");
  private static final Pattern SAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final SnmpConfig CONFIG =
      new SnmpConfig(Duration.ofMillis(300), 1, 48, 4, 100_000, 0, 1);
  private static final ProfileCatalog PROFILES = ProfileCatalog.shipped();

  private static Simulator simulator;
  private static SnmpEngine engine;

  private final FakeContext context = new FakeContext().community("right", "public");

  @BeforeAll
  static void start() {
    simulator = Simulator.builder().add(device("juniper"), device("cisco-ios")).start();
    engine = SnmpEngine.open(CONFIG);
  }

  @AfterAll
  static void stop() {
    engine.close();
    simulator.close();
  }

  private static DeviceSpec device(String name) {
    return DeviceSpec.of(name, Recording.read(TESTS.resolve(name).resolve("recording.snmprec")));
  }

  @Test
  void writesATableForEachNamespaceAndTheDeviceLast() throws InterruptedException {
    List<EnrichmentContent> contents = new ArrayList<>();

    Enricher.Outcome outcome =
        enricher(List.of("right")).run(run(), resource("juniper", null), contents::add);

    assertThat(outcome).isEqualTo(new Enricher.Outcome.Enriched(DeviceStatus.SUCCESS));
    assertThat(contents)
        .extracting(EnrichmentContent::namespace)
        .containsExactly("interface", "operating", "device");
    assertThat(contents.getFirst().groups().getFirst().rows().rowKeys())
        .contains("xe-0/0/0", "et-0/1/0:1");
    assertThat(contents.getLast().attributes())
        .containsEntry("vendor", "Juniper")
        .containsEntry("model", "mx240")
        .containsEntry("credential", "right");
    assertThat(contents.getLast().profile().orElseThrow().name()).isEqualTo("juniper");
  }

  @Test
  void triesItsCredentialsInTurn() throws InterruptedException {
    context.community("wrong", "secret");
    List<EnrichmentContent> contents = new ArrayList<>();

    enricher(List.of("wrong", "right")).run(run(), resource("cisco-ios", null), contents::add);

    assertThat(contents.getLast().attributes())
        .containsEntry("vendor", "Cisco")
        .containsEntry("credential", "right");
  }

  @Test
  void beginsWithTheCredentialThatWasAnsweredLast() throws InterruptedException {
    context.community("wrong", "secret");
    Enricher enricher = enricher(List.of("wrong", "right"));
    Resource resource = resource("cisco-ios", null);
    enricher.run(run(), resource, _ -> {});
    long before = engine.counters().unanswered();

    Enricher.Outcome outcome = enricher.run(run(), resource, _ -> {});

    assertThat(outcome).isEqualTo(new Enricher.Outcome.Enriched(DeviceStatus.SUCCESS));
    assertThat(engine.counters().unanswered()).isEqualTo(before);
  }

  @Test
  void namesTheCredentialsThatWereNotAnswered() throws InterruptedException {
    context.community("wrong", "secret").community("other", "other");

    Enricher.Outcome outcome =
        enricher(List.of("wrong", "other")).run(run(), resource("cisco-ios", null), _ -> {});

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Enricher.Outcome.Failed.class,
            failed -> {
              assertThat(failed.failure().detail())
                  .isEqualTo("no answer to any of 2 credentials (wrong, other)");
              assertThat(failed.failure().cause()).isEqualTo(Cause.TIMEOUT);
              assertThat(failed.status()).isEqualTo(DeviceStatus.TIMEOUT);
            });
  }

  @Test
  void saysWhatKeepsItFromAsking() throws InterruptedException {
    assertThat(failure(enricher(List.of()), resource("juniper", "missing")))
        .isEqualTo("there is no secret 'missing' for site local");
    assertThat(failure(enricher(List.of()), resource("juniper", null)))
        .isEqualTo("no credential: the resource names none, and the plugin has no default");
    Resource nowhere =
        Resource.newBuilder(resource("juniper", "right")).setEndpoint("[::1]161").build();
    assertThat(failure(enricher(List.of()), nowhere))
        .isEqualTo("endpoint [::1]161: a port follows as ']:161'");
    context.takeSecretsAway();
    assertThat(failure(enricher(List.of()), resource("juniper", "right")))
        .isEqualTo("the secrets are out of reach");
  }

  @Test
  void loadsTheSampleOfItsReadme(@TempDir Path folder) throws IOException {
    Path readme = Path.of("src/main/java/io/argos/enrichment/plugin/snmp/README.md");
    Matcher sample = SAMPLE.matcher(Files.readString(readme));
    assertThat(sample.find()).isTrue();
    Path file = folder.resolve("argos.yaml");
    Files.writeString(file, sample.group(1));
    PluginEntry entry = ConfigLoader.load(ConfigSources.of(file)).config().enrichment().getFirst();

    try (PluginCatalog<Enricher> catalog = catalog(entry)) {
      assertThat(catalog.find("snmp")).isPresent();
    }
  }

  private String failure(Enricher enricher, Resource resource) throws InterruptedException {
    Enricher.Outcome outcome = enricher.run(run(), resource, _ -> {});
    return outcome instanceof Enricher.Outcome.Failed failed
        ? failed.failure().detail()
        : outcome.toString();
  }

  private Enricher enricher(List<String> credentials) {
    PluginEntry entry = entry(Map.of("credentials", credentials));
    return catalog(entry).find(entry.name()).orElseThrow().plugin();
  }

  private PluginCatalog<Enricher> catalog(PluginEntry entry) {
    SnmpEnricherFactory factory = new SnmpEnricherFactory(engine, CONFIG, () -> PROFILES);
    return PluginCatalog.<EnricherFactory, Enricher>of(
        List.of(entry), List.of(factory), EnricherFactory::create, _ -> context);
  }

  private static PluginEntry entry(Map<String, Object> settings) {
    return new PluginEntry(
        "snmp",
        "snmp",
        java.util.Optional.of(Duration.ofMinutes(5)),
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        "local",
        settings,
        "argos.yaml:1");
  }

  private static Run run() {
    Instant now = Instant.now();
    return new Run("00", now, now, now.plusSeconds(30), Duration.ofMinutes(5));
  }

  private static Resource resource(
      String device, @org.jspecify.annotations.Nullable String credential) {
    InetSocketAddress address = simulator.device(device).address();
    return Resource.newBuilder()
        .setId("local/" + device)
        .setSite("local")
        .setName(device)
        .setEndpoint("127.0.0.1:" + address.getPort())
        .setCredential(credential)
        .setTtlSeconds(60)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(1)
        .build();
  }
}
