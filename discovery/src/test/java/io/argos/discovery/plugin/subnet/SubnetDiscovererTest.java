package io.argos.discovery.plugin.subnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.argos.config.ConfigException;
import io.argos.discovery.plugin.FakeContext;
import io.argos.discovery.plugin.FakeEmitter;
import io.argos.discovery.plugin.Plugins;
import io.argos.schemas.ResourceClaim;
import io.argos.snmp.SnmpFailure;
import io.argos.spi.Cause;
import io.argos.spi.Discoverer;
import io.argos.spi.Discoverer.Outcome;
import io.argos.spi.Failure;
import io.argos.spi.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubnetDiscovererTest {
  private final FakeSnmpClient client = new FakeSnmpClient();
  private final FakeContext context =
      new FakeContext().community("first", "a").community("second", "b");
  private final FakeEmitter emitter = new FakeEmitter();

  @Test
  void triesCredentialsInOrderAndTheOneThatWorkedFirstNextTime() throws Exception {
    client.answers("192.0.2.1", "second", "core-1");
    Discoverer discoverer = subnet(Map.of("retries", 0, "concurrency", 1));

    Outcome first = discoverer.run(Plugins.run(Duration.ofMinutes(5)), emitter);
    Outcome second = discoverer.run(Plugins.run(Duration.ofMinutes(5)), emitter);

    assertThat(List.of(first, second)).containsOnly(new Outcome.Complete());
    assertThat(client.asked())
        .containsExactly(
            "192.0.2.1 first",
            "192.0.2.1 second",
            "192.0.2.2 first",
            "192.0.2.2 second",
            "192.0.2.1 second",
            "192.0.2.2 first",
            "192.0.2.2 second");
    assertThat(emitter.claims())
        .hasSize(2)
        .extracting(ResourceClaim::getName, ResourceClaim::getCredential)
        .containsOnly(tuple("core-1", "second"));
    assertThat(context.counted("addresses_asked")).isEqualTo(4);
  }

  @Test
  void asksAgainWhoeverWasSilent() throws Exception {
    subnet(Map.of("retries", 2, "credentials", List.of("first")))
        .run(Plugins.run(Duration.ofMinutes(5)), emitter);

    assertThat(client.asked()).hasSize(6).containsOnly("192.0.2.1 first", "192.0.2.2 first");
  }

  @Test
  void saysWhoRefusedEveryCredentialAndIsIncomplete() throws Exception {
    client.answers("192.0.2.1", "first", "core-1");
    SnmpFailure refused = new SnmpFailure.Refused("the engine knows no user argos");
    client.fails("192.0.2.2", "first", refused);
    client.fails("192.0.2.2", "second", refused);

    Outcome outcome = subnet(Map.of()).run(Plugins.run(Duration.ofMinutes(5)), emitter);

    assertThat(emitter.names()).containsExactly("core-1");
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Incomplete(
                new Failure(
                    Cause.AUTHENTICATION,
                    "1 address refused every credential (add one, or exclude them): 192.0.2.2:"
                        + " the engine knows no user argos")));
    assertThat(client.asked()).filteredOn(asked -> asked.startsWith("192.0.2.2")).hasSize(2);
  }

  @Test
  void takesTheCredentialThatWorksAfterOneThatWasRefused() throws Exception {
    client.fails("192.0.2.1", "first", new SnmpFailure.Refused("no"));
    client.answers("192.0.2.1", "second", "core-1");

    Outcome outcome = subnet(Map.of()).run(Plugins.run(Duration.ofMinutes(5)), emitter);

    assertThat(outcome).isEqualTo(new Outcome.Complete());
    assertThat(emitter.names()).containsExactly("core-1");
  }

  @Test
  void isIncompleteWhenSomethingCannotBeSentAndFailsWhenNothingCan() throws Exception {
    SnmpFailure unreachable = new SnmpFailure.Unsendable("Network is unreachable");
    client.fails("192.0.2.1", "first", unreachable);

    Outcome some = subnet(Map.of()).run(Plugins.run(Duration.ofMinutes(5)), emitter);
    client.fails("192.0.2.2", "first", unreachable);
    Outcome all = subnet(Map.of()).run(Plugins.run(Duration.ofMinutes(5)), emitter);

    assertThat(some)
        .isEqualTo(
            new Outcome.Incomplete(
                new Failure(
                    Cause.NETWORK,
                    "1 address could not be sent to: 192.0.2.1: Network is unreachable")));
    assertThat(all).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void isIncompleteWhenADeviceBreaksTheProtocol() throws Exception {
    client.fails("192.0.2.1", "first", new SnmpFailure.Broken("sends garbage"));

    Outcome outcome = subnet(Map.of()).run(Plugins.run(Duration.ofMinutes(5)), emitter);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Incomplete.class,
            i -> assertThat(i.failure().cause()).isEqualTo(Cause.MALFORMED));
  }

  @Test
  void goesOnWithTheCredentialsThatThereAre() throws Exception {
    client.answers("192.0.2.1", "first", "core-1");
    context.secret(new Secret("odd", Map.of("colour", "red")));

    Outcome outcome =
        subnet(Map.of("credentials", List.of("none", "odd", "first")))
            .run(Plugins.run(Duration.ofMinutes(5)), emitter);

    assertThat(emitter.names()).containsExactly("core-1");
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Incomplete(
                new Failure(
                    Cause.SECRET,
                    "there is no secret 'none' for site 'local'; secret 'odd' needs either the"
                        + " field community or the field user")));
  }

  @Test
  void asksNobodyWithoutAnyCredential() throws Exception {
    assertThat(
            subnet(Map.of("credentials", List.of("none")))
                .run(Plugins.run(Duration.ofMinutes(5)), emitter))
        .isInstanceOf(Outcome.Failed.class);
    context.takeSecretsAway();
    assertThat(subnet(Map.of()).run(Plugins.run(Duration.ofMinutes(5)), emitter))
        .isEqualTo(new Outcome.Failed(new Failure(Cause.SECRET, "the secrets are out of reach")));
    assertThat(client.asked()).isEmpty();
  }

  @Test
  void goesOnInTheNextRunWhereTheDeadlineCameFirst() throws Exception {
    Discoverer discoverer =
        subnet(
            Map.of(
                "ranges",
                List.of("192.0.2.0/24"),
                "retries",
                0,
                "credentials",
                List.of("first"),
                "timeout",
                "PT0.01S",
                "packets-per-second",
                200,
                "concurrency",
                1));
    client.answers("192.0.2.1", "first", "core-1");

    Outcome first = discoverer.run(Plugins.run(Duration.ofMillis(400)), emitter);
    int asked = client.asked().size();
    Outcome second = discoverer.run(Plugins.run(Duration.ofMinutes(5)), emitter);

    assertThat(first)
        .isInstanceOfSatisfying(
            Outcome.Incomplete.class,
            i ->
                assertThat(i.failure().detail())
                    .startsWith("the deadline came after " + asked + " addresses"));
    assertThat(asked).isLessThan(254);
    assertThat(second).isEqualTo(new Outcome.Complete());
    assertThat(client.asked().get(asked)).isEqualTo("192.0.2." + (asked + 1) + " first");
    assertThat(client.asked()).hasSize(asked + 254);
    // None at first where the machine stood still until the deadline.
    assertThat(emitter.names()).containsOnly("core-1").hasSize(asked == 0 ? 1 : 2);
  }

  @Test
  void stopsAtOnceWhenInterrupted() throws Exception {
    client.hang();
    Discoverer discoverer = subnet(Map.of());
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread run =
        Thread.ofVirtual()
            .start(() -> {
              try {
                discoverer.run(Plugins.run(Duration.ofMinutes(5)), emitter);
              } catch (InterruptedException e) {
                end.set(e);
              }
            });
    while (client.asked().isEmpty()) {
      Thread.onSpinWait();
    }

    run.interrupt();

    assertThat(run.join(Duration.ofMinutes(1))).isTrue();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void keepsToItsPace() throws Exception {
    long before = System.nanoTime();

    subnet(
            Map.of(
                "ranges",
                List.of("192.0.2.0/27"),
                "credentials",
                List.of("first"),
                "retries",
                0,
                "packets-per-second",
                100))
        .run(Plugins.run(Duration.ofMinutes(5)), emitter);

    assertThat(client.asked()).hasSize(30);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(285));
  }

  @Test
  void refusesAConfigurationWithAllItsProblems() {
    assertThatThrownBy(() ->
            subnet(
                Map.of(
                    "ranges",
                    List.of("192.0.2.0/40"),
                    "credentials",
                    List.of(),
                    "port",
                    0,
                    "timeout",
                    "PT0S",
                    "packets-per-second",
                    0)))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(5)
                    .extracting(Object::toString)
                    .anyMatch(text -> text.contains("'/40' is not a prefix length from 0 to 32"))
                    .anyMatch(text -> text.contains("credentials: at least one is needed"))
                    .anyMatch(text -> text.contains("port: 0 is not from 1 to 65535"))
                    .anyMatch(text -> text.contains("timeout: PT0S is not above zero"))
                    .anyMatch(
                        text -> text.contains("packets-per-second: 0 is not from 1 to 100000")));
  }

  @Test
  void loadsTheSampleOfItsReadme(@TempDir Path folder) throws Exception {
    Discoverer sample =
        Plugins.sample("subnet", folder, new SubnetDiscovererFactory(client), context);

    assertThat(sample.run(Plugins.run(Duration.ofMinutes(5)), emitter))
        .isEqualTo(
            new Outcome.Failed(
                new Failure(
                    Cause.SECRET,
                    "there is no secret 'snmp-campus' for site 'campus'; there is no secret"
                        + " 'snmp-legacy' for site 'campus'")));
  }

  private Discoverer subnet(Map<String, Object> settings) {
    Map<String, Object> all =
        new HashMap<>(
            Map.of(
                "ranges", List.of("192.0.2.0/30"),
                "credentials", List.of("first", "second"),
                "packets-per-second", 10_000));
    all.putAll(settings);
    return Plugins.of(new SubnetDiscovererFactory(client), context, all);
  }
}
