package io.argos.discovery.plugin.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.argos.config.ConfigException;
import io.argos.discovery.plugin.FakeContext;
import io.argos.discovery.plugin.FakeEmitter;
import io.argos.discovery.plugin.Plugins;
import io.argos.schemas.Alias;
import io.argos.schemas.Rejection;
import io.argos.schemas.ResourceClaim;
import io.argos.spi.Cause;
import io.argos.spi.Discoverer;
import io.argos.spi.Discoverer.Outcome;
import io.argos.spi.Failure;
import io.argos.testing.simulator.DefaultEstate;
import io.argos.testing.simulator.ResourceFile;
import io.argos.testing.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileDiscovererTest {
  private static final String PANOPTES =
      """
      {
        "resource_plugin": "plugin",
        "resource_site": "dc1",
        "resource_class": "network",
        "resource_subclass": "switch",
        "resource_type": "cisco",
        "resource_id": "%s",
        "resource_endpoint": "%s",
        "resource_creation_timestamp": "1512629517.03121",
        "resource_metadata": {"_resource_ttl": "900", "model": "3560"}
      }\
      """;

  @TempDir Path folder;

  private final FakeContext context = new FakeContext();
  private final FakeEmitter emitter = new FakeEmitter();

  @Test
  void takesResourcesInTheFormOfPanoptes() throws Exception {
    Path file = write("a.json", "[" + panoptes("sw-1", "sw-1.example.net") + "]");

    Outcome outcome = run(Map.of("file", file.toString(), "credential", "usual", "rank", 3));

    assertThat(outcome).isEqualTo(new Outcome.Complete());
    assertThat(emitter.rejections()).isEmpty();
    assertThat(emitter.claims())
        .containsExactly(
            ResourceClaim.newBuilder()
                .setSite("dc1")
                .setName("sw-1")
                .setResourceClass("network")
                .setSubclass("switch")
                .setType("cisco")
                .setEndpoint("sw-1.example.net")
                .setAliases(List.of(new Alias("fqdn", "sw-1.example.net")))
                .setLabels(Map.of("model", "3560"))
                .setCredential("usual")
                .setTtlSeconds(900)
                .setRank(3)
                .build());
  }

  @Test
  void takesTheCredentialOfMetadataAndNoLabelOfIt() throws Exception {
    Path file =
        write(
            "a.json",
            "["
                + panoptes("a", "192.0.2.7").replace("\"model\"", "\"snmp_community_string_key\"")
                + "]");

    run(Map.of("file", file.toString()));

    ResourceClaim claim = emitter.claims().getFirst();
    assertThat(claim.getCredential()).isEqualTo("3560");
    assertThat(claim.getLabels()).isEmpty();
    assertThat(claim.getAddresses()).containsExactly("192.0.2.7");
    assertThat(claim.getAliases()).containsExactly(new Alias("address", "192.0.2.7"));
  }

  @Test
  void takesResourcesInOurForm() throws Exception {
    Path file =
        write(
            "a.json",
            """
            [
              {"site": "dc1", "name": "core-1", "class": "network", "subclass": "router",
               "type": "juniper", "endpoint": "[2001:db8::1]:1161",
               "addresses": ["192.0.2.1"],
               "aliases": {"serial": "JN1", "fqdn": ["a.example", "b.example"]},
               "labels": {"tenant": "x"}, "credential": "c", "maintenance": true, "ttl": "PT1H"},
              {"site": "dc1", "name": "web.example.net", "ttl": 60},
              {"site": "dc2", "name": "web.example.net"}
            ]
            """);

    Outcome outcome = run(Map.of("file", file.toString(), "ttl", "PT2H"));

    assertThat(outcome).isEqualTo(new Outcome.Complete());
    ResourceClaim first = emitter.claims().getFirst();
    assertThat(first.getAddresses()).containsExactly("2001:db8::1", "192.0.2.1");
    assertThat(first.getAliases())
        .containsExactlyInAnyOrder(
            new Alias("serial", "JN1"),
            new Alias("fqdn", "a.example"),
            new Alias("fqdn", "b.example"),
            new Alias("address", "2001:db8::1"),
            new Alias("address", "192.0.2.1"));
    assertThat(first.getMaintenance()).isTrue();
    assertThat(emitter.claims())
        .extracting(ResourceClaim::getTtlSeconds)
        .containsExactly(3600L, 60L, 7200L);
    assertThat(emitter.claims().get(1).getEndpoint()).isEqualTo("web.example.net");
    assertThat(emitter.claims().get(1).getResourceClass()).isEqualTo("unknown");
  }

  @Test
  void keepsTheGoodOnesAroundAnInvalidEntryAndSaysWhereAndWhatIsWrong() throws Exception {
    String bad =
        panoptes("x", "x y")
            .replace("\"x\"", "[1, 2]")
            .replace("\"dc1\"", "\" \"")
            .replace("\"900\"", "\"-1\"")
            .replace("\"model\"", "\"a-b\"")
            .replace("\"resource_plugin\": \"plugin\",", "");
    Path file =
        write(
            "a.json",
            "[" + panoptes("a", "a") + ",\n" + bad + ",\n7,\n" + panoptes("b", "b") + "]");

    Outcome outcome = run(Map.of("file", file.toString()));

    assertThat(outcome).isEqualTo(new Outcome.Complete());
    assertThat(emitter.names()).containsExactly("a", "b");
    assertThat(emitter.rejections())
        .containsExactly(
            new Rejection(
                file.toString(),
                "entry 2, line 12",
                "resource_site: an empty string stands where a non-empty string is expected;"
                    + " resource_id: an array stands where a non-empty string is expected;"
                    + " resource_endpoint: 'x y' is not an address or name, with a port from 1 to"
                    + " 65535 or without;"
                    + " resource_plugin: is missing;"
                    + " resource_metadata.a-b: its name is not a word of letters, digits and _;"
                    + " resource_metadata._resource_ttl: '-1' stands where a whole number of"
                    + " seconds above 0 is expected"),
            new Rejection(
                file.toString(),
                "entry 3, line 23",
                "7 stands where a resource, an object, is expected"));
    assertThat(context.counted("entries_rejected")).isEqualTo(2);
  }

  @Test
  void refusesMisspeltFieldsOfOurFormAndASecondClaimOfAName() throws Exception {
    Path file =
        write(
            "a.json",
            """
            [{"site": "s", "name": "a"},
             {"site": "s", "name": "a", "type": "x"},
             {"sight": "s", "name": "b"},
             {"site": "s", "name": "c", "addresses": "host", "maintenance": 1, "ttl": "P"}]
            """);

    run(Map.of("file", file.toString()));

    assertThat(emitter.names()).containsExactly("a");
    assertThat(emitter.rejections())
        .extracting(Rejection::getRule)
        .satisfiesExactly(
            rule ->
                assertThat(rule)
                    .isEqualTo(
                        "a name stands once in a site, and 'a' of site 's' stands already in "
                            + file
                            + " entry 1, line 1"),
            rule ->
                assertThat(rule)
                    .startsWith("sight: no such field; there are addresses, aliases, class,")
                    .endsWith("site: is missing"),
            rule ->
                assertThat(rule)
                    .isEqualTo(
                        "addresses: 'host' is not an IP address; maintenance: 1 stands where true"
                            + " or false is expected; ttl: 'P' stands where a duration such as"
                            + " PT24H is expected"));
  }

  @Test
  void keepsWhatStandsBeforeTheFaultOfAFileThatIsNotJson() throws Exception {
    Path file = write("a.json", "[" + panoptes("a", "a") + ",\n{\"resource_id\": set(1)}]");

    Outcome outcome = run(Map.of("file", file.toString()));

    assertThat(emitter.names()).containsExactly("a");
    assertThat(emitter.rejections())
        .singleElement()
        .satisfies(rejection -> {
          assertThat(rejection.getFile()).isEqualTo(file.toString());
          assertThat(rejection.getPlace()).matches("line 12 column \\d+");
          assertThat(rejection.getRule())
              .startsWith("not JSON as a resource file should be: Unrecognized token 'set'");
        });
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Incomplete.class,
            incomplete -> {
              assertThat(incomplete.failure().cause()).isEqualTo(Cause.SOURCE);
              assertThat(incomplete.failure().detail()).startsWith(file + ", line 12 column ");
            });
  }

  @Test
  void failsOnFilesThatHoldNoArray() throws Exception {
    assertThat(detail(run(Map.of("file", write("a.json", "{}").toString()))))
        .endsWith(
            "line 1 column 1: not JSON as a resource file should be: a resource file is an"
                + " array of resources");
    assertThat(detail(run(Map.of("file", write("b.json", "").toString()))))
        .endsWith("a resource file is an array of resources");
    assertThat(detail(run(Map.of("file", write("c.json", "[] []").toString()))))
        .endsWith("nothing stands behind the array of resources");
    assertThat(detail(run(Map.of("file", folder + "/none.json"))))
        .isEqualTo(folder + "/none.json: there is no such file");
    assertThat(detail(run(Map.of("file", folder + "/x*.json"))))
        .isEqualTo(folder + "/x*.json: there is no such file");
    assertThat(detail(run(Map.of("file", write("d.json", "[{}]").toString()))))
        .startsWith(
            "none of the 1 entries is a valid resource; first " + folder + "/d.json, entry 1");
    assertThat(emitter.claims()).isEmpty();
  }

  @Test
  void isCompleteWithAnEmptyArray() throws Exception {
    assertThat(run(Map.of("file", write("a.json", "[]").toString())))
        .isEqualTo(new Outcome.Complete());
  }

  @Test
  void readsSeveralFilesAndIsIncompleteWhenOneIsAway() throws Exception {
    write("b.json", "[" + panoptes("b", "b") + "]");
    write("a.json", "[" + panoptes("a", "a") + "]");
    write("a.txt", "no");

    Outcome outcome = run(Map.of("files", List.of(folder + "/*.json", folder + "/away.json")));

    assertThat(emitter.names()).containsExactly("a", "b");
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Incomplete(
                new Failure(Cause.SOURCE, folder + "/away.json: there is no such file")));
  }

  @Test
  void stopsWhenInterrupted() throws Exception {
    Path file = write("a.json", "[" + panoptes("a", "a") + "]");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> run(Map.of("file", file.toString())))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void endsOrderlyWhateverTheFileHolds() throws Exception {
    long seed = 5;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] good =
        ("[" + panoptes("a", "a") + "," + panoptes("b", "b") + "]")
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 500; i++) {
      byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      Path file = Files.write(folder.resolve("fuzz.json"), bad);

      Outcome outcome = run(Map.of("file", file.toString()));

      assertThat(outcome).isNotNull();
    }
  }

  @Test
  void refusesAConfigurationWithAllItsProblems() {
    assertThatThrownBy(() -> run(Map.of("rank", -1, "ttl", "PT0S")))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Object::toString)
                    .anyMatch(text -> text.contains("file: give either file or files"))
                    .anyMatch(text -> text.contains("rank: -1 is not from 0 to 1000"))
                    .anyMatch(text -> text.contains("ttl: PT0S is below a second")));
  }

  @Test
  void loadsTheSampleOfItsReadme() throws Exception {
    Discoverer sample =
        Plugins.sample("jsonfile", folder, new JsonFileDiscovererFactory(), context);

    assertThat(detail(sample.run(Plugins.run(Duration.ofMinutes(1)), emitter)))
        .startsWith("/etc/argos/resources.json: ");
  }

  @Test
  void readsTheFileThatTheSimulatorWrites() throws Exception {
    Path file = folder.resolve("simulated.json");
    try (Simulator simulator = Simulator.builder().addAll(DefaultEstate.twelve()).start()) {
      ResourceFile.write(file, simulator, "lab");
    }

    assertThat(run(Map.of("file", file.toString()))).isEqualTo(new Outcome.Complete());
    assertThat(emitter.names()).hasSize(12).contains("core-1", "dead-1");
    assertThat(emitter.claims().getFirst().getEndpoint()).startsWith("127.0.0.1:");
  }

  @Test
  void treatsTheConformanceFilesAsTheyShouldBe() throws Exception {
    Optional<Path> found = conformance();
    assumeThat(found).as("conformance data is not here").isPresent();
    Path data = found.orElseThrow().resolve("discovery");

    assertThat(run(Map.of("file", data + "/resources.json"))).isEqualTo(new Outcome.Complete());
    assertThat(emitter.claims())
        .singleElement()
        .satisfies(claim -> {
          assertThat(claim.getName()).isEqualTo("test_id");
          assertThat(claim.getTtlSeconds()).isEqualTo(900);
        });
    assertThat(run(Map.of("file", data + "/not-json.json"))).isInstanceOf(Outcome.Failed.class);
    assertThat(emitter.rejections().getLast().getPlace()).startsWith("line 8 column ");
    assertThat(run(Map.of("file", data + "/one-invalid.json"))).isInstanceOf(Outcome.Failed.class);
    emitter.claims().clear();
    assertThat(run(Map.of("file", data + "/invalid-in-the-middle.json")))
        .isEqualTo(new Outcome.Complete());
    assertThat(emitter.names()).containsExactly("test_id", "test_id3", "test_id2");
  }

  private static Optional<Path> conformance() {
    String named = System.getenv("ARGOS_CONFORMANCE");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isDirectory);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path beside = at.resolve("../shared/conformance").normalize();
      if (Files.exists(at.resolve("LICENSE")) && Files.isDirectory(beside)) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }

  private Outcome run(Map<String, Object> settings) throws InterruptedException {
    try (Discoverer discoverer = Plugins.of(new JsonFileDiscovererFactory(), context, settings)) {
      return discoverer.run(Plugins.run(Duration.ofMinutes(1)), emitter);
    }
  }

  private static String detail(Outcome outcome) {
    return ((Outcome.Failed) outcome).failure().detail();
  }

  private static String panoptes(String id, String endpoint) {
    return PANOPTES.formatted(id, endpoint);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
