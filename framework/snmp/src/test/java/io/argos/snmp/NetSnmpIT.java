package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.argos.testing.SnmpDaemon;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine against net-snmp's agent, in each version. */
class NetSnmpIT {
  private static final Oid SYS_NAME = Oid.parse("1.3.6.1.2.1.1.5.0");
  private static final Oid SYS_UPTIME = Oid.parse("1.3.6.1.2.1.1.3.0");
  private static final Oid SYS_OBJECT_ID = Oid.parse("1.3.6.1.2.1.1.2.0");
  private static final Oid NOWHERE = Oid.parse("1.3.6.1.2.1.1.77.0");
  private static final Oid IF_DESCR = Oid.parse("1.3.6.1.2.1.2.2.1.2");
  private static final Oid IF_OPER_STATUS = Oid.parse("1.3.6.1.2.1.2.2.1.8");
  private static final Oid SYS_OR = Oid.parse("1.3.6.1.2.1.1.9.1.2");
  private static final Oid IF_HC_IN_OCTETS = Oid.parse("1.3.6.1.2.1.31.1.1.1.6.1");
  private static final Oid NEGATIVE = Oid.parse("1.3.6.1.4.1.99999.2.0");
  private static final Oid EMPTY_COLUMN = Oid.parse("1.3.6.1.4.1.99998.1");

  @TempDir static Path folder;
  private static SnmpDaemon daemon;
  private static SnmpEngine engine;

  enum Version {
    V1(_ -> new SnmpCredential.V1(secret(Map.of("community", SnmpDaemon.COMMUNITY)))),
    V2C(_ -> new SnmpCredential.V2c(secret(Map.of("community", SnmpDaemon.COMMUNITY)))),
    V3(_ -> SnmpCredentials.of(secret(v3("auth-password", SnmpDaemon.PASSWORD))));

    private final Function<Version, SnmpCredential> credential;

    Version(Function<Version, SnmpCredential> credential) {
      this.credential = credential;
    }

    SnmpTarget target() {
      return NetSnmpIT.target(credential.apply(this));
    }
  }

  @BeforeAll
  static void start() {
    assumeTrue(SnmpDaemon.program().isPresent(), "snmpd is not installed");
    daemon = SnmpDaemon.start(folder, "override " + NEGATIVE + " integer -42");
    engine = SnmpEngine.open(new SnmpConfig(Duration.ofSeconds(2), 1, 48, 4, 1000, 0, 2));
  }

  @AfterAll
  static void stop() {
    if (daemon != null) {
      engine.close();
      daemon.close();
    }
  }

  private static Secret secret(Map<String, String> fields) {
    return new Secret("lab", fields);
  }

  private static Map<String, String> v3(String field, String value) {
    Map<String, String> fields =
        new java.util.HashMap<>(
            Map.of(
                "user", SnmpDaemon.USER,
                "auth-protocol", "SHA",
                "auth-password", SnmpDaemon.PASSWORD,
                "priv-protocol", "AES",
                "priv-password", SnmpDaemon.PASSWORD));
    fields.put(field, value);
    return fields;
  }

  private static SnmpTarget target(SnmpCredential credential) {
    return new SnmpTarget(
        daemon.address(), credential, new SnmpLimits(Duration.ofSeconds(2), 1, 48, 4, 1000));
  }

  private static SnmpReply read(SnmpTarget target, SnmpPlan plan) throws Exception {
    return engine.read(target, plan).get(60, TimeUnit.SECONDS);
  }

  private static String text(SnmpColumn column, int row) {
    return new String(column.octets()[row], StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void readsScalarsOfEveryTypeAndLeavesAbsentOnesOut(Version version) throws Exception {
    SnmpPlan plan =
        SnmpPlan.of(List.of(SYS_UPTIME, NOWHERE, SYS_NAME, SYS_OBJECT_ID, NEGATIVE), List.of());

    SnmpReply reply = read(version.target(), plan);

    assertThat(reply.failure()).isEmpty();
    assertThat(reply.values()).containsOnlyKeys(SYS_UPTIME, SYS_NAME, SYS_OBJECT_ID, NEGATIVE);
    assertThat(text(reply.values().get(SYS_NAME), 0)).isEqualTo("argos-test");
    assertThat(text(reply.values().get(SYS_OBJECT_ID), 0)).startsWith("1.3.6.1.4.1.8072.3.2.");
    assertThat(reply.values().get(NEGATIVE).numbers()[0]).isEqualTo(-42);
    assertThat(reply.values().get(SYS_UPTIME).types()).containsExactly(SnmpType.TIME_TICKS);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void walksColumnsToTheirEnds(Version version) throws Exception {
    SnmpPlan plan = SnmpPlan.of(List.of(), List.of(IF_DESCR, IF_OPER_STATUS, SYS_OR, EMPTY_COLUMN));

    SnmpReply first = read(version.target(), plan);
    SnmpReply second = read(version.target(), plan);

    for (SnmpReply reply : List.of(first, second)) {
      assertThat(reply.failure()).isEmpty();
      SnmpColumn descriptions = reply.values().get(IF_DESCR);
      assertThat(descriptions.complete()).isTrue();
      assertThat(descriptions.size()).isPositive();
      assertThat(text(descriptions, 0)).isEqualTo("lo");
      assertThat(reply.values().get(IF_OPER_STATUS).indexes()).isEqualTo(descriptions.indexes());
      assertThat(reply.values().get(SYS_OR).size()).isGreaterThan(5);
      assertThat(reply.values().get(EMPTY_COLUMN).size()).isZero();
      assertThat(reply.values().get(EMPTY_COLUMN).complete()).isTrue();
    }
    assertThat(second.requests()).isLessThanOrEqualTo(first.requests());
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void readsKnownRows(Version version) throws Exception {
    int[][] indexes = {{1}, {4711}};
    SnmpPlan plan =
        new SnmpPlan(
            List.of(SYS_NAME),
            List.of(),
            List.of(new SnmpPlan.RowsPlan(List.of(IF_DESCR, IF_OPER_STATUS), indexes)));

    SnmpReply reply = read(version.target(), plan);

    assertThat(reply.failure()).isEmpty();
    assertThat(reply.values().get(IF_OPER_STATUS).types()).containsExactly(SnmpType.INTEGER);
    assertThat(text(reply.values().get(IF_DESCR), 0)).isEqualTo("lo");
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V2C", "V3"})
  void readsCountersOfSixtyFourBits(Version version) throws Exception {
    SnmpReply reply = read(version.target(), SnmpPlan.of(List.of(IF_HC_IN_OCTETS), List.of()));

    assertThat(reply.values().get(IF_HC_IN_OCTETS).types()).containsExactly(SnmpType.COUNTER64);
  }

  @Test
  void namesARefusedUser() throws Exception {
    SnmpReply reply =
        read(
            target(SnmpCredentials.of(secret(v3("user", "nobody")))),
            SnmpPlan.of(List.of(SYS_NAME), List.of()));

    assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Refused.class);
    assertThat(reply.failure().orElseThrow().detail()).contains("'lab'").contains("user name");
  }

  @Test
  void namesAWrongPassword() throws Exception {
    SnmpReply reply =
        read(
            target(SnmpCredentials.of(secret(v3("auth-password", "not-the-password")))),
            SnmpPlan.of(List.of(SYS_NAME), List.of()));

    assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Refused.class);
    assertThat(reply.failure().orElseThrow().detail()).contains("wrong digest");
  }

  @Test
  void namesAnUnusableSecret() throws Exception {
    SnmpReply reply =
        read(
            target(SnmpCredentials.of(secret(v3("priv-protocol", "rot13")))),
            SnmpPlan.of(List.of(SYS_NAME), List.of()));

    assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Refused.class);
    assertThat(reply.failure().orElseThrow().detail()).contains("priv-protocol");
  }

  @Test
  void givesUpOnAWrongCommunity() throws Exception {
    SnmpCredential wrong = SnmpCredentials.of(secret(Map.of("community", "wrong")));
    SnmpTarget target =
        new SnmpTarget(
            daemon.address(), wrong, new SnmpLimits(Duration.ofMillis(100), 2, 48, 4, 1000));

    SnmpReply reply = read(target, SnmpPlan.of(List.of(SYS_NAME), List.of()));

    assertThat(reply.values()).isEmpty();
    assertThat(reply.failure().orElseThrow())
        .isInstanceOfSatisfying(
            SnmpFailure.NoAnswer.class,
            silence -> {
              assertThat(silence.answered()).isFalse();
              assertThat(silence.attempts()).isEqualTo(3);
            });
  }

  @Test
  void closesWithoutWaitingForAnAnswer() throws Exception {
    SnmpEngine brief = SnmpEngine.open(new SnmpConfig(Duration.ofSeconds(30), 1, 48, 4, 1, 0, 1));
    SnmpTarget target =
        new SnmpTarget(
            daemon.address(),
            SnmpCredentials.of(secret(Map.of("community", "wrong"))),
            new SnmpLimits(Duration.ofSeconds(30), 0, 48, 4, 1000));
    var pending = brief.read(target, SnmpPlan.of(List.of(SYS_NAME), List.of()));

    long began = System.nanoTime();
    brief.close();
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(took).isLessThan(Duration.ofSeconds(15));
    assertThat(pending.get(1, TimeUnit.SECONDS).failure())
        .containsInstanceOf(SnmpFailure.Unsendable.class);
    assertThat(brief.read(target, SnmpPlan.of(List.of(SYS_NAME), List.of())))
        .succeedsWithin(Duration.ofSeconds(1))
        .satisfies(
            reply -> assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Unsendable.class));
  }
}
