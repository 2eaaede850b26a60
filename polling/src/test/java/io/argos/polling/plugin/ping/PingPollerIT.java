package io.argos.polling.plugin.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.config.PluginEntry;
import io.argos.polling.ping.Pinger;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.StagePluginContext;
import io.argos.schemas.Resource;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.Values;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import io.argos.spi.Poller;
import io.argos.spi.PollerFactory;
import io.argos.spi.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the real program, as the sample of the plugin's README configures it. */
class PingPollerIT {
  private static final Pattern SAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private final Pinger pinger = new Pinger();
  private Poller poller;

  @BeforeEach
  void loadSample(@TempDir Path folder) throws IOException {
    Path readme = Path.of("src/main/java/io/argos/polling/plugin/ping/README.md");
    Matcher sample = SAMPLE.matcher(Files.readString(readme));
    assertThat(sample.find()).isTrue();
    Path file = folder.resolve("argos.yaml");
    Files.writeString(file, sample.group(1));
    PluginEntry entry = ConfigLoader.load(ConfigSources.of(file)).config().polling().getFirst();
    poller =
        PluginCatalog.<PollerFactory, Poller>of(
                List.of(entry),
                List.of(new PingPollerFactory(pinger)),
                PollerFactory::create,
                StagePluginContext.unlinked("polling", InstantSource.system()))
            .find("ping")
            .orElseThrow()
            .plugin();
  }

  @AfterEach
  void stop() {
    poller.close();
    pinger.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.1:10161", "::1", "[::1]:161", "localhost"})
  void measuresThisMachine(String endpoint) throws InterruptedException {
    Poller.Poll poll = poll(endpoint);

    assertThat(poll.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(poll.failure()).isEmpty();
    assertThat(value(poll, "packet_loss_percent")).isZero();
    assertThat(value(poll, "ping_status")).isZero();
    assertThat(value(poll, "round_trip_minimum"))
        .isPositive()
        .isLessThanOrEqualTo(value(poll, "round_trip_average"));
    assertThat(value(poll, "round_trip_maximum"))
        .isBetween(value(poll, "round_trip_average"), 1_000.0);
    assertThat(value(poll, "round_trip_standard_deviation")).isBetween(0.0, 1_000.0);
    assertThat(value(poll, "ping_polling_status")).isZero();
  }

  @Test
  void saysThatNobodyAnswers() throws InterruptedException {
    Poller.Poll poll = poll("239.255.77.1");

    assertThat(poll.status()).isEqualTo(DeviceStatus.PING_FAILURE);
    assertThat(poll.failure().map(Failure::cause)).hasValue(Cause.PING);
    assertThat(value(poll, "packet_loss_percent")).isEqualTo(100.0);
    assertThat(value(poll, "ping_status")).isEqualTo(7);
    assertThat(value(poll, "ping_polling_status")).isEqualTo(7);
    assertThat(column(poll, "round_trip_average").absent()).containsExactly(0);
    assertThat(column(poll, "round_trip_average").unit()).isEqualTo("ms");
  }

  @Test
  void saysThatANameIsUnknown() throws InterruptedException {
    Poller.Poll poll = poll("nobody.invalid");

    assertThat(poll.status()).isEqualTo(DeviceStatus.PING_FAILURE);
    assertThat(poll.failure().orElseThrow().detail())
        .startsWith("no answer to ping: endpoint nobody.invalid");
  }

  private Poller.Poll poll(String endpoint) throws InterruptedException {
    Instant now = Instant.now();
    Run run = new Run("00", now, now, now.plusSeconds(48), Duration.ofMinutes(1));
    Resource resource =
        Resource.newBuilder()
            .setId("local/one")
            .setSite("local")
            .setName("one")
            .setEndpoint(endpoint)
            .setTtlSeconds(60)
            .setFirstSeenAt(Instant.EPOCH)
            .setRevision(1)
            .build();
    return poller.run(run, resource, (_, _) -> List.of());
  }

  private static double value(Poller.Poll poll, String name) {
    return switch (column(poll, name).values()) {
      case Values.Longs(long[] values) -> values[0];
      case Values.Doubles(double[] values) -> values[0];
      case Values.Strings _ -> throw new AssertionError(name + " is a text");
    };
  }

  private static ColumnBlock column(Poller.Poll poll, String name) {
    return poll.groups().stream()
        .map(GroupBlock::columns)
        .flatMap(List::stream)
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
