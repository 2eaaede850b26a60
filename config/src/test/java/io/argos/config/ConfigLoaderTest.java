package io.argos.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir Path folder;

  @Test
  void loadsTheShippedDefaultsWithoutAFile() {
    var config = ConfigLoader.load(ConfigSources.defaults()).config();

    assertThat(config.prefix()).isEqualTo("argos");
    assertThat(config.kafka().bootstrapServers()).containsExactly("127.0.0.1:9092");
    assertThat(config.kafka().password()).isEmpty();
    assertThat(config.schedule().lookahead()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.schedule().timeZone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(config.registry().url()).isEqualTo(URI.create("http://127.0.0.1:8081"));
    assertThat(config.topics().replication()).isEqualTo((short) -1);
    assertThat(config.http().bind()).isEqualTo("127.0.0.1");
    assertThat(config.polling()).isEmpty();
  }

  @Test
  void bindsEveryTypeOfValue() throws IOException {
    write(
        "argos.yaml",
        """
        prefix: estate
        kafka:
          bootstrap-servers: [a:9092, b:9092]
          properties: {linger.ms: 5}
          session-timeout: 10s
          sasl-mechanism: SCRAM-SHA-512
          user: argos
          password: "p:#w"
        instance: {data: state}
        agent: {site-share: 0.5}
        topics: {points: true, replication: 3}
        schedule: {time-zone: Europe/Berlin, lookahead: 1m30s}
        zones:
          north: [oslo, bergen]
        profiles: [profiles, /opt/profiles]
        polling:
        - name: interfaces
          kind: snmp
          interval: PT1M
          settings:
            column: 1.3.6.1
            ratio: 1.30
            rows: 12
            deep: {flags: [true, "true"]}
        """);

    var config = load();

    assertThat(config.kafka().bootstrapServers()).containsExactly("a:9092", "b:9092");
    assertThat(config.kafka().properties()).containsExactly(entry("linger.ms", "5"));
    assertThat(config.kafka().sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(Sensitive.reveal(config.kafka().password())).contains("p:#w");
    assertThat(config.instance().data()).isEqualTo(folder.resolve("state"));
    assertThat(config.agent().siteShare()).isEqualTo(0.5);
    assertThat(config.topics()).isEqualTo(new TopicsConfig(48, (short) 3, true));
    assertThat(config.schedule().timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(config.schedule().lookahead()).isEqualTo(Duration.ofSeconds(90));
    assertThat(config.zoneOf("oslo")).isEqualTo("north");
    assertThat(config.profiles())
        .containsExactly(folder.resolve("profiles"), Path.of("/opt/profiles"));
    var entry = config.polling().getFirst();
    assertThat(entry.interval()).contains(Duration.ofMinutes(1));
    assertThat(entry.place()).isEqualTo(folder.resolve("argos.yaml") + ":17");
    assertThat(entry.placeOf("settings.rows")).isEqualTo(folder.resolve("argos.yaml") + ":23");
    assertThat(entry.placeOf("settings.absent")).isEqualTo(entry.place());
    assertThat(entry.settings())
        .isEqualTo(
            Map.of(
                "column",
                "1.3.6.1",
                "ratio",
                "1.30",
                "rows",
                12L,
                "deep",
                Map.of("flags", List.of(true, "true"))));
  }

  @Test
  void laysFragmentsOverTheMainFileInTheOrderOfTheirNames() throws IOException {
    write(
        "argos.yaml",
        """
        http: {bind: 0.0.0.0, port: 1}
        polling: [{name: a, kind: snmp, interval: 60s}]
        zones: {north: [oslo]}
        profiles: [one]
        """);
    write("conf.d/20.yaml", "http: {port: 3}\nzones: {south: [rome]}\nprofiles: [two]\n");
    write(
        "conf.d/10.yaml",
        "http: {port: 2}\npolling: [{name: b, kind: snmp, cron: 0 0 3 * * ?}]\nkafka:\n");
    write("conf.d/.hidden.yaml", "nonsense: 1");
    write("conf.d/notes.txt", "nonsense: 1");

    var loaded = ConfigLoader.load(ConfigSources.of(folder.resolve("argos.yaml")));

    assertThat(loaded.config().http()).isEqualTo(new HttpConfig("0.0.0.0", 3));
    assertThat(loaded.config().polling()).extracting(PluginEntry::name).containsExactly("a", "b");
    assertThat(loaded.config().zones()).containsOnlyKeys("north", "south");
    assertThat(loaded.config().profiles()).containsExactly(folder.resolve("two"));
    assertThat(loaded.files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("argos.yaml", "10.yaml", "20.yaml");
  }

  @Test
  void expandsVariablesAndFiles() throws IOException {
    write("secret", "hunter2\n");
    write(
        "argos.yaml",
        """
        prefix: ${PREFIX}
        kafka:
          bootstrap-servers: ${SERVERS:-x:1}
          sasl-mechanism: ${MECHANISM:-PLAIN}
          user: a$${b}${EMPTY:-${PREFIX}-user}
          password: ${file:secret}
        redis: {user: "${EMPTY}", password: "${EMPTY:-}x"}
        profiles: ["${config:folder}/mine"]
        http: {port: "${PORT:-8000}"}
        """);

    var config =
        ConfigLoader.load(
                ConfigSources.of(folder.resolve("argos.yaml"))
                    .environment(Map.of("PREFIX", "p", "SERVERS", "a:1,b:2", "EMPTY", "")))
            .config();

    assertThat(config.prefix()).isEqualTo("p");
    assertThat(config.kafka().bootstrapServers()).containsExactly("a:1", "b:2");
    assertThat(config.kafka().saslMechanism()).contains("PLAIN");
    assertThat(config.kafka().user()).contains("a${b}p-user");
    assertThat(Sensitive.reveal(config.kafka().password())).contains("hunter2");
    assertThat(config.redis().user()).contains("");
    assertThat(config.profiles()).containsExactly(folder.resolve("mine"));
    assertThat(config.http().port()).isEqualTo(8000);
  }

  @Test
  void laysEnvironmentAndCommandLineOverTheFiles() throws IOException {
    write(
        "argos.yaml",
        """
        http: {port: 1}
        kafka: {user: nobody, sasl-mechanism: PLAIN, password: x}
        polling: [{name: if.mib, kind: snmp, interval: 60s}]
        """);
    var sources =
        ConfigSources.of(folder.resolve("argos.yaml"))
            .environment(
                Map.of(
                    "ARGOS__HTTP__PORT", "2",
                    "ARGOS__KAFKA__BOOTSTRAP_SERVERS", "a:1,b:2",
                    "ARGOS__KAFKA__PROPERTIES__LINGER__MS", "7",
                    "ARGOS_CONFIG", "ignored"))
            .set(
                "http.port=3",
                "zones={north: [oslo]}",
                "kafka.properties.acks=all",
                "kafka.password=#[not yaml",
                "polling.if.mib.interval=10s",
                "polling.if.mib.settings.rows=5",
                "redis.key-file=here");

    var loaded = ConfigLoader.load(sources);

    var config = loaded.config();
    assertThat(config.http().port()).isEqualTo(3);
    assertThat(config.kafka().bootstrapServers()).containsExactly("a:1", "b:2");
    assertThat(config.kafka().properties()).isEqualTo(Map.of("linger.ms", "7", "acks", "all"));
    assertThat(Sensitive.reveal(config.kafka().password())).contains("#[not yaml");
    assertThat(config.zoneOf("oslo")).isEqualTo("north");
    assertThat(config.polling().getFirst().interval()).contains(Duration.ofSeconds(10));
    assertThat(config.polling().getFirst().settings()).isEqualTo(Map.of("rows", 5L));
    assertThat(config.redis().keyFile()).isEqualTo(Path.of("here").toAbsolutePath());
    assertThat(loaded.origins().of("http.port").describe()).isEqualTo("--set");
    assertThat(loaded.origins().of("kafka.bootstrap-servers").describe())
        .isEqualTo("env ARGOS__KAFKA__BOOTSTRAP_SERVERS");
  }

  @Test
  void tellsWhereEachValueComesFromAndHidesSecrets() throws IOException {
    write("secret", "hunter2");
    write(
        "argos.yaml",
        """
        http:
          port: 1
        kafka:
          user: me
          password: hunter2
          sasl-mechanism: PLAIN
          properties: {sasl.jaas.config: hunter2, acks: all}
        identity: {domains: {oslo: "${file:secret}"}}
        polling:
        - name: a
          kind: snmp
          interval: 60s
          settings: {community: hunter2, note: "${file:secret}", rows: 5}
        """);

    var loaded = ConfigLoader.load(ConfigSources.of(folder.resolve("argos.yaml")));

    var origins = loaded.origins();
    assertThat(origins.find("http.port").orElseThrow())
        .isEqualTo(
            new Origins.Entry(
                "http.port",
                "1",
                new Origin.InFile(folder.resolve("argos.yaml").toString(), 2, 9)));
    assertThat(origins.find("http.bind").orElseThrow().origin()).isEqualTo(new Origin.Shipped());
    assertThat(origins.find("polling[a].interval").orElseThrow().value()).isEqualTo("1m");
    assertThat(origins.find("polling[a].settings.rows").orElseThrow().value()).isEqualTo("5");
    assertThat(origins.find("kafka.properties").orElseThrow().value())
        .isEqualTo("{sasl.jaas.config: ***, acks: all}");
    assertThat(origins.of("polling[a].settings.nowhere").describe())
        .isEqualTo(folder.resolve("argos.yaml") + ":13");
    assertThat(origins.entries().toString()).doesNotContain("hunter2");
    assertThat(loaded.config().kafka().password().toString()).isEqualTo("Optional[***]");
  }

  @Test
  void readsAnEmptyFileAsTheDefaults() throws IOException {
    write("argos.yaml", "# nothing\n");

    assertThat(load().prefix()).isEqualTo("argos");
  }

  @Test
  void sharesWhatAnAnchorNames() throws IOException {
    write("argos.yaml", "kafka: {tls: &tls {enabled: true}}\nredis: {tls: *tls}\n");

    assertThat(load().redis().tls().enabled()).isTrue();
  }

  @Test
  void leavesOutKeysWithoutAValue() throws IOException {
    write("argos.yaml", "kafka:\nhttp: {port: ~, bind: }\npolling: null\n");

    assertThat(load().http()).isEqualTo(new HttpConfig("127.0.0.1", 8500));
  }

  private ArgosConfig load() {
    return ConfigLoader.load(
            new ConfigSources(
                Optional.of(folder.resolve("argos.yaml")), Map.of(), List.of(), Path.of("")))
        .config();
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
