package io.argos.polling.plugin.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.config.PluginEntry;
import io.argos.profile.EnrichmentPlan;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.schemas.Enrichment;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Poller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over UDP, against simulated devices. */
class SnmpPollerIT {
  private static final Pattern SAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private final PollerFixture fixture = new PollerFixture();
  private final Poller poller = fixture.poller(List.of("right"));

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void pollsAnEnrichedDevice() throws InterruptedException {
    fixture.enrich(Instant.now().plusSeconds(600));

    Poller.Poll first = fixture.poll(poller);
    Poller.Poll second = fixture.poll(poller);

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
    fixture.enrich(Instant.now().minusSeconds(1));

    Poller.Poll poll = fixture.poll(poller);

    assertThat(poll.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(poll.enrichmentStale()).isTrue();
  }

  @Test
  void asksForEnrichmentWhereThereIsNone() throws InterruptedException {
    Poller.Poll poll = fixture.poll(poller);

    assertThat(poll.status()).isEqualTo(DeviceStatus.ENRICHMENT_FAILURE);
    assertThat(poll.wantsEnrichment()).isTrue();
    assertThat(poll.uptimeCentis()).isPresent();
    assertThat(PollerFixture.statusOf(poll, "polling_status")).isEqualTo(8);
    assertThat(fixture.simulator.requests().latest()).hasSize(1);
  }

  @Test
  void asksForEnrichmentWhenTheProfileHasChanged() throws InterruptedException {
    fixture.enrich(Instant.now().plusSeconds(600));
    Enrichment facts = fixture.enrichments.find("local/juniper", EnrichmentPlan.DEVICE).getFirst();
    fixture.enriched.put(
        EnrichmentPlan.DEVICE, Enrichment.newBuilder(facts).setProfileHash("other").build());

    assertThat(fixture.poll(poller).wantsEnrichment()).isTrue();
  }

  @Test
  void loadsTheSampleOfItsReadme(@TempDir Path folder) throws IOException {
    Path readme = Path.of("src/main/java/io/argos/polling/plugin/snmp/README.md");
    Matcher sample = SAMPLE.matcher(Files.readString(readme));
    assertThat(sample.find()).isTrue();
    Path file = folder.resolve("argos.yaml");
    Files.writeString(file, sample.group(1));
    PluginEntry entry = ConfigLoader.load(ConfigSources.of(file)).config().polling().getFirst();

    try (PluginCatalog<Poller> catalog = fixture.catalog(fixture.engine, entry)) {
      assertThat(catalog.find("snmp")).isPresent();
    }
  }
}
