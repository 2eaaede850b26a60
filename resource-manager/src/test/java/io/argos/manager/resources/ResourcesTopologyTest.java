package io.argos.manager.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.IdentityConfig;
import io.argos.manager.stream.LogDriver;
import io.argos.manager.stream.TopologySettings;
import io.argos.schemas.Alias;
import io.argos.schemas.Claim;
import io.argos.schemas.Directive;
import io.argos.schemas.Discovery;
import io.argos.schemas.DiscoveryKind;
import io.argos.schemas.Event;
import io.argos.schemas.Rejection;
import io.argos.schemas.Resource;
import io.argos.schemas.ResourceClaim;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTopologyTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final long TTL = 3600;

  @TempDir Path data;
  private LogDriver log;
  private final Map<String, Resource> live = new TreeMap<>();

  @BeforeEach
  void start() {
    log = driver();
  }

  private LogDriver driver() {
    return new LogDriver(
        ResourcesTopology.NAME,
        data,
        (builder, access) ->
            ResourcesTopology.build(
                builder,
                access,
                TopologySettings.applicationId("t", ResourcesTopology.NAME),
                new IdentityConfig(
                    List.of("certname", "fqdn", "sysname"), Map.of("lab", "example.net")),
                new RemovalLimits(0.2, 5)));
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  private static ResourceClaim claim(String name, String... aliases) {
    List<Alias> list = new ArrayList<>();
    for (String alias : aliases) {
      String[] parts = alias.split("=", 2);
      list.add(new Alias(parts[0], parts[1]));
    }
    return ResourceClaim.newBuilder()
        .setSite("lab")
        .setName(name)
        .setAliases(list)
        .setEndpoint(name)
        .setTtlSeconds(TTL)
        .build();
  }

  private static Discovery said(String source, String run, DiscoveryKind kind, Instant at) {
    return Discovery.newBuilder().setSource(source).setRunId(run).setKind(kind).setAt(at).build();
  }

  private static Discovery found(String source, String run, Instant at, ResourceClaim claim) {
    Discovery found = said(source, run, DiscoveryKind.RESOURCE, at);
    found.setResource(claim);
    return found;
  }

  private static Discovery end(String source, String run, Instant at, long count) {
    Discovery end = said(source, run, DiscoveryKind.END, at);
    end.setCount(count);
    end.setComplete(true);
    return end;
  }

  /** A whole run that ends a few seconds after it began. */
  private static List<Discovery> runOf(
      String source, String run, long second, ResourceClaim... claims) {
    List<Discovery> records = new ArrayList<>();
    records.add(said(source, run, DiscoveryKind.BEGIN, at(second)));
    for (ResourceClaim claim : claims) {
      records.add(found(source, run, at(second + 1), claim));
    }
    records.add(end(source, run, at(second + 2), claims.length));
    return records;
  }

  private void run(String source, String run, long second, ResourceClaim... claims) {
    runOf(source, run, second, claims).forEach(this::write);
  }

  private void write(Discovery record) {
    write(log, record);
  }

  private static void write(LogDriver log, Discovery record) {
    log.write(log.topics().discoveries(), record.getSource(), record, record.getAt());
  }

  private void confirm(String source, long second) {
    Directive directive =
        Directive.newBuilder()
            .setId("d" + second)
            .setResourceId(source)
            .setKind("confirm")
            .setAuthor("ann")
            .setAt(at(second))
            .build();
    log.write(log.topics().directives(), source + "|d" + second, directive, at(second));
  }

  private static ResourceClaim[] many(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> claim("sw%03d".formatted(i)))
        .toArray(ResourceClaim[]::new);
  }

  /** The resources as a reader of the compacted topic sees them. */
  private Map<String, Resource> live() {
    return live(log, live);
  }

  private static Map<String, Resource> live(LogDriver log, Map<String, Resource> live) {
    for (var written : log.read(log.topics().resources(), Resource.class)) {
      if (written.record() == null) {
        live.remove(written.key());
      } else {
        live.put(written.key(), written.record());
      }
    }
    return live;
  }

  private List<Event> events(String type) {
    return log.read(log.topics().events(), Event.class).stream()
        .map(LogDriver.Written::record)
        .filter(event -> event.getType().equals(type))
        .toList();
  }

  private static List<String> sources(Resource resource) {
    return resource.getClaims().stream().map(Claim::getSource).toList();
  }

  @Test
  void makesAResourceOfItsFirstClaim() {
    run("files", "r1", 0, claim("core1", "sysname=core1.example.net"));

    Resource core1 = live().get("lab/core1");

    assertThat(core1.getName()).isEqualTo("core1");
    assertThat(core1.getRevision()).isEqualTo(1);
    assertThat(core1.getFirstSeenAt()).isEqualTo(at(1));
    assertThat(core1.getTtlSeconds()).isEqualTo(TTL);
    assertThat(sources(core1)).containsExactly("files");
    assertThat(events("resource.added")).singleElement().extracting(Event::getAt).isEqualTo(at(1));
  }

  @Test
  void writesAResourceOnlyWhenItChanged() {
    run("files", "r1", 0, claim("core1"));
    live();
    run("files", "r2", 60, claim("core1"));
    assertThat(log.read(log.topics().resources(), Resource.class)).isEmpty();

    ResourceClaim moved = claim("core1");
    moved.setEndpoint("192.0.2.9");
    run("files", "r3", 120, moved);

    assertThat(live().get("lab/core1").getRevision()).isEqualTo(2);
    assertThat(events("resource.changed"))
        .singleElement()
        .satisfies(
            event -> assertThat(event.getAttributes()).containsEntry("fields", "endpoint,claims"));
  }

  @Test
  void joinsByNameAndAliasWithAndWithoutTheDomain() {
    run("files", "r1", 0, claim("Core1.example.net"), claim("edge", "certname=edge.example.org"));
    run("puppet", "p1", 10, claim("core1"), claim("e", "certname=EDGE.example.org."));
    run("subnet", "s1", 20, claim("192.0.2.1", "sysname=core1"));

    assertThat(live()).containsOnlyKeys("lab/Core1.example.net", "lab/edge");
    Resource core1 = live.get("lab/Core1.example.net");
    assertThat(core1.getName()).as("the first name stays").isEqualTo("Core1.example.net");
    assertThat(sources(core1)).containsExactly("files", "puppet", "subnet");
    assertThat(core1.getAliases())
        .contains(new Alias("name", "192.0.2.1"), new Alias("sysname", "core1"));
  }

  @Test
  void keepsTheIdWhenTheFoundingClaimGoes() {
    run("files", "r1", 0, claim("core1"));
    run("subnet", "s1", 10, claim("192.0.2.1", "sysname=core1"));
    run("files", "r2", 20);

    assertThat(live()).containsOnlyKeys("lab/core1");
    assertThat(sources(live.get("lab/core1"))).containsExactly("subnet");
    run("files", "r3", 30, claim("core1"));
    assertThat(live()).containsOnlyKeys("lab/core1");
  }

  @Test
  void joinsNeitherWhenAnAliasFitsTwo() {
    run("files", "r1", 0, claim("a", "sysname=router"));
    run("puppet", "p1", 10, claim("b"));
    run("other", "o1", 15, claim("b2", "fqdn=b", "sysname=router"));
    run("subnet", "s1", 20, claim("192.0.2.1", "sysname=router"));

    assertThat(live()).containsOnlyKeys("lab/a", "lab/b", "lab/192.0.2.1");
    assertThat(live.get("lab/192.0.2.1").getClaims().getFirst().getFields())
        .containsEntry("argos.ambiguous", "sysname router names lab/a and lab/b");
    assertThat(events("identity.ambiguous")).hasSize(1);
    run("subnet", "s2", 30, claim("192.0.2.1", "sysname=router"));
    assertThat(events("identity.ambiguous")).as("said once").isEmpty();
    run("subnet", "s3", 40, claim("192.0.2.1", "sysname=settled"));
    assertThat(live().get("lab/192.0.2.1").getClaims().getFirst().getFields())
        .doesNotContainKey("argos.ambiguous");
  }

  @Test
  void keepsApartWhatOneSourceNamesTwice() {
    run("subnet", "s1", 0, claim("192.0.2.1", "sysname=sw"), claim("192.0.2.2", "sysname=sw"));

    assertThat(live()).containsOnlyKeys("lab/192.0.2.1", "lab/192.0.2.2");
    assertThat(events("identity.ambiguous")).hasSize(1);
  }

  @Test
  void mergesClaimsByRankThenSource() {
    ResourceClaim strong = claim("core1");
    strong.setRank(1);
    strong.setResourceClass("network");
    strong.setLabels(Map.of("owner", "ann"));
    ResourceClaim weak = claim("core1");
    weak.setRank(5);
    weak.setResourceClass("host");
    weak.setType("acme");
    weak.setEndpoint("192.0.2.7");
    weak.setLabels(Map.of("owner", "bob", "rack", "7"));
    weak.setMaintenance(true);
    weak.setCredential("v2-public");
    run("a-weak", "w1", 0, weak);
    run("z-strong", "s1", 10, strong);

    Resource core1 = live().get("lab/core1");

    assertThat(core1.getResourceClass()).isEqualTo("network");
    assertThat(core1.getType()).isEqualTo("acme");
    assertThat(core1.getEndpoint()).isEqualTo("core1");
    assertThat(core1.getLabels()).containsOnly(Map.entry("owner", "ann"), Map.entry("rack", "7"));
    assertThat(core1.getMaintenance()).isTrue();
    assertThat(core1.getCredential()).isEqualTo("v2-public");
    assertThat(sources(core1)).containsExactly("z-strong", "a-weak");
  }

  @Test
  void removesWhatACompleteRunNoLongerClaims() {
    run("files", "r1", 0, many(0, 10));
    run("files", "r2", 60, many(2, 10));

    assertThat(live()).hasSize(8).doesNotContainKeys("lab/sw000", "lab/sw001");
    assertThat(events("resource.removed")).hasSize(2);
    assertThat(log.store("claims").keySet()).noneMatch(key -> key.contains("sw000"));
  }

  @Test
  void removesNothingByARunThatIsNotWhole() {
    run("files", "r1", 0, many(0, 10));

    Discovery incomplete = end("files", "r2", at(62), 9);
    incomplete.setComplete(false);
    write(said("files", "r2", DiscoveryKind.BEGIN, at(60)));
    Arrays.stream(many(1, 10)).forEach(c -> write(found("files", "r2", at(61), c)));
    write(incomplete);
    assertThat(live()).as("incomplete").hasSize(10);

    write(said("files", "r3", DiscoveryKind.BEGIN, at(70)));
    write(end("files", "r3", at(72), 3));
    assertThat(live()).as("records were lost on their way").hasSize(10);

    write(said("files", "r4", DiscoveryKind.BEGIN, at(80)));
    Discovery rejected = said("files", "r4", DiscoveryKind.REJECTED, at(81));
    rejected.setRejection(new Rejection("site.json", "entry 4", "an endpoint is wanted"));
    write(rejected);
    Discovery end = end("files", "r4", at(82), 0);
    end.setRejected(1L);
    write(end);
    assertThat(live()).as("it rejected an entry").hasSize(10);
    assertThat(events("discovery.rejected"))
        .singleElement()
        .satisfies(e -> assertThat(e.getSummary()).contains("site.json, entry 4: an endpoint"));

    write(said("files", "r5", DiscoveryKind.BEGIN, at(90)));
    write(said("files", "r5", DiscoveryKind.ABORT, at(91)));
    write(end("files", "r5", at(92), 0));
    assertThat(live()).as("it was given up").hasSize(10);
  }

  @Test
  void discardsTheRunOfADeadAgentAndKeepsWhatItAdded() {
    run("files", "r1", 0, many(0, 3));
    write(said("files", "r2", DiscoveryKind.BEGIN, at(60)));
    write(found("files", "r2", at(61), claim("added")));
    write(said("files", "r3", DiscoveryKind.BEGIN, at(70)));
    write(end("files", "r2", at(71), 1));

    assertThat(live()).hasSize(4).containsKey("lab/added");
    Arrays.stream(many(0, 3)).forEach(c -> write(found("files", "r3", at(72), c)));
    write(found("files", "r3", at(72), claim("added")));
    write(end("files", "r3", at(73), 4));
    assertThat(live()).hasSize(4);
  }

  @Test
  void ignoresAStaleRun() {
    run("files", "r1", 0, claim("old"));
    write(said("files", "r3", DiscoveryKind.BEGIN, at(100)));
    write(said("files", "r2", DiscoveryKind.BEGIN, at(50)));
    write(found("files", "r3", at(101), claim("new")));
    write(end("files", "r2", at(52), 0));
    write(end("files", "r3", at(103), 1));
    write(found("files", "r2", at(51), claim("old")));

    assertThat(live()).containsOnlyKeys("lab/new");
  }

  @Test
  void holdsALargeRemovalUntilASecondEqualRunAndAConfirmation() {
    run("files", "r1", 0, many(0, 40));
    run("files", "r2", 60, many(30, 40));

    assertThat(live()).hasSize(40);
    assertThat(live.get("lab/sw000").getClaims().getFirst().getFields())
        .containsEntry("argos.held", "true");
    assertThat(live.get("lab/sw030").getClaims().getFirst().getFields())
        .doesNotContainKey("argos.held");
    assertThat(events("removal.held"))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getResourceId()).isEqualTo("files");
          assertThat(event.getAttributes()).containsEntry("count", "30");
        });

    confirm("files", 65);
    assertThat(live()).as("confirmed, and no second run yet").hasSize(40);
    run("files", "r3", 120, many(30, 40));
    assertThat(live()).hasSize(10);
  }

  @Test
  void removesOnConfirmationAfterTheSecondEqualRun() {
    run("files", "r1", 0, many(0, 40));
    run("files", "r2", 60, many(30, 40));
    run("files", "r3", 120, many(30, 40));
    assertThat(live()).hasSize(40);

    confirm("files", 30);
    assertThat(live()).as("confirmed before it was held").hasSize(40);
    confirm("files", 130);
    assertThat(live()).hasSize(10);
  }

  @Test
  void wantsAConfirmationAnewWhenAnotherSetVanishes() {
    run("files", "r1", 0, many(0, 40));
    run("files", "r2", 60, many(30, 40));
    confirm("files", 65);
    run("files", "r3", 120, many(20, 40));
    run("files", "r4", 180, many(20, 40));

    assertThat(live()).hasSize(40);
    assertThat(live.get("lab/sw025").getClaims().getFirst().getFields())
        .doesNotContainKey("argos.held");
  }

  @Test
  void endsAClaimWithItsTimeToLive() {
    run("files", "r1", 0, claim("core1"), claim("core2"));
    run("subnet", "s1", 600, claim("core2"));
    log.tick(at(1 + TTL + 1));
    assertThat(live()).hasSize(2);

    log.tick(at(1 + TTL + 2));

    assertThat(live()).containsOnlyKeys("lab/core2");
    assertThat(sources(live.get("lab/core2"))).containsExactly("subnet");
    assertThat(events("resource.removed"))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getAt()).as("dated at the deadline").isEqualTo(at(1 + TTL));
          assertThat(event.getSummary()).contains("time to live");
        });
  }

  @Test
  void endsAlikeHoweverTheRunsOfSourcesInterleave() {
    List<List<Discovery>> perSource =
        List.of(
            concat(runOf("files", "r1", 0, many(0, 8)), runOf("files", "r2", 60, many(1, 8))),
            concat(runOf("subnet", "s1", 0, many(0, 6)), runOf("subnet", "s2", 70, many(3, 9))),
            runOf("puppet", "p1", 5, many(2, 4)));
    Map<String, Resource> inOrder = new TreeMap<>();
    perSource.forEach(records -> records.forEach(this::write));
    live(log, inOrder);
    inOrder.values().forEach(ResourcesTopologyTest::forgetHistory);
    assertThat(inOrder).hasSize(8);

    Random random = new Random(5);
    for (int round = 0; round < 10; round++) {
      try (LogDriver other = driver()) {
        interleave(perSource, random).forEach(record -> write(other, record));
        Map<String, Resource> seen = live(other, new TreeMap<>());
        seen.values().forEach(ResourcesTopologyTest::forgetHistory);
        assertThat(seen).as("round %d", round).isEqualTo(inOrder);
      }
    }
  }

  private static void forgetHistory(Resource resource) {
    resource.setRevision(0L);
    resource.setFirstSeenAt(T0);
  }

  private static List<Discovery> concat(List<Discovery> one, List<Discovery> other) {
    List<Discovery> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  /** Each source's records in their order, with repeats of what was said before. */
  private static List<Discovery> interleave(List<List<Discovery>> perSource, Random random) {
    List<List<Discovery>> rest = new ArrayList<>();
    perSource.forEach(records -> rest.add(new ArrayList<>(records)));
    List<Discovery> mixed = new ArrayList<>();
    while (!rest.isEmpty()) {
      List<Discovery> one = rest.get(random.nextInt(rest.size()));
      mixed.add(one.removeFirst());
      if (one.isEmpty()) {
        rest.remove(one);
      }
      if (random.nextInt(3) == 0) {
        mixed.add(mixed.get(random.nextInt(mixed.size())));
      }
    }
    return mixed;
  }

  @Test
  void givesTheSameOutputWhenTheLogIsReplayed() {
    List<Discovery> records =
        concat(runOf("files", "r1", 0, many(0, 9)), runOf("subnet", "s1", 30, many(4, 12)));
    records = concat(records, runOf("files", "r2", 60, many(3, 9)));
    records.forEach(this::write);
    log.tick(at(20_000));
    var once = log.read(log.topics().resources(), Resource.class);
    var events = log.read(log.topics().events(), Event.class);

    try (LogDriver other = driver()) {
      records.forEach(record -> write(other, record));
      other.tick(at(20_000));
      var twice = other.read(other.topics().resources(), Resource.class);

      assertThat(twice)
          .extracting(LogDriver.Written::record)
          .isEqualTo(once.stream().map(LogDriver.Written::record).toList());
      assertThat(other.read(other.topics().events(), Event.class))
          .extracting(LogDriver.Written::record)
          .isEqualTo(events.stream().map(LogDriver.Written::record).toList());
      assertThat(events).extracting(w -> w.headers().get("ce_id")).doesNotHaveDuplicates();
    }
  }

  @Test
  void sendsWhatItCannotUseToDeadLettersAndGoesOn() {
    log.writeBytes(log.topics().discoveries(), "files", new byte[] {9}, at(0));
    log.writeBytes(log.topics().directives(), "files|1", new byte[] {9}, at(0));
    write(said("files", "r0", DiscoveryKind.UNKNOWN, at(0)));
    write(said("files", "r0", DiscoveryKind.RESOURCE, at(0)));
    ResourceClaim endless = claim("endless");
    endless.setTtlSeconds(0L);
    write(found("files", "r0", at(0), endless));
    Discovery astray = said("files", "r9", DiscoveryKind.BEGIN, at(0).plus(Duration.ofHours(1)));
    log.write(log.topics().discoveries(), "files", astray, at(0));
    run("files", "r1", 1, claim("core1"));

    assertThat(live()).containsOnlyKeys("lab/core1");
    assertThat(log.readBytes("t.discoveries.v1.dlq")).hasSize(5);
    assertThat(log.readBytes("t.directives.v1.dlq")).hasSize(1);
  }

  @Test
  void isNamedThroughoutAndRepartitionsConfirmationsAlone() {
    String described = log.topology().describe().toString();

    assertThat(described).doesNotContain("KSTREAM");
    assertThat(described.lines().filter(line -> line.contains("Sink: ")))
        .filteredOn(line -> line.contains("repartition"))
        .singleElement()
        .asString()
        .contains("confirmations-repartition");
    assertThat(described)
        .isEqualToIgnoringWhitespace(
            """
            Topologies:
               Sub-topology: 0
                Source: directives-source (topics: [t.directives.v1])
                  --> directives-sieve
                Processor: directives-sieve (stores: [])
                  --> confirmations-only, directives-dead-letters-sink
                  <-- directives-source
                Processor: confirmations-only (stores: [])
                  --> confirmations-repartition-filter
                  <-- directives-sieve
                Processor: confirmations-repartition-filter (stores: [])
                  --> confirmations-repartition-sink
                  <-- confirmations-only
                Sink: confirmations-repartition-sink (topic: confirmations-repartition)
                  <-- confirmations-repartition-filter
                Sink: directives-dead-letters-sink (topic: t.directives.v1.dlq)
                  <-- directives-sieve

              Sub-topology: 1
                Source: confirmations-repartition-source (topics: [confirmations-repartition])
                  --> with-confirmations
                Source: discoveries-source (topics: [t.discoveries.v1])
                  --> with-confirmations
                Source: ticks-source (topics: [t.ticks.v1])
                  --> with-ticks
                Processor: with-confirmations (stores: [])
                  --> with-ticks
                  <-- discoveries-source, confirmations-repartition-source
                Processor: with-ticks (stores: [])
                  --> identities
                  <-- with-confirmations, ticks-source
                Processor: identities (stores: [claims])
                  --> confirmations-dead-letters-sink, discoveries-dead-letters-sink, events-sink, resources-sink, ticks-dead-letters-sink
                  <-- with-ticks
                Sink: confirmations-dead-letters-sink (topic: t.directives.v1.dlq)
                  <-- identities
                Sink: discoveries-dead-letters-sink (topic: t.discoveries.v1.dlq)
                  <-- identities
                Sink: events-sink (topic: t.events.v1)
                  <-- identities
                Sink: resources-sink (topic: t.resources.v1)
                  <-- identities
                Sink: ticks-dead-letters-sink (topic: t.ticks.v1.dlq)
                  <-- identities
            """);
  }
}
