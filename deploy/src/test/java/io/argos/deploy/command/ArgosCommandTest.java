package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgosCommandTest {
  @TempDir Path folder;

  @Test
  void refusesABadConfigurationWithAllProblemsAndOpensNoSocket() throws IOException {
    try (var kafka = ServerSocketChannel.open()) {
      kafka.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
      var port = ((InetSocketAddress) kafka.getLocalAddress()).getPort();
      write(
          "argos.yaml",
          """
          kafka:
            bootstrap-servers: [127.0.0.1:%d]
            usr: me
          http: {port: eighty}
          """
              .formatted(port));

      for (var command :
          new String[] {"topics list", "topics ensure", "nodes list", "config check"}) {
        var session = Session.run(folder, command.split(" "));

        assertThat(session.exitCode()).as(command).isEqualTo(4);
        assertThat(session.out()).isEmpty();
        assertThat(session.err())
            .isEqualTo(
                """
                %1$s/argos.yaml:3:3: kafka.usr: unknown key; did you mean 'user'?
                %1$s/argos.yaml:4:14: http.port: 'eighty' is not an integer
                2 problems in the configuration
                """
                    .formatted(folder));
      }
      assertThat(kafka.accept()).as("a connection to the broker").isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "topcis, Unmatched argument at index 0: 'topcis'",
    "topics lst, Unmatched argument at index 1: 'lst'",
    "topics tail, Missing required parameter: 'TOPIC'",
    "topics tail x -n 0, -n must be at least 1",
    "config show --output xml, Invalid value for option '--output'",
    "config show --nonsense, Unknown option: '--nonsense'",
    "--log-level loud config show, Invalid value for option '--log-level'",
    "poll, Missing required parameter: 'ENDPOINT'",
    "jobs audit --since 99999999999999h, --since: '99999999999999h' is longer than 36500 days",
    "jobs run x --timeout 99999999h, --timeout: '99999999h' is longer than 36500 days",
    "jobs suspend x --comment y --for 99999999999999h, --for: '99999999999999h' is longer than",
    "jobs suspend x --comment y --until +999999999-01-01T00:00:00Z, --until: '+999999999-01",
    "explain, Missing required parameter: 'RESOURCE'",
    "explain x --stage discovery, --stage: 'discovery' is neither enrichment nor polling",
    "poll h --label k, Value for option option '--label'",
    "poll h --community c --secret s, '--secret, --community and --user exclude each other'",
    "poll h --community c -v 3, '--snmp-version 3 goes with --user, 1 and 2c with --community'",
    "poll h --community c -v 4, --snmp-version: '4' is none of 1, 2c and 3",
    "poll h --auth-password p, the options of v3 need --user",
    "poll h, 'say how to ask it: --secret, --community or --user'",
    "simulate, Missing required parameter",
    "simulate x --port 70000, '--port: '",
    "simulate x --drop 2, '--drop: '",
    "simulate x --delay soon, '--delay: '",
    "simulate x --loop x, '--loop: '",
    "simulate x --cut 0, --cut must be at least 1",
    "device capture h, 'say how to ask it'",
    "config --config, Missing required parameter for option '--config'"
  })
  void refusesWhatMakesNoSense(String line, String message) {
    var session = Session.run(folder, line.split(" "));

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.out()).isEmpty();
    assertThat(session.err()).startsWith(message).contains("Try 'argos");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "config", "topics", "resources", "nodes", "secrets", "profile", "device"})
  void saysWhichCommandsThereAreWhenOneIsMissing(String line) {
    var session = line.isEmpty() ? Session.run(folder) : Session.run(folder, line);

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.out()).isEmpty();
    assertThat(session.err()).contains("Usage: argos", "Commands:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "config",
        "config check",
        "config show",
        "config default",
        "topics",
        "topics list",
        "topics ensure",
        "topics tail",
        "resources",
        "resources list",
        "resources show",
        "nodes",
        "nodes list",
        "nodes show",
        "explain",
        "doctor",
        "poll",
        "profile",
        "profile list",
        "profile show",
        "profile lint",
        "profile test",
        "profile match",
        "profile try",
        "profile new",
        "profile import",
        "profile import snmp-exporter",
        "device",
        "device capture",
        "simulate",
        "quickstart",
        "standalone",
        "servers",
        "discovery",
        "enrichment",
        "polling",
        "resource-manager",
        "secrets",
        "secrets put",
        "secrets list",
        "secrets remove",
        "completion"
      })
  void helpsWithExamplesOnStdout(String line) {
    var session = Session.run(folder, (line + " --help").strip().split(" "));

    assertThat(session.exitCode()).isZero();
    assertThat(session.err()).isEmpty();
    assertThat(session.out())
        .contains("Usage: argos", "--config=FILE", "--set=KEY=VALUE", "--log-format", "Examples:")
        .contains("  argos " + line)
        .doesNotContain("\u001b[");
  }

  @Test
  void coloursOnlyForAPerson() {
    var out = new ByteArrayOutputStream();
    var colored =
        new Console(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            Map.of(),
            folder,
            true);

    ArgosCommand.run(colored, "--help");

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\u001b[");
  }

  @Test
  void printsItsVersion() {
    var session = Session.run(folder, "--version");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out()).matches("argos \\d+\\.\\d+\\.\\d+\\S* \\(Java 25.*\\)\\R");
  }

  @Test
  void saysWhichServerIsOutOfReach() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    var session =
        Session.run(folder, "nodes", "list", "--set", "kafka.bootstrap-servers=127.0.0.1:" + free);

    assertThat(session.exitCode()).isEqualTo(5);
    assertThat(session.out()).isEmpty();
    assertThat(session.err())
        .isEqualTo("Kafka is out of reach: 127.0.0.1:%d (Connection refused)\n".formatted(free));
  }

  @Test
  void printsTheStackTraceOnlyOnDemand() {
    var nowhere = "kafka.bootstrap-servers=127.0.0.1:1";

    var quiet = Session.run(folder, "nodes", "list", "--set", nowhere);
    var loud = Session.run(folder, "nodes", "list", "--set", nowhere, "--log-level", "debug");

    assertThat(quiet.err()).doesNotContain("\tat ");
    assertThat(loud.err()).contains("\tat io.argos.deploy");
    assertThat(loud.exitCode()).isEqualTo(5);
  }

  @Test
  void findsTheFileByOptionVariableAndFolder() throws IOException {
    write("argos.yaml", "prefix: here\n");
    write("variable.yaml", "prefix: variable\n");
    write("option.yaml", "prefix: option\n");
    var variable = Map.of("ARGOS_CONFIG", "variable.yaml", "ARGOS__HTTP__PORT", "9");

    var here = Session.run(folder, "config", "show");
    var named = Session.run(folder, variable, "config", "show", "--origin");
    var given = Session.run(folder, variable, "config", "show", "-c", "option.yaml");
    var before = Session.run(folder, "-c", "option.yaml", "config", "show");
    var absent = Session.run(folder, "config", "check", "-c", "absent.yaml");

    assertThat(here.out()).isEqualTo("KEY     VALUE\nprefix  here\n");
    assertThat(named.out())
        .isEqualTo(
            """
            KEY        VALUE     ORIGIN
            prefix     variable  %s/variable.yaml:1
            http.port  9         env ARGOS__HTTP__PORT
            """
                .formatted(folder));
    assertThat(given.out()).contains("prefix     option");
    assertThat(before.out()).contains("option");
    assertThat(absent.exitCode()).isEqualTo(4);
    assertThat(absent.err()).startsWith(folder + "/absent.yaml: there is no such file\n");
  }

  @Test
  void showsEveryKeyWithItsOriginAndNoSecret() throws IOException {
    write("argos.yaml", "redis:\n  password: hunter2\n");

    var table = Session.run(folder, "config", "show", "--effective", "--origin");
    var json = Session.run(folder, "config", "show", "--effective", "--origin", "-o", "json");
    var yaml = Session.run(folder, "config", "show", "--origin", "--output", "yaml");

    assertThat(table.out())
        .contains("redis.password", "***", folder + "/argos.yaml:2", "default")
        .doesNotContain("hunter2");
    var rows = new ObjectMapper().readTree(json.out());
    assertThat(rows).hasSizeGreaterThan(50);
    assertThat(rows.get(0).fieldNames()).toIterable().containsExactly("key", "value", "origin");
    assertThat(new ObjectMapper(new YAMLFactory()).readTree(yaml.out()).get(0).toString())
        .isEqualTo(
            "{\"key\":\"redis.password\",\"value\":\"***\",\"origin\":\"%s/argos.yaml:2\"}"
                .formatted(folder));
  }

  @Test
  void printsADefaultFileThatLoads() throws IOException {
    var session = Session.run(folder, "config", "default");
    write("argos.yaml", session.out());

    var loaded = ConfigLoader.load(ConfigSources.of(folder.resolve("argos.yaml")));

    assertThat(loaded.config().prefix()).isEqualTo("argos");
    assertThat(session.err()).isEmpty();
  }

  @Test
  void checksSettingsFiltersAndProfilesOfEveryStage() throws IOException {
    write(
        "argos.yaml",
        """
        profiles: [mine]
        discovery:
          - name: files
            kind: json-file
            interval: 1m
            settings:
              fils: [a.json]
        enrichment:
          - name: snmp-device
            kind: snmp
            interval: 5m
            filter: class is network
        polling:
          - name: snmp-metrics
            kind: snpm
            interval: 1m
        """);
    write("mine/switch.yaml", "profile: switch\nformat: 1\nmtch: {}\n");

    var wrongProfile = Session.run(folder, "config", "check");
    write("mine/switch.yaml", "profile: switch\nformat: 1\ndescription: Mine.\nabstract: true\n");
    var wrongPlugins = Session.run(folder, "config", "check");

    for (var session : List.of(wrongProfile, wrongPlugins)) {
      assertThat(session.exitCode()).isEqualTo(4);
      assertThat(session.out()).isEmpty();
      assertThat(session.err()).contains("argos.yaml:7").contains("fils is not a key of this kind");
    }
    assertThat(wrongProfile.err()).contains("mine/switch.yaml:3:1: ").contains("mtch");
    assertThat(wrongPlugins.err())
        .contains("argos.yaml:12: snmp-device.filter: ")
        .contains("argos.yaml:15: snmp-metrics.kind: 'snpm' is no kind of plugin of this stage")
        .endsWith("\n3 problems in the configuration\n");
  }

  @Test
  void checkNamesTheFilesThatAreWell() throws IOException {
    write("argos.yaml", "prefix: a\n");
    write("conf.d/b.yaml", "prefix: b\n");

    var session = Session.run(folder, "config", "check");

    assertThat(session.exitCode()).isZero();
    assertThat(session.out())
        .isEqualTo("%1$s/argos.yaml: ok\n%1$s/conf.d/b.yaml: ok\n".formatted(folder));
    assertThat(Session.run(folder.resolve("conf.d"), "config", "check").exitCode()).isZero();
  }

  @Test
  void checksTheSettingsOfPluginsOfEveryStage() throws IOException {
    write(
        "argos.yaml",
        """
        discovery:
          - {name: files, kind: json-file, interval: 1m, settings: {}}
          - {name: more, kind: jsonfile, interval: 1m, settings: {file: x}}
        polling:
          - {name: metrics, kind: snmp, interval: 10s, settings: {credential: [a]}}
        """);

    var session = Session.run(folder, "config", "check");

    assertThat(session.exitCode()).isEqualTo(4);
    assertThat(session.out()).isEmpty();
    assertThat(session.err())
        .contains(
            "argos.yaml:2: files.settings: file: give either file or files",
            "argos.yaml:3: more.kind: 'jsonfile' is no kind of plugin of this stage",
            "argos.yaml:5: metrics.settings",
            "3 problems in the configuration");
  }

  @Test
  void writesCompletionForBothShells() {
    var bash = Session.run(folder, "completion", "bash");
    var zsh = Session.run(folder, "completion", "zsh");

    assertThat(bash.out())
        .startsWith("#!")
        .contains("ensure", "--from-beginning", "_complete_argos");
    assertThat(zsh.out()).startsWith("autoload -U +X bashcompinit").contains(bash.out());
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
