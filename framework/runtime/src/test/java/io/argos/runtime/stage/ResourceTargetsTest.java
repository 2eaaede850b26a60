package io.argos.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.PluginEntry;
import io.argos.runtime.filter.ResourceFilter;
import io.argos.runtime.plugin.PluginInstance;
import io.argos.runtime.schedule.Target;
import io.argos.runtime.schedule.TargetKey;
import io.argos.runtime.schedule.Timing;
import io.argos.runtime.table.TableEntry;
import io.argos.schemas.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceTargetsTest {
  private final List<String> said = new ArrayList<>();
  private final List<Target> put = new ArrayList<>();
  private final ResourceTargets targets =
      new ResourceTargets(
          "polling",
          List.of(
              plugin(
                  "network",
                  "class = \"network\"",
                  Optional.of(Duration.ofSeconds(60)),
                  Optional.empty()),
              plugin("nightly", "class != \"none\"", Optional.empty(), Optional.of("0 0 3 * * ?"))),
          site -> "zone-of-" + site,
          ZoneOffset.UTC,
          new ResourceTargets.Sink() {
            @Override
            public void put(Target target, Instant changedAt) {
              said.add("put " + target.key().plugin() + " at " + changedAt.toEpochMilli());
              put.add(target);
            }

            @Override
            public void remove(TargetKey key) {
              said.add("remove " + key.plugin());
            }

            @Override
            public void renewed(Target target, Resource resource, TableEntry.Place place) {
              said.add("renewed " + target.key().plugin());
            }
          });

  @Test
  void aNewResourceIsATargetOfEveryPluginThatLetsItThrough() {
    change(Optional.empty(), Optional.of(resource(1, "network", "10.0.0.1")));

    assertThat(said)
        .containsExactly(
            "put network at 7", "renewed network", "put nightly at 7", "renewed nightly");
    assertThat(put.getFirst().zone()).isEqualTo("zone-of-dc1");
    assertThat(put.getFirst().resourceRevision()).isEqualTo(1);
    assertThat(put.getFirst().timing()).isEqualTo(new Timing.Every(Duration.ofSeconds(60)));
    assertThat(put.getFirst().timeout()).isEqualTo(Duration.ofSeconds(48));
    assertThat(put.getLast().timing()).isEqualTo(new Timing.Cron("0 0 3 * * ?", ZoneOffset.UTC));
  }

  @Test
  void aChangeThatNoPluginSeesAsksForNoFirstRun() {
    change(
        Optional.of(resource(1, "network", "10.0.0.1")),
        Optional.of(resource(2, "network", "10.0.0.1")));

    assertThat(said).containsExactly("put network at 7", "put nightly at 7");
  }

  @Test
  void aChangedEndpointAsksForAFirstRun() {
    change(
        Optional.of(resource(1, "network", "10.0.0.1")),
        Optional.of(resource(2, "network", "10.0.0.2")));

    assertThat(said).contains("renewed network", "renewed nightly");
  }

  @Test
  void aResourceThatNoLongerFitsOrIsNoMoreIsRemoved() {
    change(Optional.of(resource(1, "network", "a")), Optional.of(resource(2, "host", "a")));
    change(Optional.of(resource(2, "host", "a")), Optional.empty());

    assertThat(said)
        .containsExactly("remove network", "put nightly at 7", "renewed nightly", "remove nightly");
  }

  private void change(Optional<Resource> before, Optional<Resource> after) {
    targets.changed("dc1/a", before, after, new TableEntry.Place(0, 3, 7));
  }

  private static Resource resource(long revision, String resourceClass, String endpoint) {
    return Resource.newBuilder()
        .setId("dc1/a")
        .setSite("dc1")
        .setName("a")
        .setResourceClass(resourceClass)
        .setEndpoint(endpoint)
        .setTtlSeconds(60)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(revision)
        .build();
  }

  private static PluginInstance<AutoCloseable> plugin(
      String name, String filter, Optional<Duration> interval, Optional<String> cron) {
    PluginEntry entry =
        new PluginEntry(
            name,
            "snmp",
            interval,
            cron,
            Optional.empty(),
            Optional.of(filter),
            "local",
            Map.of(),
            "argos.yaml:1");
    return new PluginInstance<>(entry, "hash", ResourceFilter.parse(filter), () -> {});
  }
}
