package io.argos.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a configuration that cannot be used, word for word. */
class BadConfigTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kafka: {bootstrap-server: x} | 1:9: kafka.bootstrap-server: unknown key; did you mean 'bootstrap-servers'?
          kafka: {bootstrapServers: x} | 1:9: kafka.bootstrapServers: unknown key; did you mean 'bootstrap-servers'?
          kafak: {}                    | 1:1: kafak: unknown key; did you mean 'kafka'?
          key-file: x                  | 1:1: key-file: unknown key; did you mean 'redis.key-file'?
          http: {zzzzzzz: 1}           | 1:8: http.zzzzzzz: unknown key; known are bind, port
          http: 8500                   | 1:7: http: expected a mapping of keys, not '8500'
          http: [1]                    | 1:7: http: expected a mapping of keys, not a list
          http: {port: eighty}         | 1:14: http.port: 'eighty' is not an integer
          http: {port: 80.5}           | 1:14: http.port: '80.5' is not an integer
          http: {port: 70000}          | 1:14: http.port: '70000' is not from 0 to 65535
          http: {port: -1}             | 1:14: http.port: '-1' is not from 0 to 65535
          http: {port: 99999999999}    | 1:14: http.port: '99999999999' is not between -2147483648 and 2147483647
          http: {port: [1]}            | 1:14: http.port: expected an integer, not a list
          http: {bind: ' '}            | 1:8: http.bind: is empty
          redis: {port: 0}             | 1:15: redis.port: '0' is not from 1 to 65535
          topics: {points: yes}        | 1:18: topics.points: 'yes' is neither true nor false
          topics: {replication: 0}     | 1:10: topics.replication: '0' is neither -1 nor at least 1
          topics: {partitions: 0}      | 1:22: topics.partitions: '0' is not at least 1
          agent: {site-share: 1.5}     | 1:21: agent.site-share: '1.5' is not from 0 to 1
          agent: {site-share: much}    | 1:21: agent.site-share: 'much' is not a number
          redis: {timeout: soon}       | 1:18: redis.timeout: 'soon' is not a duration such as 30s, 5m or PT30S
          redis: {timeout: 30}         | 1:18: redis.timeout: '30' is not a duration such as 30s, 5m or PT30S
          redis: {timeout: 0s}         | 1:18: redis.timeout: '0s' is not longer than nothing
          redis: {timeout: PT-1S}      | 1:18: redis.timeout: 'PT-1S' is not longer than nothing
          streams: {grace: PT-1S}      | 1:18: streams.grace: 'PT-1S' is not at least 0s
          redis: {refresh-after: 2d}   | 1:9: redis.refresh-after: '2d' is longer than keep-for, 1d
          redis: {user: me}            | 1:9: redis.user: needs password as well
          schedule: {lookahead: 6s}    | 1:12: schedule.lookahead: '6s' is not longer than zookeeper.session-timeout, 6s, within which a new leader is elected
          schedule: {tick: 1m}         | 1:12: schedule.tick: '1m' is longer than lookahead, 30s
          schedule: {time-zone: Mars}  | 1:23: schedule.time-zone: 'Mars' is not a time zone such as UTC or Europe/Berlin
          registry: {url: 'a b'}       | 1:17: registry.url: 'a b' is not an address such as http://host:8081
          registry: {url: 'host:80'}   | 1:17: registry.url: 'host:80' is not an address such as http://host:8081
          registry: {url: 'ftp://x'}   | 1:12: registry.url: begins with 'ftp:'; expected http: or https:
          registry: {url: 'http://u:p@x'} | 1:12: registry.url: holds a user; give it as user and password
          kafka: {bootstrap-servers: []}  | 1:9: kafka.bootstrap-servers: is empty; expected host:port
          kafka: {bootstrap-servers: [a]} | 1:9: kafka.bootstrap-servers: 'a' is not host:port with a port from 1 to 65535
          kafka: {bootstrap-servers: {a: b}} | 1:28: kafka.bootstrap-servers: expected a list, not a mapping
          zookeeper: {connect: 'a:1,b/c'} | 1:13: zookeeper.connect: 'b' is not host:port with a port from 1 to 65535
          kafka: {sasl-mechanism: NTLM}   | 1:25: kafka.sasl-mechanism: 'NTLM' is none of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512
          kafka: {sasl-mechanism: PLAIN}  | 1:9: kafka.sasl-mechanism: needs user as well
          kafka: {user: u, password: p}   | 1:9: kafka.user: has no effect without sasl-mechanism
          kafka: {tls: {certificate: c}}  | 1:15: kafka.tls.certificate: needs key as well
          prefix: a/b                  | 1:1: prefix: 'a/b' is not a name of letters, digits, '.', '_' and '-' that begins with a letter or digit
          instance: {zone: north}      | 1:12: instance.zone: there is no zone 'north'; zones are main
          servers: {redis-port: 8500}  | 1:11: servers.redis-port: port 8500 is that of http.port too
          prefix: ${NOT_SET}           | 1:9: prefix: the environment variable NOT_SET is not set; ${NOT_SET:-default} gives a default
          prefix: ${NOT_SET            | 1:9: prefix: '${' without its '}'; write $${ for a literal one
          prefix: ${a-b}               | 1:9: prefix: '${a-b}' is not a reference such as ${NAME}, ${NAME:-default} or ${file:/path}
          prefix: !secret x            | 1:9: prefix: the tag '!secret' has no meaning here
          zones: {a: [x, x]}           | 1:9: zones.a: names the site 'x' twice
          polling: {a: {}}             | 1:10: polling: expected a list, not a mapping
          polling: [a]                 | 1:11: polling[0]: expected a mapping of keys, not 'a'
          '[1]'                        | 1:1: expected keys and values at the top, not a list
          """)
  void saysWhatIsWrongAndWhere(String yaml, String expected) throws IOException {
    write("argos.yaml", yaml.strip() + "\n");

    assertThat(problems()).containsExactly(folder.resolve("argos.yaml") + ":" + expected.strip());
  }

  @Test
  void reportsEveryProblemAtOnceInTheOrderOfTheFiles() throws IOException {
    write(
        "argos.yaml",
        """
        prefix: ${NOT_SET}
        http:
          port: eighty
          port: 90
        kafka:
          sasl-mechanism: [PLAIN]
          user: me
          password: {a: hunter2}
        zones: {north: [oslo], south: [oslo]}
        polling:
        - name: interfaces
          kind: snmp
          interval: soon
        - kind: snmp
          interval: 60s
          cron: 0 * * * * ?
        - name: late
          kind: snmp
          interval: 60s
          timeout: 2m
        - name: never
          kind: snmp
        - name: odd
          kind: snmp
          cron: every day
        enrichment:
        - {name: brief, kind: snmp, interval: 1h, ttl: 10m}
        """);
    write("conf.d/a.yaml", "polling:\n- {name: late, kind: snmp, interval: 1m}\nhtpp: {}\n");

    var main = folder.resolve("argos.yaml");
    var part = folder.resolve("conf.d/a.yaml");
    assertThat(problems())
        .containsExactly(
            main
                + ":1:9: prefix: the environment variable NOT_SET is not set; ${NOT_SET:-default} gives a default",
            main + ":3:9: http.port: 'eighty' is not an integer",
            main + ":4:3: http.port: given twice; first at " + main + ":3",
            main + ":6:19: kafka.sasl-mechanism: expected text, not a list",
            main + ":8:13: kafka.password: expected a secret, not a mapping",
            main
                + ":9:24: zones.south: the site 'oslo' is in zone 'north' already ("
                + main
                + ":9)",
            main
                + ":13:13: polling[interfaces].interval: 'soon' is not a duration such as 30s, 5m or PT30S",
            main
                + ":14:3: polling[1].name: is required: Name of the instance, unique in its stage; in discovery it names the source.",
            main + ":20:3: polling[late].timeout: '2m' is longer than the interval of 1m",
            main + ":21:3: polling[never]: needs an interval, such as 60s, or a cron expression",
            main
                + ":25:3: polling[odd].cron: 'every day' is not a Quartz expression of six or seven fields, seconds first",
            main + ":27:43: enrichment[brief].ttl: '10m' is shorter than the interval of 1h",
            part
                + ":2:3: polling[late]: the name is taken by the entry at "
                + main
                + ":17; names are unique in polling",
            part + ":3:1: htpp: unknown key; did you mean 'http'?");
  }

  @Test
  void placesAnErrorOfSyntax() throws IOException {
    write("argos.yaml", "kafka:\n  user: [a\nhttp: {}\n");

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith(folder.resolve("argos.yaml") + ":3:5: not valid YAML: ");
  }

  @Test
  void refusesTabsADocumentTooManyAndALoop() throws IOException {
    write("argos.yaml", "prefix: a\n---\nprefix: b\n");
    write("conf.d/a.yaml", "http:\n\tport: 1\n");
    write("conf.d/b.yaml", "zones: &z {a: *z}\n");

    assertThat(problems())
        .hasSize(3)
        .satisfiesExactly(
            first -> assertThat(first).endsWith("argos.yaml:3:1: a second document; expected one"),
            second -> assertThat(second).contains("a.yaml:2:1: not valid YAML: "),
            third -> assertThat(third).contains("b.yaml:1:8: ").endsWith("refers to itself"));
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    Files.write(folder.resolve("argos.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff, '\n'});

    assertThat(problems()).containsExactly(folder.resolve("argos.yaml") + ": is not UTF-8 text");
  }

  @Test
  void refusesAnExplosionOfAliases() throws IOException {
    var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d,".formatted(i - 1).repeat(9)).append("]\n");
    }
    write("argos.yaml", bomb.toString());

    assertThat(problems()).singleElement().asString().contains("not valid YAML: ");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(problems())
        .containsExactly(folder.resolve("argos.yaml") + ": there is no such file");
  }

  @Test
  void namesTheOverrideThatIsWrong() {
    var sources =
        ConfigSources.defaults()
            .environment(Map.of("ARGOS__HTTP__PROT", "1", "ARGOS__REDIS__PORT", "x"))
            .set(
                "http.port=eighty",
                "http",
                "kafka.usr=1",
                "http.port.deep=1",
                "polling.a.b=1",
                "zones=[x");

    assertThat(problems(sources))
        .containsExactlyInAnyOrder(
            "env ARGOS__HTTP__PROT: http.prot: unknown key; did you mean 'port'?",
            "env ARGOS__REDIS__PORT: redis.port: 'x' is not an integer",
            "--set: http.port: 'eighty' is not an integer",
            "--set: 'http' is not of the form key=value",
            "--set: kafka.usr: unknown key; did you mean 'user'?",
            "--set: http.port.deep: 'http.port' has no key 'deep'",
            "--set: polling.a.b: 'polling' has no key 'a'",
            "--set: zones: not valid YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>");
  }

  @Test
  void showsNoSecretInAProblem() throws IOException {
    write("secret", "hunter2");
    write(
        "argos.yaml",
        """
        http: {port: "${file:secret}"}
        kafka: {sasl-mechanism: "${file:secret}"}
        redis: {timeout: "${file:absent}"}
        """);

    assertThat(problems())
        .containsExactly(
            folder.resolve("argos.yaml") + ":1:14: http.port: '${file:secret}' is not an integer",
            folder.resolve("argos.yaml")
                + ":2:25: kafka.sasl-mechanism: '${file:secret}' is none of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512",
            folder.resolve("argos.yaml")
                + ":3:18: redis.timeout: the file "
                + folder.resolve("absent")
                + " does not exist");
  }

  @Test
  void tellsWhatOthersFindTogetherWithWhatItFindsItself() throws IOException {
    write(
        "argos.yaml",
        """
        kafak: {}
        """);
    var place = folder.resolve("argos.yaml").toString();

    var thrown =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ConfigLoader.load(
                    ConfigSources.of(folder.resolve("argos.yaml")),
                    config -> {
                      throw new ConfigException(
                          List.of(
                              new ConfigProblem(
                                  place, 2, 1, "", config.prefix() + " has no plugins")));
                    }));

    assertThat(thrown.problems().stream().map(ConfigProblem::toString))
        .containsExactly(
            place + ":1:1: kafak: unknown key; did you mean 'kafka'?",
            place + ":2:1: argos has no plugins");
  }

  private List<String> problems() {
    return problems(ConfigSources.of(folder.resolve("argos.yaml")));
  }

  private static List<String> problems(ConfigSources sources) {
    var thrown = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(sources));
    assertThat(thrown).as("a configuration that was to be refused").isNotNull();
    assertThat(thrown.getMessage()).isNotBlank();
    return thrown.problems().stream().map(ConfigProblem::toString).toList();
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
