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
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of net-snmp's agent that were changed on their way, sockets and SNMP4J and all. */
@Timeout(120)
class PacketFuzzIT {
  private static final Oid SYS_NAME = Oid.parse("1.3.6.1.2.1.1.5.0");
  private static final Oid SYS_OR = Oid.parse("1.3.6.1.2.1.1.9.1.2");
  private static final SnmpPlan PLAN = SnmpPlan.of(List.of(SYS_NAME), List.of(SYS_OR));

  private static final Map<String, Map<String, String>> SECRETS =
      Map.of(
          "community", Map.of("community", SnmpDaemon.COMMUNITY),
          "user", Map.of("user", "nobody"),
          "authPriv",
              Map.of(
                  "user", SnmpDaemon.USER,
                  "auth-password", SnmpDaemon.PASSWORD,
                  "priv-password", SnmpDaemon.PASSWORD));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"community, 2000, 10", "user, 100, 3", "authPriv, 100, 3"})
  void everyReadEndsAndTheEngineLivesOn(String secret, int reads, int copies) throws Exception {
    assumeTrue(SnmpDaemon.program().isPresent(), "snmpd is not installed");
    long seed = System.nanoTime();
    SnmpCredential credential = SnmpCredentials.of(new Secret(secret, SECRETS.get(secret)));
    SnmpLimits limits = new SnmpLimits(Duration.ofMillis(100), 2, 10, 2, 1000);
    Map<String, Integer> ends = new TreeMap<>();
    try (SnmpDaemon daemon = SnmpDaemon.start(folder, "createUser nobody", "rouser nobody noauth");
        MutatingRelay relay = new MutatingRelay(daemon.address(), copies, seed);
        SnmpEngine engine =
            SnmpEngine.open(new SnmpConfig(Duration.ofSeconds(1), 1, 10, 2, 1000, 0, 1))) {
      for (int i = 0; i < reads; i++) {
        SnmpReply reply =
            engine
                .read(new SnmpTarget(relay.address(), credential, limits), PLAN)
                .get(60, TimeUnit.SECONDS);
        assertThat(reply.failure().map(SnmpFailure::detail).orElse(""))
            .as("seed %d, read %d", seed, i)
            .doesNotContain("the SNMP engine failed");
        ends.merge(
            reply.failure().map(f -> f.getClass().getSimpleName()).orElse("whole"),
            1,
            Integer::sum);
      }
      SnmpReply clean =
          engine
              .read(new SnmpTarget(daemon.address(), credential, limits), PLAN)
              .get(60, TimeUnit.SECONDS);

      System.out.printf(
          "PacketFuzzIT %s seed=%d packets=%d reads=%s%n", secret, seed, relay.changed(), ends);
      assertThat(clean.failure()).isEmpty();
      assertThat(new String(clean.values().get(SYS_NAME).octets()[0], StandardCharsets.UTF_8))
          .isEqualTo("argos-test");
      assertThat(relay.changed()).isGreaterThan(reads * copies);
    }
  }
}
