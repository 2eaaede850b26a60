package io.argos.deploy.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.PluginEntry;
import io.argos.config.SnmpConfig;
import io.argos.enrichment.plugin.snmp.SnmpEnricherFactory;
import io.argos.polling.ping.Pinger;
import io.argos.polling.plugin.snmp.SnmpPollerFactory;
import io.argos.profile.LiveProfiles;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.StagePluginContext;
import io.argos.schemas.Resource;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.snmp.SnmpEngine;
import io.argos.spi.Enricher;
import io.argos.spi.EnricherFactory;
import io.argos.spi.PluginContext;
import io.argos.spi.Poller;
import io.argos.spi.PollerFactory;
import io.argos.spi.ProfileRef;
import io.argos.spi.Run;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.Recording;
import io.argos.testing.simulator.Simulator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device goes over to other profiles while the plugins that read it run on. */
class HotReloadIT {
  private static final SnmpConfig SNMP =
      new SnmpConfig(Duration.ofSeconds(20), 1, 48, 4, 10_000, 0, 1);
  private static final String RECORDING =
      """
      1.3.6.1.2.1.1.1.0|4|frobnicator
      1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1
      1.3.6.1.2.1.1.3.0|67|360000
      1.3.6.1.4.1.99999.2.1.0|66|7
      1.3.6.1.4.1.99999.2.2.0|66|8
      """;
  private static final String PROFILE =
      """
      profile: frob
      match: { sysObjectID: 1.3.6.1.4.1.99999 }
      groups:
        frobs:
          metrics:
            first: { oid: 1.3.6.1.4.1.99999.2.1.0 }
      """;

  @TempDir Path folder;

  private final Simulator simulator =
      Simulator.builder()
          .add(
              DeviceSpec.of(
                  "frob", Recording.parse("frob", RECORDING.getBytes(StandardCharsets.UTF_8))))
          .start();
  private final SnmpEngine engine = SnmpEngine.open(SNMP);
  private final HeldEnrichments held = new HeldEnrichments("snmp", "1", Instant.now());

  @AfterEach
  void stop() {
    engine.close();
    simulator.close();
  }

  @Test
  void aChangedProfileTakesEffectAtTheNextPollAndABadOneNever()
      throws IOException, InterruptedException {
    LiveProfiles live = LiveProfiles.open(List.of(folder), new SimpleMeterRegistry(), "polling");
    try (var enrichers =
            plugins(new SnmpEnricherFactory(engine, SNMP, live), EnricherFactory::create);
        var pinger = new Pinger();
        var pollers =
            plugins(new SnmpPollerFactory(engine, SNMP, live, pinger), PollerFactory::create)) {
      Enricher enricher = enrichers.find("snmp").orElseThrow().plugin();
      Poller poller = pollers.find("snmp").orElseThrow().plugin();
      enricher.run(run(), resource(), held);
      assertThat(profile(poll(poller))).isEqualTo("fallback");

      rewrite(live, PROFILE);
      assertThat(poll(poller).wantsEnrichment()).as("another profile fits better").isTrue();
      enricher.run(run(), resource(), held);
      assertThat(profile(poll(poller))).isEqualTo("frob");
      assertThat(metrics(poll(poller))).containsExactly("first");
      assertThat(poll(poller).wantsEnrichment()).isFalse();

      rewrite(live, PROFILE + "      second: { oid: 1.3.6.1.4.1.99999.2.2.0 }\n");
      Poller.Poll changed = poll(poller);
      assertThat(metrics(changed))
          .as("the plan follows at once")
          .containsExactly("first", "second");
      assertThat(changed.wantsEnrichment()).isTrue();
      enricher.run(run(), resource(), held);
      assertThat(poll(poller).wantsEnrichment()).isFalse();

      rewrite(live, PROFILE + "nonsense");
      Poller.Poll bad = poll(poller);
      assertThat(metrics(bad)).containsExactly("first", "second");
      assertThat(bad.wantsEnrichment()).isFalse();

      Files.delete(folder.resolve("frob.yaml"));
      live.look();
      assertThat(poll(poller).wantsEnrichment()).as("it may be about to be replaced").isFalse();
      live.look();
      assertThat(poll(poller).wantsEnrichment()).as("its profile is gone").isTrue();
      enricher.run(run(), resource(), held);
      assertThat(profile(poll(poller))).isEqualTo("fallback");
    }
  }

  private void rewrite(LiveProfiles live, String text) throws IOException {
    Files.writeString(folder.resolve("frob.yaml"), text);
    live.look();
  }

  private Poller.Poll poll(Poller poller) throws InterruptedException {
    return poller.run(run(), resource(), held);
  }

  private static String profile(Poller.Poll poll) {
    return poll.profile().map(ProfileRef::name).orElse("none");
  }

  private static List<String> metrics(Poller.Poll poll) {
    return poll.groups().stream()
        .filter(group -> group.name().equals("frobs"))
        .map(GroupBlock::columns)
        .flatMap(List::stream)
        .map(ColumnBlock::name)
        .toList();
  }

  private Resource resource() {
    return Resource.newBuilder()
        .setId("local/frob")
        .setSite("local")
        .setName("frob")
        .setResourceClass("network")
        .setSubclass("")
        .setType("")
        .setEndpoint("127.0.0.1:" + simulator.device("frob").address().getPort())
        .setLabels(Map.of())
        .setTtlSeconds(60)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(1)
        .build();
  }

  private static Run run() {
    Instant now = Instant.now();
    return new Run("0".repeat(32), now, now, now.plusSeconds(60), Duration.ofMinutes(1));
  }

  private static <F extends io.argos.spi.PluginFactory, P extends AutoCloseable>
      PluginCatalog<P> plugins(F factory, PluginCatalog.Maker<F, P> maker) {
    PluginEntry entry =
        new PluginEntry(
            "snmp",
            "snmp",
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
}
