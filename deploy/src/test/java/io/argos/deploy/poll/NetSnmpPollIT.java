package io.argos.deploy.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.argos.config.SnmpConfig;
import io.argos.profile.ProfileCatalog;
import io.argos.schemas.Resource;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.snmp.SnmpEngine;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Secret;
import io.argos.spi.Secrets;
import io.argos.testing.SnmpDaemon;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent of net-snmp over IPv6, through the plugins of enrichment and polling. */
class NetSnmpPollIT {
  private static final SnmpConfig CONFIG =
      new SnmpConfig(Duration.ofMillis(800), 2, 48, 4, 100_000, 0, 1);

  private static final Map<String, Map<String, String>> SECRETS =
      Map.of(
          "community", Map.of("community", SnmpDaemon.COMMUNITY),
          "sha-aes", v3("argos", "sha", SnmpDaemon.PASSWORD, "aes"),
          "sha512-aes256", v3("strong", "sha512", "the-password", "aes256"),
          "wrong-community", Map.of("community", "wrong"),
          "wrong-user", v3("nobody", "sha", "the-password", "aes"),
          "wrong-password", v3("argos", "sha", "not-the-password", "aes"));

  @TempDir static Path folder;
  private static SnmpDaemon daemon;
  private static SnmpEngine engine;

  @BeforeAll
  static void start() {
    assumeTrue(SnmpDaemon.program().isPresent(), "snmpd is not installed");
    daemon =
        SnmpDaemon.startOverIpv6(
            folder,
            "createUser strong SHA-512 the-password AES-256 the-password",
            "rouser strong priv");
    engine = SnmpEngine.open(CONFIG);
  }

  @AfterAll
  static void stop() {
    if (daemon != null) {
      engine.close();
      daemon.close();
    }
  }

  private static Map<String, String> v3(String user, String auth, String password, String priv) {
    return Map.of(
        "user", user,
        "auth-protocol", auth,
        "auth-password", password,
        "priv-protocol", priv,
        "priv-password", password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"community", "sha-aes", "sha512-aes256"})
  void pollsOverIpv6(String credential) throws InterruptedException {
    assertPolled(ask(List.of(credential)), credential);
  }

  @Test
  void findsTheCredentialThatIsRightAmongThoseThatAreRefusedOrUnanswered()
      throws InterruptedException {
    assertPolled(
        ask(List.of("wrong-user", "wrong-password", "wrong-community", "sha-aes")), "sha-aes");
  }

  @Test
  void saysWhyWhenNoCredentialIsRight() throws InterruptedException {
    OnePoll.Answer answer = ask(List.of("wrong-community", "wrong-password"));

    assertThat(answer).isInstanceOf(OnePoll.Answer.Failed.class);
    OnePoll.Answer.Failed failed = (OnePoll.Answer.Failed) answer;
    assertThat(failed.status()).isEqualTo(DeviceStatus.AUTHENTICATION_FAILURE);
    assertThat(failed.failure().detail()).contains("'wrong-password'").contains("wrong digest");
  }

  private static void assertPolled(OnePoll.Answer answer, String credential) {
    assertThat(answer).isInstanceOf(OnePoll.Answer.Polled.class);
    OnePoll.Answer.Polled polled = (OnePoll.Answer.Polled) answer;
    assertThat(polled.facts())
        .containsEntry("credential", credential)
        .containsEntry("sysName", "argos-test");
    assertThat(polled.poll().uptimeCentis()).isPresent();
    assertThat(polled.poll().status())
        .as("%s", polled.poll().failure())
        .isIn(DeviceStatus.SUCCESS, DeviceStatus.PARTIAL_METRIC_FAILURE);
    assertThat(polled.poll().groups())
        .extracting(GroupBlock::name)
        .contains("interface", "memory", "status");
  }

  private static OnePoll.Answer ask(List<String> credentials) throws InterruptedException {
    Secrets secrets =
        (name, _) -> Optional.ofNullable(SECRETS.get(name)).map(one -> new Secret(name, one));
    Resource resource =
        Resource.newBuilder()
            .setId("lab/host")
            .setSite("lab")
            .setName("host")
            .setResourceClass("host")
            .setEndpoint("[::1]:" + daemon.address().getPort())
            .setTtlSeconds(60)
            .setFirstSeenAt(Instant.EPOCH)
            .setRevision(1)
            .build();
    return new OnePoll(CONFIG, ProfileCatalog.shipped(), secrets, engine, InstantSource.system())
        .ask(resource, credentials);
  }
}
